"""What the state of a round and of a sheet allows, whoever asks."""

from __future__ import annotations

from datetime import date

from cchc.assessments.models import Phase, Round, Sheet
from cchc.assessments.states import (
    APPRAISING,
    APPROVED,
    DELIBERATING,
    EXPLAINING,
    FILLING,
    FROZEN,
    PREPARING,
    PUBLISHED,
    REAPPRAISING,
    ROUND,
    SELF_SCORING,
    SETTLED,
    SHEET,
    SUBMITTED,
)
from cchc.interface.access import ALLOWED, Verdict, denied
from cchc.records.errors import refuse
from cchc.scoring.criteria import Criterion
from cchc.scoring.sheets import Stage

_WRITTEN_IN: dict[Stage, tuple[str, ...]] = {
    "self": (SELF_SCORING,),
    "document1": (APPRAISING,),
    "field": (APPRAISING, REAPPRAISING),
    "document2": (REAPPRAISING,),
    "council": (DELIBERATING,),
}
_GIVEN_BY_OTHERS = ("survey", "outcome", "inherit")


def may_become(round_: Round, step: str) -> Verdict:
    """Whether the step of the table leads from where the round stands. Raises `LookupError` for no step."""
    if round_.state in ROUND.step(step).sources:
        return ALLOWED
    return denied("assessments.not_in_state", state=ROUND.state(round_.state).name)


def may_be_written(sheet: Sheet, stage: Stage) -> Verdict:
    """Whether answers of that stage may be written into the sheet now."""
    if sheet.round.state not in _WRITTEN_IN[stage]:
        return denied("assessments.not_in_state", state=ROUND.state(sheet.round.state).name)
    if stage == "self" and sheet.state != FILLING:
        return denied("assessments.sheet_locked", unit=sheet.name)
    return ALLOWED


def may_points_be_brought_in(round_: Round) -> Verdict:
    """Whether what surveys and statistics came to may be brought in: while the appraisers write."""
    if round_.state in (APPRAISING, REAPPRAISING):
        return ALLOWED
    return denied("assessments.not_in_state", state=ROUND.state(round_.state).name)


def may_be_bound(round_: Round) -> Verdict:
    """Whether measures may be bound and unbound: until the council has said its last word."""
    if round_.state not in SETTLED:
        return ALLOWED
    return denied("assessments.not_in_state", state=ROUND.state(round_.state).name)


def may_be_visited(round_: Round) -> Verdict:
    """Whether days of visits may still be set or taken back: until the round lies before the council."""
    if round_.state in (PREPARING, SELF_SCORING, APPRAISING, EXPLAINING, REAPPRAISING):
        return ALLOWED
    return denied("assessments.not_in_state", state=ROUND.state(round_.state).name)


def may_be_explained(sheet: Sheet) -> Verdict:
    """Whether the unit may explain now."""
    if sheet.round.state != EXPLAINING:
        return denied("assessments.not_in_state", state=ROUND.state(sheet.round.state).name)
    if sheet.state not in SHEET.step("explain").sources:
        return denied("assessments.sheet_locked", unit=sheet.name)
    return ALLOWED


def may_be_asked(sheet: Sheet) -> Verdict:
    """Whether the unit may still be asked to explain: until the results of appraisal are given to it."""
    return _while_round_is(sheet, APPRAISING)


def may_be_taken_back(sheet: Sheet) -> Verdict:
    """Whether what was asked of the unit may still be taken back."""
    return _while_round_is(sheet, APPRAISING, EXPLAINING)


def _while_round_is(sheet: Sheet, *states: str) -> Verdict:
    if sheet.round.state in states:
        return ALLOWED
    return denied("assessments.not_in_state", state=ROUND.state(sheet.round.state).name)


def may_be_submitted(sheet: Sheet) -> Verdict:
    """Whether the unit may lock its sheet: as long as units score themselves, and afterwards too, late, until the
    appraisers are done.
    """
    if sheet.round.state != SELF_SCORING:
        return denied("assessments.not_in_state", state=ROUND.state(sheet.round.state).name)
    return ALLOWED if sheet.state == FILLING else denied("assessments.sheet_locked", unit=sheet.name)


def may_be_handed_back(sheet: Sheet) -> Verdict:
    """Whether the sheet may be given back to its unit."""
    if sheet.round.state != SELF_SCORING:
        return denied("assessments.not_in_state", state=ROUND.state(sheet.round.state).name)
    return ALLOWED if sheet.state == SUBMITTED else denied("assessments.sheet_not_submitted", unit=sheet.name)


def may_be_left_out(sheet: Sheet) -> Verdict:
    """Whether the unit may still leave the round: while that is prepared, and while units score themselves as long as
    this one has not locked its sheet. Whether anything was said in it, the action looks up.
    """
    if sheet.round.state not in (PREPARING, SELF_SCORING):
        return denied("assessments.not_in_state", state=ROUND.state(sheet.round.state).name)
    return ALLOWED if sheet.state == FILLING else denied("assessments.sheet_locked", unit=sheet.name)


def may_be_reviewed(round_: Round, phase: Phase | None, day: date) -> Verdict:
    """Whether a unit may ask on that day that its result be looked at once more: in the phase for it, once frozen."""
    if round_.state not in (FROZEN, APPROVED, PUBLISHED):
        return denied("assessments.not_in_state", state=ROUND.state(round_.state).name)
    if phase is None:
        return denied("assessments.no_review_phase")
    if phase.starts_on <= day <= phase.ends_on:
        return ALLOWED
    return denied("assessments.review_over", start=phase.starts_on, end=phase.ends_on)


def is_given_by_others(criterion: Criterion) -> bool:
    """Whether the points come from a survey, a statistic or another index, so that nobody appraises them."""
    return criterion.scored_by == "survey" or criterion.rule.kind in _GIVEN_BY_OTHERS


def check_step(round_: Round, step: str) -> None:
    """Raise `assessments.not_in_state` for a step that does not lead from where the round stands."""
    if not may_become(round_, step):
        raise refuse("assessments.not_in_state", state=ROUND.state(round_.state).name)
