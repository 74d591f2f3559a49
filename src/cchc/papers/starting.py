"""The way from a thing of any room to a paper about it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from cchc.interface.shapes import Link
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Placement, Unit
from cchc.organizations.shown import name_of
from cchc.organizations.viewers import Viewer
from cchc.papers.permissions import may_draft_paper
from cchc.papers.queries.papers import drafting_units
from cchc.papers.rights import DRAFTERS


def ways_to_draft_at_all(viewer: Viewer, vocabulary: str, about: str = "") -> Reads[list[Link]] | list[Link]:
    """The same for every unit for which the viewer drafts; nothing is read for who drafts nowhere."""
    if not viewer.holds_anywhere(*DRAFTERS):
        return []

    def ways(found: Iterable[Placement]) -> list[Link]:
        return ways_to_draft(viewer, ((one.unit, name_of(one)) for one in found), vocabulary, about)

    return made_of(drafting_units(viewer), ways)


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
