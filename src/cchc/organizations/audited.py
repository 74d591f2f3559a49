"""Whose history may be read: units, officials, and what hangs on them. The right is that over their unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from cchc.interface.access import Verdict
from cchc.interface.hosting.audited import Audited
from cchc.interface.shapes import Link
from cchc.interface.together import Reads
from cchc.organizations.models import (
    Account,
    Assignment,
    CalendarUse,
    Delegation,
    Official,
    OwnCalendar,
    Placement,
    Posting,
    Reorganization,
    RoleGrant,
    Supervision,
    Unit,
)
from cchc.organizations.permissions import may_read_audit, may_read_audit_of_person
from cchc.organizations.queries import naming
from cchc.organizations.queries.people import belonging_to
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText


def _unit_address(unit: Unit) -> str:
    return reverse("organizations:unit", args=[unit.code])


def _person_address(official: Official) -> str:
    return reverse("organizations:official", args=[official.code])


def _units_by_code(codes: Iterable[str]) -> Reads[Mapping[str, Link]]:
    """By what they are, or were last, called."""
    return naming.units_by_code(codes).made(
        lambda names: {code: Link(name, reverse("organizations:unit", args=[code])) for code, name in names.items()}
    )


def _parts_of_unit(unit: Unit) -> Sequence[QuerySet[Any]]:
    """Names and places, mergers, calendars, supervision, roles over it; not the postings, which belong to people."""
    return (
        unit.placements.all(),
        Reorganization.objects.filter(successions__predecessor=unit),
        Reorganization.objects.filter(successions__successor=unit),
        unit.calendar_uses.all(),
        unit.own_calendars.all(),
        unit.supervised_by.all(),
        unit.grants.all(),
    )


def _parts_of_official(official: Official) -> Sequence[QuerySet[Any]]:
    """Posts, roles, delegations, duties; not the account, whose sign-ins would hide them."""
    return (
        official.postings.all(),
        official.grants.all(),
        official.delegations_given.all(),
        official.delegations_held.all(),
        official.assignments.all(),
    )


def _of_unit(viewer: Viewer, record: Any) -> Verdict:
    return may_read_audit(viewer, record.unit)


def _of_official(viewer: Viewer, record: Any) -> Verdict:
    return may_read_audit_of_person(viewer, record.official)


def _of_principal(viewer: Viewer, delegation: Delegation) -> Verdict:
    return may_read_audit_of_person(viewer, delegation.principal)


unit = Audited(Unit, LocalText("Đơn vị", "Unit"), naming.units, _unit_address, may_read_audit, _parts_of_unit,
               _units_by_code)  # fmt: skip
official = Audited(
    Official,
    LocalText("Cán bộ, công chức", "Official"),
    naming.officials,
    _person_address,
    may_read_audit_of_person,
    _parts_of_official,
)
placement = Audited(
    Placement,
    LocalText("Tên và trực thuộc", "Name and place"),
    naming.placements,
    lambda one: _unit_address(one.unit),
    _of_unit,
    related=("unit",),
)
posting = Audited(
    Posting,
    LocalText("Vị trí công tác", "Posting"),
    naming.postings,
    lambda one: _person_address(one.official),
    _of_official,
    related=("official",),
)
grant = Audited(
    RoleGrant,
    LocalText("Vai trò", "Role"),
    naming.grants,
    lambda one: _person_address(one.official),
    _of_unit,
    related=("unit", "official"),
)
delegation = Audited(
    Delegation,
    LocalText("Ủy quyền", "Delegation"),
    naming.delegations,
    lambda one: _person_address(one.principal),
    _of_principal,
    related=("principal",),
)
assignment = Audited(
    Assignment,
    LocalText("Phân công", "Duty"),
    naming.assignments,
    lambda one: _person_address(one.official),
    _of_official,
    related=("official",),
)
supervision = Audited(
    Supervision,
    LocalText("Theo dõi, đôn đốc", "Supervision"),
    naming.supervisions,
    lambda one: _unit_address(one.unit),
    _of_unit,
    related=("unit",),
)
account = Audited(
    Account,
    LocalText("Tài khoản", "Account"),
    naming.accounts,
    lambda one: _person_address(one.official),
    _of_official,
    related=("official",),
)


def ACTOR_NAMES(identities: Iterable[str]) -> Reads[Mapping[str, str]]:  # noqa: N802 - the name that the host looks for
    """Officials by their number."""
    return naming.actors(identities)


def OF_UNITS(units: QuerySet[Unit], day: date) -> Iterable[QuerySet[Any]]:  # noqa: N802 - the name that the host looks for
    """What the histories of these units and of the officials who belong to them hold, and their accounts."""
    people = belonging_to(units, day).values("pk")
    touching = Q(successions__predecessor__in=units) | Q(successions__successor__in=units)
    return (
        Unit.objects.filter(pk__in=units),
        Placement.objects.filter(unit__in=units),
        Reorganization.objects.filter(touching),
        CalendarUse.objects.filter(unit__in=units),
        OwnCalendar.objects.filter(unit__in=units),
        Supervision.objects.filter(unit__in=units),
        RoleGrant.objects.filter(Q(unit__in=units) | Q(official__in=people)),
        Official.objects.filter(pk__in=people),
        Posting.objects.filter(official__in=people),
        Delegation.objects.filter(Q(principal__in=people) | Q(deputy__in=people)),
        Assignment.objects.filter(official__in=people),
        Account.objects.filter(official__in=people),
    )
