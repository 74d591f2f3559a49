"""What the council has to settle: where own and appraised points differ, where a unit explained, what was taken out,
what has no points at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from cchc.assessments.computing import NOBODY, Compared, Scored, score
from cchc.assessments.models import Answer, Question, Round, Sheet
from cchc.assessments.states import DELIBERATING, SETTLED
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
    def lacks_points(self) -> bool:
        """Whether it was laid before the council without anything that it could be scored by."""
        return self.appraised is not None and self.appraised.error is not None

    @property
    def differs(self) -> bool:
        """Whether whoever appraised says something other than the unit."""
        if self.own is None or self.appraised is None or self.lacks_points or not self.criterion.scored_by_unit:
            return False
        return (self.own.points, self.own.applicable) != (self.appraised.points, self.appraised.applicable)

    @property
    def is_open_early(self) -> bool:
        """Whether it belongs before the council by what was said already."""
        return self.is_excluded or self.explained or self.differs

    @property
    def difference(self) -> Fraction | None:
        """Appraised minus own points; None where either is missing."""
        if self.own is None or self.appraised is None or self.own.points is None or self.appraised.points is None:
            return None
        return self.appraised.points - self.own.points


def agenda(
    criteria: CriteriaSet, sheets: Sequence[Sheet], answers: Iterable[Answer], questions: Iterable[Question],
    *, is_laid_before: bool = True,
) -> list[Item]:  # fmt: skip
    """Everything that is or was open, by unit, then criterion. What has no points is open once the round was laid
    before the council (`is_laid_before`): until then somebody may still give them.
    """
    kept = list(answers)
    until: Stage = APPRAISED if is_laid_before else "self"
    scored, settled = score(criteria, sheets, kept, until=until), settled_cells(kept)
    explained = {(one.sheet_id, one.criterion) for one in questions if one.answered_at is not None}
    return [
        item
        for sheet in sheets
        for criterion in criteria.criteria
        if (item := _item(scored, sheet, criterion, explained, settled)).is_open_early
        or (is_laid_before and item.lacks_points)
    ]


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
    laid_before = round_.state == DELIBERATING or round_.state in SETTLED
    return agenda(criteria, sheets, answers, questions, is_laid_before=laid_before)


def agenda_item(
    criteria: CriteriaSet, sheet: Sheet, code: str, answers: Iterable[Answer], questions: Iterable[Question],
    compared: Compared = NOBODY,
) -> Item:  # fmt: skip
    """One criterion of one sheet, on the agenda or not; `compared` is what it is compared with.

    Raises `scoring.unknown_criterion`.
    """
    kept = list(answers)
    explained = {(one.sheet_id, one.criterion) for one in questions if one.answered_at is not None}
    scored = score(criteria, [sheet], kept, until=APPRAISED, compared=compared)
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
