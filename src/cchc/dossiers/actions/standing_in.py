"""Days on which a holder is away, with a deputy; and many steps given to somebody else at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.timezone import localdate

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.actions.recording import reasoned
from cchc.dossiers.actions.telling import tell_standing_in
from cchc.dossiers.actions.working import assign
from cchc.dossiers.audit_kinds import ABSENCE_ENDED, ABSENCE_NOTED
from cchc.dossiers.models import Absence, StepInstance
from cchc.dossiers.queries.bodies import finding_bodies
from cchc.followups.actions.recording import required
from cchc.interface.together import answer
from cchc.organizations.doers import done_by, sign
from cchc.organizations.models import Official, RoleGrant
from cchc.records.errors import DomainError, refuse

LONGEST_DAYS: Final = 366
MOST_STEPS: Final = 200


@dataclass(frozen=True, slots=True)
class Reassigned:
    """Which steps have another holder since, and which were left with what was refused about each."""

    given: Sequence[StepInstance]
    left: Sequence[tuple[StepInstance, DomainError]]


@action
def note_absence(
    *, actor: Actor, now: datetime, official: Official, deputy: Official, starts_on: date, ends_on: date, reason: str
) -> Absence:
    """Somebody is away from day to day, and another one stands in. Raises `dossiers.absence_days`,
    `dossiers.absence_oneself`, `dossiers.absence_overlaps`, `followups.nothing_said`.
    """
    words, today = required(reason), localdate(now)
    if not (starts_on <= ends_on and today <= ends_on and (ends_on - starts_on).days < LONGEST_DAYS):
        raise refuse("dossiers.absence_days", most=LONGEST_DAYS)
    if official.pk == deputy.pk:
        raise refuse("dossiers.absence_oneself", who=official.name)
    # Two notes about one official come one after the other; whoever only names the official does not wait.
    Official.objects.select_for_update(no_key=True).get(pk=official.pk)
    same = Absence.objects.filter(official=official, ended_at=None, starts_on__lte=ends_on, ends_on__gte=starts_on)
    other = same.select_related("deputy").order_by("starts_on", "pk").first()
    if other is not None:
        raise refuse(
            "dossiers.absence_overlaps", first=other.starts_on, last=other.ends_on, deputy=other.deputy.name
        )  # fmt: skip
    absence = Absence.objects.create(
        official=official, deputy=deputy, starts_on=starts_on, ends_on=ends_on, reason=words, noted_at=now,
        **done_by(actor, "noted"),
    )  # fmt: skip
    record(ABSENCE_NOTED, absence, after=values_of(absence), reason=words)
    tell_standing_in(absence, actor, now)
    return absence


@action
def end_absence(*, actor: Actor, now: datetime, absence: Absence) -> Absence:
    """Back earlier, or noted by mistake: nobody stands in from now on. Raises `dossiers.absence_not_found`."""
    locked = Absence.objects.select_for_update().filter(pk=absence.pk, ended_at=None).order_by("pk").first()
    if locked is None:
        raise refuse("dossiers.absence_not_found")
    before = values_of(locked)
    locked.ended_at = now
    sign(locked, "ended", actor)
    locked.save()
    record(ABSENCE_ENDED, locked, before=before, after=values_of(locked))
    return locked


@action
def assign_many(
    *, actor: Actor, now: datetime, steps: Sequence[tuple[StepInstance, int]], official: Official, reason_code: str,
    reason: str,
) -> Reassigned:  # fmt: skip
    """These steps, each as the reader saw its dossier, become that official's. What has changed meanwhile, what is held
    by that official already and what that official's roles do not fit stays as it is.

    Raises `dossiers.nothing_ticked`, `dossiers.unknown_reason`, `followups.nothing_said`.
    """
    reasoned("assign", reason_code, reason)
    if not 1 <= len(steps) <= MOST_STEPS:
        raise refuse("dossiers.nothing_ticked", most=MOST_STEPS)
    fits, given, left = _fits(official, localdate(now)), list[StepInstance](), list[tuple[StepInstance, DomainError]]()
    for step, version in steps:
        try:
            if (step.role, step.unit_id) not in fits:
                raise refuse("dossiers.holder_unfit", who=official.name)
            assign(
                actor=actor, now=now, step=step, official=official, expected_version=version, reason_code=reason_code,
                reason=reason,
            )  # fmt: skip
            given.append(step)
        except DomainError as error:  # refused before anything was written
            left.append((step, error))
    if not given:
        nothing_changed()
    return Reassigned(given, left)


def _fits(official: Official, day: date) -> frozenset[tuple[str, int]]:
    """The roles held, each with the unit and the body to which that office belongs. Two queries."""
    held = list(RoleGrant.objects.on(day).filter(official=official).order_by("pk").values_list("role", "unit"))
    bodies = answer(finding_bodies({unit for _, unit in held}, day))
    return frozenset((role, one) for role, unit in held for one in (unit, bodies.get(unit, unit)))
