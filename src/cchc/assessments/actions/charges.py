"""Who sits in the round's council, and who appraises what in which sheets."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from cchc.assessments.actions.taking import take_round
from cchc.assessments.audit_kinds import CHARGE_ENDED, CHARGE_GIVEN
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Charge, Round, Sheet
from cchc.assessments.permissions import APPRAISER, ROUND, TEAM
from cchc.assessments.queries.charges import works_there
from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.actions.dating import check_days, check_free
from cchc.organizations.actions.rights import assign_duty, end_duty
from cchc.organizations.models import Assignment, Official
from cchc.records.errors import refuse

_DAY: Final = timedelta(days=1)


@action
def give_charge(
    *, actor: Actor, now: datetime, round_: Round, official: Official, starts_on: date, ends_on: date | None = None,
    code: str = "", group: str = "", sheet: Sheet | None = None, instead_of: Official | None = None,
) -> Charge:  # fmt: skip
    """The official appraises what stands under `code` in the sheets of a group, or in one sheet, from that day on.

    With the first charge in a round the duty of an appraiser there is assigned. Raises `assessments.no_set`,
    `assessments.unknown_code`, `assessments.unknown_group`, `assessments.substitute_is_self`,
    `assessments.charge_own_unit`, `records.ends_before_start`, `organizations.days_taken`.
    """
    locked = take_round(round_)
    check_days(starts_on, ends_on)
    if code and code not in set_of(locked).leaves_below:
        raise refuse("assessments.unknown_code", code=code, set=locked.criteria_id)
    if group and not locked.sheets.filter(group=group).exists():
        raise refuse("assessments.unknown_group", group=group)
    if sheet is not None and sheet.round_id != locked.pk:
        raise refuse("assessments.sheet_not_found")
    if instead_of == official:
        raise refuse("assessments.substitute_is_self")
    if sheet is not None and works_there(official, sheet, starts_on):
        raise refuse("assessments.charge_own_unit", official=official.name, unit=sheet.name)
    same = Charge.objects.filter(round=locked, official=official, code=code, group=group, sheet=sheet)
    check_free(same, starts_on, ends_on)
    charge = Charge.objects.create(
        round=locked, official=official, code=code, group=group, sheet=sheet, instead_of=instead_of,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    record(CHARGE_GIVEN, charge, after=values_of(charge))
    _assign(actor, now, locked, official, starts_on)
    return charge


@action
def end_charge(*, actor: Actor, now: datetime, charge: Charge, ends_on: date, reason: str) -> Charge:
    """`ends_on` is the last day; one before its first day leaves nothing of it. It counts from the next request on.

    Raises `organizations.no_reason`, `assessments.charge_over`.
    """
    if not reason.strip():
        raise refuse("organizations.no_reason")
    take_round(charge.round)
    locked = Charge.objects.select_for_update(of=("self",)).get(pk=charge.pk)
    if locked.ends_on is not None and locked.ends_on <= ends_on:
        raise refuse("assessments.charge_over", day=locked.ends_on)
    before = values_of(locked)
    if ends_on < locked.starts_on:
        record(CHARGE_ENDED, locked, before=before, reason=reason.strip())
        locked.delete()
        return charge
    locked.ends_on = ends_on
    locked.save()
    record(CHARGE_ENDED, locked, before=before, after=values_of(locked), reason=reason.strip())
    return locked


@action
def end_team_duty(
    *, actor: Actor, now: datetime, round_: Round, assignment: Assignment, ends_on: date, reason: str
) -> Assignment:  # fmt: skip
    """Somebody leaves the round's support team or field team: `ends_on` is the last day, one before the first takes the
    duty back whole. What an appraiser is charged with ends with it, unless the duty goes on in another record.

    Raises `assessments.duty_not_found` for a duty elsewhere or in the council, `organizations.no_reason`,
    `organizations.already_ended`.
    """
    locked = take_round(round_)
    at = (assignment.subject_type, assignment.subject_id)
    if at != (ROUND, str(locked.pk)) or assignment.duty not in TEAM:
        raise refuse("assessments.duty_not_found")
    ended = end_duty(actor=actor, now=now, assignment=assignment, ends_on=ends_on, reason=reason)
    goes_on = Assignment.objects.not_over(ends_on + _DAY).filter(
        official=assignment.official_id, duty=APPRAISER, subject_type=ROUND, subject_id=str(locked.pk)
    )
    if assignment.duty == APPRAISER and not goes_on.exists():
        for charge in Charge.objects.not_over(ends_on + _DAY).filter(round=locked, official=assignment.official_id):
            end_charge(actor=actor, now=now, charge=charge, ends_on=ends_on, reason=reason)
    return ended


def _assign(actor: Actor, now: datetime, round_: Round, official: Official, starts_on: date) -> None:
    """The duty at the round, unless it is held from that day or earlier until further notice."""
    held = Assignment.objects.filter(
        official=official, duty=APPRAISER, subject_type=ROUND, subject_id=str(round_.pk), ends_on=None
    )
    first = held.order_by("starts_on").first()
    if first is None:
        assign_duty(
            actor=actor,
            now=now,
            official=official,
            duty=APPRAISER,
            subject=(ROUND, str(round_.pk)),
            starts_on=starts_on,
        )
    elif starts_on < first.starts_on:
        assign_duty(
            actor=actor, now=now, official=official, duty=APPRAISER, subject=(ROUND, str(round_.pk)),
            starts_on=starts_on, ends_on=first.starts_on - _DAY,
        )  # fmt: skip
