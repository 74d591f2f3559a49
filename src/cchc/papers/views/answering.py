"""How this room's pages with a form answer: inside its own frame."""

from __future__ import annotations

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface import answering
from cchc.interface.answering import by
from cchc.interface.shapes import Link
from cchc.papers.models import Paper

__all__ = ["answer_form", "by", "crumbs", "paper_crumbs", "to_paper"]

answer_form = partial(answering.answer_form, frame="papers/base.html")


def crumbs(*more: Link) -> list[Link]:
    """From the list of papers on."""
    return [Link(_("Papers"), reverse("papers:papers")), *more]


def paper_crumbs(paper: Paper, *more: Link) -> list[Link]:
    """To one paper and on from there."""
    return crumbs(Link(f"{paper.full_number} · {paper.title}", to_paper(paper)), *more)


def to_paper(paper: Paper) -> str:
    """The address of a paper's page."""
    return reverse("papers:paper", args=[paper.pk])
