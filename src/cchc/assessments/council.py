"""What the council has to settle: where own and appraised points differ, where a unit explained, what was taken out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from cchc.assessments.computing import NOBODY, Compared, Scored, score
from cchc.assessments.models import Answer, Question, Round, Sheet
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.results import Leaf
from cchc.scoring.sheets import Stage

FINAL: Final[Stage] = "council"
APPRAISED: Final[Stage] = "document2"
"""The last stage before the council's: what stood there when it was laid before it, whichever stage that was."""


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion of one sheet that is on the agenda, and why. `is_settled`: the council has said its word."""

    sheet: Sheet
    criterion: Criterion
    own: Leaf | None
    appraised: Leaf | None
    explained: bool
    is_settled: bool

    @property
    def is_excluded(self) -> bool:
        """Whether it was taken out of the maximum, or counts without having been judged."""
        return self.appraised is not None and not self.appraised.applicable

    @property
    def difference(self) -> Fraction | None:
        """Appraised minus own points; None where either is missing."""
        if self.own is None or self.appraised is None or self.own.points is None or self.appraised.points is None:
            return None
        return self.appraised.points - self.own.points


def agenda(
    criteria: CriteriaSet, sheets: Sequence[Sheet], answers: Iterable[Answer], questions: Iterable[Question]
) -> list[Item]:  # fmt: skip
    """Everything that is or was open, by unit, then criterion."""
    kept = list(answers)
    scored, settled = score(criteria, sheets, kept), settled_cells(kept)
    explained = {(one.sheet_id, one.criterion) for one in questions if one.answered_at is not None}
    return [
        item
        for sheet in sheets
        for criterion in criteria.criteria
        if is_open(item := _item(scored, sheet, criterion, explained, settled))
    ]


def is_open(item: Item) -> bool:
    """Whether it belongs before the council at all."""
    if item.is_excluded or item.explained:
        return True
    if item.own is None or item.appraised is None or not item.criterion.scored_by_unit:
        return False
    return (item.own.points, item.own.applicable) != (item.appraised.points, item.appraised.applicable)


def settled_cells(answers: Iterable[Answer]) -> frozenset[tuple[int, str]]:
    """Sheets and criteria about which the council has said its word."""
    return frozenset((one.sheet_id, one.criterion) for one in answers if one.stage == FINAL and one.version)


def undecided_exclusions(
    scored: Scored, sheets: Sequence[Sheet], settled: frozenset[tuple[int, str]]
) -> list[tuple[Sheet, Criterion]]:  # fmt: skip
    """What was taken out in these sheets without a word of the council."""
    return [
        (sheet, leaf.criterion)
        for sheet in sheets
        if (result := scored.of(sheet.pk, FINAL)) is not None
        for leaf in result.leaves
        if not leaf.applicable and (sheet.pk, leaf.criterion.code) not in settled
    ]


def agenda_of(round_: Round, criteria: CriteriaSet, questions: Iterable[Question]) -> list[Item]:
    """The same of a whole round. Two queries."""
    sheets = list(round_.sheets.select_related("round__organizer", "unit").order_by("place"))
    answers = Answer.objects.filter(sheet__round=round_).order_by("pk")
    return agenda(criteria, sheets, answers, questions)


def agenda_item(
    criteria: CriteriaSet, sheet: Sheet, code: str, answers: Iterable[Answer], questions: Iterable[Question],
    compared: Compared = NOBODY,
) -> Item:  # fmt: skip
    """One criterion of one sheet, on the agenda or not; `compared` is what it is compared with.

    Raises `scoring.unknown_criterion`.
    """
    kept = list(answers)
    explained = {(one.sheet_id, one.criterion) for one in questions if one.answered_at is not None}
    scored = score(criteria, [sheet], kept, compared=compared)
    return _item(scored, sheet, criteria.criterion(code), explained, settled_cells(kept))


def _item(
    scored: Scored, sheet: Sheet, criterion: Criterion, explained: set[tuple[int, str]],
    settled: frozenset[tuple[int, str]],
) -> Item:  # fmt: skip
    cell = (sheet.pk, criterion.code)
    return Item(
        sheet, criterion, scored.leaf(sheet.pk, "self", criterion.code),
        scored.leaf(sheet.pk, APPRAISED, criterion.code), cell in explained, cell in settled,
    )  # fmt: skip
