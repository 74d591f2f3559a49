"""The way to tasks from every page."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.header import HeaderItem


def way_to_tasks(request: HttpRequest) -> HeaderItem | None:
    """The board, for whoever is signed in. No query."""
    viewer = getattr(request, "viewer", None)
    if viewer is None or not viewer.is_signed_in:
        return None
    return HeaderItem(_("Tasks"), reverse("followups:board"), "tray")


HEADER_ITEMS: Final = (way_to_tasks,)
