"""One criterion across sheets, and all of them in a matrix: what was declared, what it comes to, where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from cchc.assessments.addresses import at_criterion, to_sheet
from cchc.assessments.computing import Compared, only, score
from cchc.assessments.models import Answer, Question, Sheet
from cchc.assessments.shown import ShownLeaf, Totals, said_in_words, shown_leaf, totals
from cchc.assessments.states import appraised_at
from cchc.interface.drawing import heat_step
from cchc.interface.shapes import HeatCell, HeatRow
from cchc.records.search import fold
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.results import Leaf
from cchc.scoring.sheets import STAGES, Stage

_HEAT_DECIMALS = 4
"""Points of one criterion are compared with its maximum this finely."""


@dataclass(frozen=True, slots=True)
class Across:
    """A criterion in one sheet: what the unit declared, the points at each stage that is shown, what was said at the
    stage under way and whether the viewer may write there. `is_appraised`: somebody has, as `states.appraised_at` says.
    `is_unequal`: other points than in a sheet where the same
    reason stands. `last_reason`: why points were taken away, said last by whoever appraised until now.
    """

    sheet: Sheet
    declared: Sequence[tuple[str, str]]
    note: str
    points: Sequence[ShownLeaf | None]
    answer: Answer | None
    said: Sequence[tuple[str, str]]
    has_files: bool
    question: Question | None
    may_write: bool
    most: Fraction | None = None
    is_appraised: bool = False
    is_unequal: bool = False
    last_reason: str = ""

    @property
    def pk(self) -> int:
        """The sheet's."""
        return self.sheet.pk

    @property
    def own(self) -> ShownLeaf | None:
        """The unit's own points."""
        return self.points[0]

    @property
    def now(self) -> ShownLeaf | None:
        """At the latest stage."""
        return self.points[-1]

    @property
    def difference(self) -> Fraction | None:
        """How far the latest points are from the unit's own; None where either is missing."""
        if self.own is None or self.now is None or self.own.points is None or self.now.points is None:
            return None
        return self.now.points - self.own.points

    @property
    def differs(self) -> bool:
        """In points, or in whether the criterion applies."""
        if self.own is None or self.now is None:
            return False
        return bool(self.difference) or self.own.applicable != self.now.applicable

    @property
    def has_no_points(self) -> bool:
        """Whether the criterion counts and came to nothing: the unit answered no, or stays below every threshold."""
        return self.now is not None and self.now.applicable and self.now.points == 0

    @property
    def is_below(self) -> bool:
        """Whether it came to less than the criterion gives at most."""
        if self.now is None or self.now.points is None or self.most is None or not self.now.applicable:
            return False
        return self.now.points < self.most

    @property
    def is_spoken(self) -> bool:
        """Whether anybody has spoken at the stage under way."""
        return self.version > 0

    @property
    def version(self) -> int:
        """Of the answer at the stage under way; 0 while there is none."""
        return self.answer.version if self.answer else 0

    @property
    def reason(self) -> str:
        """Given at the stage under way."""
        return self.answer.said.get("reason", "") if self.answer else ""


def stages_shown(answers: Iterable[Answer], stage: Stage) -> tuple[Stage, ...]:
    """The unit's own, the one under way, and what was said at between and before that."""
    said = {one.stage for one in answers if one.version} | {"self", stage}
    return tuple(one for one in STAGES if one in said)


@dataclass(frozen=True, slots=True)
class Beside:
    """What is read beside answers: which of the unit's own have files, what is asked, where the viewer may write."""

    proven: frozenset[str] = frozenset()
    questions: Mapping[int, Question] | None = None
    may_write: Callable[[Sheet], bool] = lambda sheet: False


def across(
    criteria: CriteriaSet, criterion: Criterion, sheets: Sequence[Sheet], answers: Sequence[Answer],
    stages: Sequence[Stage], stage: Stage, beside: Beside,
) -> list[Across]:  # fmt: skip
    """The criterion in each of these sheets: all of a round, where units are compared. `answers` are those about what
    the criterion is scored by; `stage` is the one under way, `stages` those whose points are shown.
    """
    scored = score(only(criteria, criterion.code), sheets, answers, until=stage)
    said = {(one.sheet_id, one.stage): one for one in answers if one.criterion == criterion.code}
    found = []
    for sheet in sheets:
        own, now = said.get((sheet.pk, "self")), said.get((sheet.pk, stage))
        found.append(
            Across(
                sheet=sheet,
                declared=list(said_in_words(criterion, own)) if own else [],
                note=own.note if own else "",
                points=[shown_leaf(scored.leaf(sheet.pk, stage, criterion.code)) for stage in stages],
                answer=now,
                said=list(said_in_words(criterion, now)) if now and stage != "self" else [],
                has_files=own is not None and str(own.pk) in beside.proven,
                question=(beside.questions or {}).get(sheet.pk),
                may_write=beside.may_write(sheet),
                most=criterion.max if criterion.has_maximum else None,
                last_reason=_last_reason(said, sheet, stage),
                is_appraised=any(
                    (there := said.get((sheet.pk, one))) is not None and there.version for one in appraised_at(stage)
                ),
            )
        )
    return _flagged(found)


def _last_reason(said: Mapping[tuple[int, Stage], Answer], sheet: Sheet, stage: Stage) -> str:
    """Of the stages after the unit's own, until that one."""
    answers = (said.get((sheet.pk, one)) for one in reversed(STAGES[1 : STAGES.index(stage) + 1]))
    return next((reason for one in answers if one is not None and (reason := one.said.get("reason", ""))), "")


def _flagged(rows: Sequence[Across]) -> list[Across]:
    """Equal cases get equal points: where one reason led to several numbers of points, each of them says so."""
    by_reason: dict[str, set[Fraction | None]] = defaultdict(set)
    for row in rows:
        if row.reason and row.now:
            by_reason[fold(row.reason)].add(row.now.points)
    return [
        replace(row, is_unequal=True) if row.reason and len(by_reason.get(fold(row.reason), ())) > 1 else row
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A unit with its points by criterion and what they come to."""

    row: HeatRow
    totals: Totals | None
    steps: Sequence[int] = ()

    @property
    def cells(self) -> Iterator[tuple[HeatCell, int]]:
        """Each with the fifth of its criterion's maximum in which it lies, 1 to 5; 0 where there is no figure."""
        return zip(self.row.cells, self.steps, strict=True)


def matrix_of(
    criteria: CriteriaSet, sheets: Sequence[Sheet], answers: Iterable[Answer], stage: Stage, compared: Compared
) -> list[MatrixRow]:  # fmt: skip
    """These sheets at one stage, among those that they are compared with."""
    scored = score(criteria, sheets, answers, compared=compared)
    rows = []
    for sheet in sheets:
        result = scored.of(sheet.pk, stage)
        leaves = result.leaves if result else ()
        address = to_sheet(sheet)
        cells = [HeatCell(leaf.points, at_criterion(address, leaf.criterion.code)) for leaf in leaves]
        steps = [_step(leaf) for leaf in leaves]
        rows.append(MatrixRow(HeatRow(sheet.name, cells, address), totals(result) if result else None, steps))
    return rows


def _step(leaf: Leaf) -> int:
    if leaf.points is None or not leaf.criterion.has_maximum:
        return 0
    return heat_step(leaf.points, leaf.criterion.max, _HEAT_DECIMALS)
