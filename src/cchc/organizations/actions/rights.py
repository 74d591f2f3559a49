"""Giving and taking roles, deputies and duties."""

from __future__ import annotations

from datetime import date, datetime

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.actions.dating import check_days, check_free, end_or_take_back
from cchc.organizations.actions.units import placement_on
from cchc.organizations.audit_kinds import (
    DELEGATION_ENDED,
    DELEGATION_GIVEN,
    DUTY_ASSIGNED,
    DUTY_ENDED,
    ROLE_GRANTED,
    ROLE_WITHDRAWN,
)
from cchc.organizations.models import Assignment, Delegation, Official, RoleGrant, Unit
from cchc.organizations.roles import role_of
from cchc.records.errors import refuse
from cchc.records.sources import Source


@action
def grant_role(
    *, actor: Actor, now: datetime, official: Official, role: str, unit: Unit, starts_on: date,
    ends_on: date | None = None, covers_subtree: bool = False, source: Source | None = None,
) -> RoleGrant:  # fmt: skip
    """The official holds the role over the unit on these days.

    Raises `organizations.unknown_role`, `organizations.role_at_objects`, `organizations.not_there`,
    `organizations.days_taken` when it is already held on one of these days.
    """
    if role_of(role).at_objects:
        raise refuse("organizations.role_at_objects", role=role_of(role).name)
    check_days(starts_on, ends_on)
    placement_on(unit, starts_on)
    Official.objects.select_for_update().get(pk=official.pk)
    check_free(RoleGrant.objects.filter(official=official, role=role, unit=unit), starts_on, ends_on)
    grant = RoleGrant.objects.create(
        official=official,
        role=role,
        unit=unit,
        starts_on=starts_on,
        ends_on=ends_on,
        covers_subtree=covers_subtree,
        source_document="" if source is None else source.document,
        source_on=None if source is None else source.on,
    )
    record(ROLE_GRANTED, grant, after=values_of(grant))
    return grant


@action
def withdraw_role(*, actor: Actor, now: datetime, grant: RoleGrant, ends_on: date, reason: str) -> RoleGrant:
    """`ends_on` is the last day; one before its first day takes it back whole. It counts from the next request on.

    Raises `organizations.no_reason`, `organizations.already_ended`.
    """
    locked = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    return end_or_take_back(locked, locked.official, ends_on, ROLE_WITHDRAWN, reason)


@action
def delegate(
    *, actor: Actor, now: datetime, principal: Official, deputy: Official, starts_on: date, ends_on: date,
    reason: str, role: str = "",
) -> Delegation:  # fmt: skip
    """`deputy` acts for `principal`, in one role or in all, on these days.

    Raises `organizations.deputy_is_self`, `organizations.no_reason`, `organizations.days_taken`.
    """
    check_days(starts_on, ends_on)
    if principal == deputy:
        raise refuse("organizations.deputy_is_self")
    if role:
        role_of(role)
    if not reason.strip():
        raise refuse("organizations.no_reason")
    Official.objects.select_for_update().get(pk=principal.pk)
    check_free(Delegation.objects.filter(principal=principal, deputy=deputy, role=role), starts_on, ends_on)
    given = Delegation.objects.create(
        principal=principal, deputy=deputy, role=role, starts_on=starts_on, ends_on=ends_on, reason=reason.strip()
    )
    record(DELEGATION_GIVEN, given, after=values_of(given))
    return given


@action
def end_delegation(*, actor: Actor, now: datetime, delegation: Delegation, ends_on: date, reason: str) -> Delegation:
    """`ends_on` is the last day; one before its first day takes it back whole.

    Raises `organizations.no_reason`, `organizations.already_ended`.
    """
    locked = Delegation.objects.select_for_update().get(pk=delegation.pk)
    return end_or_take_back(locked, locked.principal, ends_on, DELEGATION_ENDED, reason)


@action
def assign_duty(
    *, actor: Actor, now: datetime, official: Official, duty: str, subject: tuple[str, str], starts_on: date,
    ends_on: date | None = None, reason: str = "",
) -> Assignment:  # fmt: skip
    """The official has a duty (a role's id) at one object, named `("assessments.Round", "7")`, on these days.

    Raises `organizations.unknown_role`, `organizations.days_taken` when it is already held there on one of these days.
    """
    role_of(duty)
    check_days(starts_on, ends_on)
    subject_type, subject_id = subject
    Official.objects.select_for_update().get(pk=official.pk)
    same = Assignment.objects.filter(official=official, duty=duty, subject_type=subject_type, subject_id=subject_id)
    check_free(same, starts_on, ends_on)
    assignment = Assignment.objects.create(
        official=official,
        duty=duty,
        subject_type=subject_type,
        subject_id=subject_id,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
    )
    record(DUTY_ASSIGNED, assignment, after=values_of(assignment))
    return assignment


@action
def end_duty(*, actor: Actor, now: datetime, assignment: Assignment, ends_on: date, reason: str) -> Assignment:
    """`ends_on` is the last day; one before its first day takes it back whole. It counts from the next request on.

    Raises `organizations.no_reason`, `organizations.already_ended`.
    """
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
    return end_or_take_back(locked, locked.official, ends_on, DUTY_ENDED, reason)
