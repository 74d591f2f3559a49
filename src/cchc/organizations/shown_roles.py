"""The roles of an official who is transferred, as the page of the transfer shows them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cchc.organizations.models import Official, RoleGrant, Unit
from cchc.organizations.permissions import may_manage_rights
from cchc.organizations.queries import people
from cchc.organizations.shown import RemainingRole, shown_role
from cchc.organizations.viewers import Viewer
from cchc.records.dates import format_date


def remaining_roles(viewer: Viewer, official: Official, former: Unit) -> list[RemainingRole]:
    """What the official holds today or later. `former` is the unit that is left. Two queries beside those of rights."""
    held = list(people.remaining_roles(official, viewer.day))
    tied = people.units_around(former, {grant.unit_id for grant in held}, viewer.day) | {former.pk}
    return [RemainingRole(one.pk, _said(one), one.unit_id in tied, _may_end(viewer, official, one)) for one in held]


def _may_end(viewer: Viewer, official: Official, grant: RoleGrant) -> bool:
    return bool(may_manage_rights(viewer, official, grant.unit, below=grant.covers_subtree))


def _said(grant: RoleGrant) -> str:
    unit_name: str | None = getattr(grant, "unit_name", None)
    where = {"role": shown_role(grant.role), "unit": unit_name or grant.unit.code}
    said = _("%(role)s, %(unit)s and what stands under it") if grant.covers_subtree else _("%(role)s, %(unit)s")
    until = grant.ends_on
    return said % where + ("" if until is None else " · " + _("until %(day)s") % {"day": format_date(until)})
