"""Findings of the field check: entered by who was there, decided by who appraises the criterion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.utils.timezone import localtime

from cchc.assessments.actions.answers import LONGEST, Said, write_answer
from cchc.assessments.actions.taking import take_round, take_sheet
from cchc.assessments.audit_kinds import FINDING_DECIDED, FINDING_ENTERED
from cchc.assessments.computing import only
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Answer, Finding, Round, Sheet
from cchc.assessments.permissions import INSPECTORS, ROUND
from cchc.assessments.policies import is_given_by_others, may_be_written
from cchc.assessments.queries.comparing import score_sheet
from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.actions.rights import assign_duty
from cchc.organizations.doers import done_by, sign
from cchc.organizations.models import Assignment, Official
from cchc.records.dates import format_date
from cchc.records.errors import refuse
from cchc.records.numbers import decimal_text
from cchc.scoring.criteria import Criterion


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on which day; the points it proposes, or proposes to take away."""

    code: str
    found_on: date
    text: str
    amount: Decimal
    is_deduction: bool


@action
def join_team(
    *, actor: Actor, now: datetime, round_: Round, official: Official, duty: str, starts_on: date,
    ends_on: date | None = None,
) -> Assignment:  # fmt: skip
    """The official checks units of the round on site, on these days. Raises `assessments.unknown_duty`,
    `records.ends_before_start`, `organizations.days_taken`.
    """
    if duty not in INSPECTORS:
        raise refuse("assessments.unknown_duty", duty=duty)
    locked = take_round(round_)
    return assign_duty(
        actor=actor, now=now, official=official, duty=duty, subject=(ROUND, str(locked.pk)), starts_on=starts_on,
        ends_on=ends_on,
    )  # fmt: skip


@action
def enter_finding(*, actor: Actor, now: datetime, sheet: Sheet, found: Found) -> Finding:
    """Raises `assessments.not_in_state`, `scoring.unknown_criterion`, `assessments.not_checked_there`,
    `assessments.no_finding`, `assessments.text_too_long`, `assessments.found_outside`, `assessments.found_later`,
    `assessments.amount_outside`.
    """
    locked = take_sheet(sheet)
    may_be_written(locked, "field").require()
    criterion = set_of(locked.round).criterion(found.code)
    _check(locked.round, criterion, found, localtime(now).date())
    finding = Finding.objects.create(
        sheet=locked, criterion=found.code, found_on=found.found_on, text=found.text.strip(), amount=found.amount,
        is_deduction=found.is_deduction, entered_at=now, **done_by(actor, "entered"),
    )  # fmt: skip
    record(FINDING_ENTERED, finding, after=values_of(finding))
    return finding


@action
def accept_finding(*, actor: Actor, now: datetime, finding: Finding) -> Finding:
    """It counts: the points that follow are written at the stage of the field check, with it as the reason.

    Raises `assessments.not_in_state`, `assessments.finding_over`, `assessments.nothing_to_deduct`.
    """
    sheet = take_sheet(finding.sheet)
    may_be_written(sheet, "field").require()
    locked = _undecided(finding)
    criterion = set_of(sheet.round).criterion(locked.criterion)
    points = points_after(sheet, criterion, locked)
    known = Answer.objects.filter(sheet=sheet, criterion=locked.criterion, stage="field").first()
    reasons = [known.said.get("reason", "")] if known else []
    text = f"{format_date(locked.found_on)}: {locked.text}"
    reason = "; ".join(one for one in (*reasons, text) if one)[:LONGEST]
    write_answer(
        actor=actor, now=now, sheet=sheet, code=locked.criterion, stage="field",
        said=Said({"points": decimal_text(points), "reason": reason}),
        expected_version=known.version if known else 0,
    )  # fmt: skip
    return _decided(actor, now, locked, is_accepted=True, reason="")


@action
def refuse_finding(*, actor: Actor, now: datetime, finding: Finding, reason: str) -> Finding:
    """It does not count. Raises `assessments.no_reason`, `assessments.not_in_state`, `assessments.finding_over`."""
    if not reason.strip():
        raise refuse("assessments.no_reason")
    may_be_written(take_sheet(finding.sheet), "field").require()
    return _decided(actor, now, _undecided(finding), is_accepted=False, reason=reason.strip())


def points_after(sheet: Sheet, criterion: Criterion, finding: Finding) -> Fraction:
    """What the field check comes to when the finding counts: where the set adds field points to those of documents, the
    field's own part; where it replaces them, the points of the criterion. Never under 0; raises
    `assessments.nothing_to_deduct` where there are no points to take from.
    """
    answers = list(Answer.objects.filter(sheet=sheet).order_by("pk"))
    before = _own_part(answers, criterion) if criterion.combine == "add" else _standing(sheet, criterion, answers)
    amount = Fraction(finding.amount)
    if not finding.is_deduction:
        return (before or Fraction(0)) + amount if criterion.combine == "add" else amount
    if not before:
        raise refuse("assessments.nothing_to_deduct", criterion=criterion.code)
    return max(before - amount, Fraction(0))


def _own_part(answers: list[Answer], criterion: Criterion) -> Fraction | None:
    for one in answers:
        if (one.criterion, one.stage) == (criterion.code, "field") and one.said.get("points"):
            return Fraction(one.said["points"].replace(",", "."))
    return None


def _standing(sheet: Sheet, criterion: Criterion, answers: list[Answer]) -> Fraction | None:
    part = only(set_of(sheet.round), criterion.code)
    kept = [one for one in answers if one.criterion in part.by_code and one.stage in ("self", "document1", "field")]
    leaf = score_sheet(part, sheet, kept, until="field").leaf(sheet.pk, "field", criterion.code)
    return leaf.points if leaf else None


def _check(round_: Round, criterion: Criterion, found: Found, today: date) -> None:
    if is_given_by_others(criterion):
        raise refuse("assessments.not_checked_there", criterion=criterion.code)
    if not found.text.strip():
        raise refuse("assessments.no_finding")
    if len(found.text) > LONGEST:
        raise refuse("assessments.text_too_long", limit=LONGEST)
    if not round_.assessed_from <= found.found_on <= round_.assessed_to:
        raise refuse("assessments.found_outside", start=round_.assessed_from, end=round_.assessed_to)
    if found.found_on > today:
        raise refuse("assessments.found_later", day=found.found_on)
    if found.amount < 0 or (criterion.has_maximum and Fraction(found.amount) > criterion.max):
        raise refuse("assessments.amount_outside", criterion=criterion.code, max=criterion.max)


def _undecided(finding: Finding) -> Finding:
    locked = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if locked.decided_at is not None:
        raise refuse("assessments.finding_over")
    return locked


def _decided(actor: Actor, now: datetime, finding: Finding, *, is_accepted: bool, reason: str) -> Finding:
    before = values_of(finding)
    finding.is_accepted, finding.reason, finding.decided_at = is_accepted, reason, now
    sign(finding, "decided", actor)
    finding.save()
    record(FINDING_DECIDED, finding, before=before, after=values_of(finding), reason=reason or None)
    return finding
