"""The roles of an official as pages show them: what is held and what is to come, and what of it the reader may end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Official, RoleGrant, Unit
from cchc.organizations.permissions import may_manage_rights
from cchc.organizations.queries import people
from cchc.organizations.shown import RemainingRole, shown_role
from cchc.organizations.viewers import Viewer
from cchc.records.dates import format_date


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that is not over, with its name. `is_to_come`: it has not begun; `may_end`: the reader may withdraw it, or
    take it back.
    """

    grant: RoleGrant
    name: str
    is_to_come: bool
    may_end: bool


def held_roles(viewer: Viewer, official: Official) -> list[HeldRole]:
    """What the official holds today, then what is to come."""
    found = viewer.facts_of(official).grants
    shown = [
        HeldRole(one, shown_role(one.role), one.starts_on > viewer.day, _may_end(viewer, official, one))
        for one in found
    ]
    return sorted(shown, key=lambda one: one.is_to_come)


def remaining_roles(viewer: Viewer, official: Official, former: Unit) -> Reads[list[RemainingRole]]:
    """What the official holds today or later. `former` is the unit that is left."""
    held = viewer.facts_of(official).grants
    around = people.units_around(former, {grant.unit_id for grant in held}, viewer.day)

    def shown(links: Iterable[tuple[int, int]]) -> list[RemainingRole]:
        tied = {former.pk}.union(*links)
        return [RemainingRole(one.pk, _said(one), one.unit_id in tied, _may_end(viewer, official, one)) for one in held]

    return made_of(around, shown)


def require_to_end(viewer: Viewer, official: Official, keys: Collection[int]) -> None:
    """May the viewer take each of these roles away? Raises the reason why not; what is gone already is passed over."""
    for held in people.remaining_roles(official, viewer.day).filter(pk__in=keys):
        may_manage_rights(viewer, official, held.unit, below=held.covers_subtree).require()


def keys_of(remaining: Sequence[RemainingRole]) -> str:
    """How a form keeps which roles its reader saw."""
    return ",".join(str(one.key) for one in remaining)


def ticked(remaining: Sequence[RemainingRole]) -> list[int]:
    """The keys of those that end with the posting unless the reader unticks them."""
    return [one.key for one in remaining if one.is_tied and one.may_end]


def _may_end(viewer: Viewer, official: Official, grant: RoleGrant) -> bool:
    return bool(may_manage_rights(viewer, official, grant.unit, below=grant.covers_subtree))


def _said(grant: RoleGrant) -> str:
    unit_name: str | None = getattr(grant, "unit_name", None)
    where = {"role": shown_role(grant.role), "unit": unit_name or grant.unit.code}
    said = _("%(role)s, %(unit)s and what stands under it") if grant.covers_subtree else _("%(role)s, %(unit)s")
    until = grant.ends_on
    return said % where + ("" if until is None else " · " + _("until %(day)s") % {"day": format_date(until)})
