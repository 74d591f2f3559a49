"""Frames of printed forms: `{% load paper %}`. What is printed says who issued it and where to find it again."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cchc.interface.shapes import Paper

register = template.Library()


@register.simple_block_tag
def slip(content: SafeString, paper: Paper) -> SafeString:
    """An A5 slip that a citizen takes home. Content: its facts."""
    return render_to_string("interface/components/slip.html", {"content": content, "paper": paper})


@register.simple_block_tag
def printed_list(content: SafeString, paper: Paper, headings: Sequence[str], caption: str) -> SafeString:
    """An A4 landscape list: headings, address and hash repeat on every sheet. Content: rows (`tr`) with as many cells
    as there are headings; a heading that begins with `#` stands over figures.
    """
    columns = [{"text": text.removeprefix("#"), "is_figure": text.startswith("#")} for text in headings]
    context = {"content": content, "paper": paper, "columns": columns, "caption": caption}
    return render_to_string("interface/components/printed_list.html", context)
