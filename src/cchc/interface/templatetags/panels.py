"""Where other rooms may stand on a page: `{% load panels %}{% panels "organizations.unit" unit %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext
from django.template.loader import render_to_string

from cchc.interface.errors import current_language
from cchc.interface.hosting.panels import Shown, panels_on
from cchc.interface.people import viewer_of
from cchc.interface.together import answer

register = template.Library()


@register.inclusion_tag("interface/panels.html", takes_context=True)
def panels(context: RequestContext, host: str, subject: Any = None, found: Shown | None = None) -> dict[str, Any]:
    """The panels of all rooms for this page, each a card with its heading; `subject` is what the page is about. A view
    that has read them together with what else it shows gives them as `found`.
    """
    request = context["request"]
    found = answer(panels_on(host, viewer_of(request), subject)) if found is None else found
    return {
        "panels": [
            {
                "key": one.code.replace(".", "-"),
                "title": one.title.in_language(current_language()),
                "content": render_to_string(one.template, dict(given), request=request),
            }
            for one, given in found
        ]
    }
