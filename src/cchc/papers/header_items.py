"""The way to papers from every page."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.header import HeaderItem


def way_to_papers(request: HttpRequest) -> HeaderItem | None:
    """The list of papers, for whoever is signed in. No query."""
    viewer = getattr(request, "viewer", None)
    if viewer is None or not viewer.is_signed_in:
        return None
    return HeaderItem(_("Papers"), reverse("papers:papers"), "document")


HEADER_ITEMS: Final = (way_to_papers,)
