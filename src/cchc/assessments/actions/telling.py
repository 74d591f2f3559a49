"""What units are told of a round: the results of appraisal, and that a phase ends soon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localtime

from cchc.assessments.audit_kinds import UNITS_REMINDED
from cchc.assessments.models import Phase, Round, Sheet
from cchc.assessments.notice_kinds import APPRAISED, EXPLAIN_SOON, SUBMIT_SOON
from cchc.assessments.queries.reminders import behind, questions_by_sheet
from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.followups.queries.recipients import answering_for
from cchc.notices.actions import Telling, tell
from cchc.organizations.viewers import officials_behind


def tell_of_appraisal(round_: Round, actor: Actor, now: datetime) -> None:
    """Inside the action that opens explanation: heads and reform officers of every unit, with how much it has to
    explain and until when.
    """
    sheets = list(Sheet.objects.filter(round=round_).select_related("unit").order_by("place"))
    asked = questions_by_sheet(round_)
    phase = round_.phases.filter(phase="explanation").first()
    official, _ = officials_behind(actor)
    more = {"until": phase.ends_on if phase else None, "by": official.name if official else ""}
    lines = [
        (sheet, {"round": f"{round_.title} {round_.year}", "questions": asked.get(sheet.pk, 0), **more})
        for sheet in sheets
    ]
    _tell(APPRAISED, lines, actor, now)


@action
def remind_units(*, actor: Actor, now: datetime, phase: Phase) -> int:
    """Tell those whose sheet is still open, or who owe explanations, that the phase ends; each phase is told of once.

    Answers how many units were told.
    """
    locked = Phase.objects.select_for_update(of=("self",)).select_related("round").get(pk=phase.pk)
    if locked.reminded_at is not None:
        nothing_changed()
        return 0
    locked.reminded_at = now
    locked.save()
    sheets = list(behind(locked))
    asked = questions_by_sheet(locked.round)
    kind = EXPLAIN_SOON if locked.phase == "explanation" else SUBMIT_SOON
    facts = {"round": f"{locked.round.title} {locked.round.year}", "until": locked.ends_on}
    extra = (lambda sheet: {"questions": asked.get(sheet.pk, 0)}) if kind == EXPLAIN_SOON else (lambda sheet: {})
    _tell(kind, [(sheet, {**facts, **extra(sheet)}) for sheet in sheets], actor, now)
    record(UNITS_REMINDED, locked, after={"phase": locked.phase, "units": [sheet.unit.code for sheet in sheets]})
    return len(sheets)


def _tell(kind: str, lines: Sequence[tuple[Sheet, dict[str, object]]], actor: Actor, now: datetime) -> None:
    people = answering_for({sheet.unit_id for sheet, _ in lines}, _day(now))
    tellings = [
        Telling(kind, person, sheet, {"unit": sheet.name, **parameters})
        for sheet, parameters in lines
        for person in people.get(sheet.unit_id, ())
    ]
    if tellings:
        tell(actor=actor, now=now, tellings=tellings)


def _day(now: datetime) -> date:
    return localtime(now).date()
