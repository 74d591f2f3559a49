"""Parts of pages that follow rights of their own: who changed a unit or an official last; on the desk, what one is
there for and where one begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.errors import current_language
from cchc.interface.histories.showing import last_change
from cchc.interface.hosting.panels import panel
from cchc.interface.shapes import Link
from cchc.interface.together import Reads, all_of, number_of
from cchc.organizations.models import Official, Unit
from cchc.organizations.permissions import (
    may_import,
    may_read_changes,
    may_read_disclosures,
    may_read_disclosures_of,
    may_read_retention,
)
from cchc.organizations.queries import naming
from cchc.organizations.queries.people import ACCOUNT, ROLE, lacking, search_officials
from cchc.organizations.queries.units import UnitSearch, search_units
from cchc.organizations.roles import role_of
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

_TITLE = LocalText("Ai đã sửa gì", "Who changed what")
_TEMPLATE = "interface/parts/last_change.html"


@panel("organizations.history_of_unit", "organizations.unit", _TITLE, _TEMPLATE)
def history_of_unit(viewer: Viewer, unit: Unit) -> Reads[Mapping[str, object]] | None:
    """The last change and the way to all of them, for auditors and administrators over the unit."""
    return last_change(viewer, unit)


@panel("organizations.history_of_official", "organizations.official", _TITLE, _TEMPLATE)
def history_of_official(viewer: Viewer, official: Official) -> Reads[Mapping[str, object]] | None:
    """The same for an official."""
    return last_change(viewer, official)


@panel(
    "organizations.disclosures_of_official",
    "organizations.official",
    LocalText("Ai đã xem", "Who saw the data"),
    "organizations/parts/disclosures_panel.html",
)
def disclosures_of_official(viewer: Viewer, official: Official) -> Mapping[str, object] | None:
    """The way to who saw the official's data, for the official and for auditors and administrators over the unit."""
    return {"official": official} if may_read_disclosures_of(viewer, official) else None


@panel(
    "organizations.roles_today",
    "interface.desk",
    LocalText("Vai trò hôm nay", "Roles held today"),
    "organizations/parts/roles_panel.html",
)
def roles_today(viewer: Viewer, now: datetime) -> Reads[Mapping[str, object]]:
    """What the viewer is there for, over which units, and the pages on which that begins; for administrators with how
    much is missing to begin.
    """
    names = naming.units({hold.unit for hold in viewer.holds})
    missing = [number_of(found) for found in _lacking(viewer.day)] if may_import(viewer) else []
    return all_of([names, *missing]).made(lambda read: _roles(viewer, read[0], read[1:]))


def _lacking(day: date) -> tuple[QuerySet[Any], ...]:
    """Units without a head, officials without an account, those without a role: as the lists show them."""
    everybody = search_officials("", day)
    return (
        search_units(UnitSearch(headless=True), day), lacking(everybody, ACCOUNT, day), lacking(everybody, ROLE, day)
    )  # fmt: skip


def _roles(viewer: Viewer, units: naming.Names, missing: Sequence[int]) -> Mapping[str, object]:
    language = current_language()
    roles = [(role_of(hold.role), hold) for hold in viewer.holds]
    return {
        "roles": [
            {
                "name": role.name.in_language(language),
                "duty": role.duty.in_language(language),
                "unit": units[hold.unit],
                "below": hold.covers_subtree,
            }
            for role, hold in roles
        ],
        "waiting": sorted(role_of(role).name.in_language(language) for role in viewer.waiting),
        "starts": [*_starts(viewer), *_to_complete(missing)],
    }


def _to_complete(missing: Sequence[int]) -> Iterator[Link]:
    """Lists of what is missing to begin work, with how many there are; those with nothing are left out."""
    units, people = reverse("organizations:units"), reverse("organizations:officials")
    said = (
        (_("No head entered"), f"{units}?thieu=dung-dau"),
        (_("No account"), f"{people}?thieu={ACCOUNT}"),
        (_("Without a role yet"), f"{people}?thieu={ROLE}"),
    )
    for number, (text, address) in zip(missing, said, strict=False):
        if number:
            yield Link(f"{text}: {number}", address)


def _starts(viewer: Viewer) -> Iterator[Link]:
    """Pages that no list leads to: those who look after units, people and the log begin there."""
    if may_import(viewer):
        yield Link(_("Import units and officials"), reverse("organizations:imports"))
    if may_read_changes(viewer):
        yield Link(_("Who changed what"), reverse("organizations:changes"))
    if may_read_disclosures(viewer):
        yield Link(_("Who saw whose data"), reverse("organizations:disclosures"))
    if may_read_retention(viewer):
        yield Link(_("How long data is kept"), reverse("organizations:retention"))
