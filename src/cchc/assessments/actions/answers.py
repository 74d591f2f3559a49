"""What is said about a criterion of a sheet at a stage: by the unit, by who appraises, by the council."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from cchc.assessments.actions.comparing import keep_made
from cchc.assessments.actions.taking import take_sheet
from cchc.assessments.audit_kinds import ANSWER_WRITTEN
from cchc.assessments.computing import check_readable
from cchc.assessments.criteria import set_of
from cchc.assessments.deductions import check_deduction
from cchc.assessments.models import Answer, Sheet
from cchc.assessments.policies import may_be_written
from cchc.assessments.ranges import check_range
from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.organizations.doers import done_by
from cchc.records.errors import refuse
from cchc.scoring.criteria import Criterion
from cchc.scoring.sheets import SPECIAL, Stage

LONGEST = 2_000
NEW = 0
"""The version of an answer that nobody has given yet."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody typed: texts by input, the special ones among them; empty ones say nothing. A note beside it."""

    texts: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


_NOTHING: Final = Said()


@action
def write_answer(
    *, actor: Actor, now: datetime, sheet: Sheet, code: str, stage: Stage, said: Said, expected_version: int
) -> Answer:  # fmt: skip
    """Replace what stands there at that stage. `expected_version` is what the writer saw, `NEW` where nothing stood.
    What stands there already changes nothing; at the units' own stage that is also said by saying nothing.

    Raises `assessments.not_in_state`, `assessments.sheet_locked`, `scoring.unknown_criterion`,
    `assessments.not_self_scored`, `assessments.unknown_input`, `assessments.text_too_long`, `assessments.answer_stale`,
    what the sheet's reader says of a text, `assessments.no_deduction_reason` where points fall without one, and what
    `check_range` raises.
    """
    locked = take_sheet(sheet)
    may_be_written(locked, stage).require()
    criteria = set_of(locked.round)
    criterion, texts = criteria.criterion(code), _tidied(said.texts)
    _check_sayable(criterion, stage, texts, said.note)
    check_readable(criteria, code, texts)
    known = Answer.objects.select_for_update(of=("self",)).filter(sheet=locked, criterion=code, stage=stage).first()
    note = said.note.strip()
    if known is not None and (known.said, known.note) == (texts, note) and (known.version or stage == "self"):
        nothing_changed()  # so is what was sent twice, because its answer was lost on the way
        return known
    if expected_version != (known.version if known else NEW):
        raise refuse("assessments.answer_stale", unit=locked.name, criterion=code)
    answer = known or Answer(sheet=locked, criterion=code, stage=stage)
    before = {} if known is None else {"said": known.said, "note": known.note}
    answer.said, answer.note, answer.version, answer.written_at = texts, note, answer.version + 1, now
    for column, value in done_by(actor, "written").items():
        setattr(answer, column, value)
    others = Answer.objects.filter(sheet=locked).exclude(pk=answer.pk).order_by("pk")
    check_range(criteria, locked, answer)
    check_deduction(criteria, locked, answer, others)
    answer.save()
    keep_made(criteria, [locked], [code])
    about = {"sheet": locked.pk, "criterion": code, "stage": stage}
    record(ANSWER_WRITTEN, answer, before=before, after={**about, "said": texts, "note": note})
    return answer


@action
def write_answers(
    *, actor: Actor, now: datetime, sheet: Sheet, stage: Stage, answers: Mapping[str, tuple[Said, int]]
) -> Sequence[Answer]:
    """Several criteria of a sheet at once, each with the version that the writer saw. Raises as `write_answer`: none
    is written then.
    """
    if not answers:
        nothing_changed()
    return [
        write_answer(actor=actor, now=now, sheet=sheet, code=code, stage=stage, said=said, expected_version=version)
        for code, (said, version) in answers.items()
    ]


@action
def accept_answers(
    *, actor: Actor, now: datetime, sheets: Iterable[tuple[Sheet, int]], code: str, stage: Stage, said: Said = _NOTHING
) -> Sequence[Answer]:  # fmt: skip
    """Accept what stands for one criterion in several sheets, or say the same in each, each as it was seen (the version
    of its answer at that stage). Raises as `write_answer`, for all of them together: none is written then.
    """
    accepted = [
        write_answer(actor=actor, now=now, sheet=sheet, code=code, stage=stage, said=said, expected_version=version)
        for sheet, version in sheets
    ]
    if not accepted:
        nothing_changed()
    return accepted


def _tidied(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text.strip() for name, text in texts.items() if text.strip()}


def _check_sayable(criterion: Criterion, stage: Stage, texts: Mapping[str, str], note: str) -> None:
    if stage == "self" and not criterion.scored_by_unit:
        raise refuse("assessments.not_self_scored", criterion=criterion.code)
    for name, text in texts.items():
        if name not in criterion.inputs and name not in SPECIAL:
            raise refuse("assessments.unknown_input", input=name, criterion=criterion.code)
        if len(text) > LONGEST:
            raise refuse("assessments.text_too_long", limit=LONGEST)
    if len(note) > LONGEST:
        raise refuse("assessments.text_too_long", limit=LONGEST)
