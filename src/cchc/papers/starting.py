"""The way from a thing of any room to a paper about it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from cchc.interface.shapes import Link
from cchc.organizations.models import Unit
from cchc.organizations.shown import name_of
from cchc.organizations.viewers import Viewer
from cchc.papers.permissions import may_draft_paper
from cchc.papers.queries.papers import drafting_units
from cchc.papers.rights import DRAFTERS


def ways_to_draft_at_all(viewer: Viewer, vocabulary: str, about: str = "") -> list[Link]:
    """The same for every unit for which the viewer drafts. One query; none for who drafts nowhere."""
    if not viewer.holds_anywhere(*DRAFTERS):
        return []
    units = [(placement.unit, name_of(placement)) for placement in drafting_units(viewer)]
    return ways_to_draft(viewer, units, vocabulary, about)


def ways_to_draft(viewer: Viewer, units: Iterable[tuple[Unit, str]], vocabulary: str, about: str = "") -> list[Link]:
    """For each of these units (with its name) for which the viewer may draft: the page on which a paper about the thing
    is begun, each unit once.
    """
    asked = urlencode({"ve": vocabulary, "so": about})
    once = {unit.pk: (unit, name) for unit, name in units}
    return [
        Link(name, f"{reverse('papers:start', args=[unit.code])}?{asked}")
        for unit, name in once.values()
        if may_draft_paper(viewer, unit)
    ]
