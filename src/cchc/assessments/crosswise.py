"""One criterion across sheets, and all of them in a matrix: what was declared, what it comes to, where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from cchc.assessments.addresses import at_criterion, to_sheet
from cchc.assessments.computing import Compared, only, score, sheet_of
from cchc.assessments.models import Answer, Sheet
from cchc.assessments.shown import ShownLeaf, Totals, said_in_words, shown_leaf, totals
from cchc.assessments.shown_measures import Measured
from cchc.interface.drawing import heat_step
from cchc.interface.shapes import HeatCell, HeatRow
from cchc.records.search import fold
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.evaluation import evaluate
from cchc.scoring.results import Leaf
from cchc.scoring.sheets import STAGES, Stage

_HEAT_DECIMALS = 4
"""Points of one criterion are compared with its maximum this finely."""


@dataclass(frozen=True, slots=True)
class KeptPoints:
    """What the criterion comes to in a sheet at one stage, as it is kept with the answers."""

    points: Fraction | None
    applicable: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """How a sheet stands at the criterion, for every sheet of the round: what it is counted and chosen by.

    `own` is what the unit's own answer comes to, `now` what stands at the stage under way, of at most `most`.
    `is_appraised`: somebody has, as `states.appraised_at` says. `reason` is given at the stage under way; `is_unequal`:
    other points than in a sheet where the same one stands. `may_write`: whether the viewer may, there.
    """

    sheet: Sheet
    own: KeptPoints
    now: KeptPoints
    most: Fraction | None = None
    is_appraised: bool = False
    reason: str = ""
    is_unequal: bool = False
    is_asked: bool = False
    may_write: bool = False

    @property
    def pk(self) -> int:
        """The sheet's."""
        return self.sheet.pk

    @property
    def difference(self) -> Fraction | None:
        """How far the latest points are from the unit's own; None where either is missing."""
        if self.own.points is None or self.now.points is None:
            return None
        return self.now.points - self.own.points

    @property
    def differs(self) -> bool:
        """In points, or in whether the criterion applies."""
        return bool(self.difference) or self.own.applicable != self.now.applicable

    @property
    def has_no_points(self) -> bool:
        """Whether the criterion counts and came to nothing: the unit answered no, or stays below every threshold."""
        return self.now.applicable and self.now.points == 0

    @property
    def is_below(self) -> bool:
        """Whether it came to less than the criterion gives at most."""
        if self.now.points is None or self.most is None or not self.now.applicable:
            return False
        return self.now.points < self.most


def flagged(rows: Sequence[Standing]) -> list[Standing]:
    """Equal cases get equal points: where one reason led to several numbers of points, each of them says so."""
    folded = {reason: fold(reason) for reason in {row.reason for row in rows if row.reason}}
    points: dict[str, set[Fraction | None]] = defaultdict(set)
    for row in rows:
        if row.reason:
            points[folded[row.reason]].add(row.now.points)
    return [
        replace(row, is_unequal=True) if row.reason and len(points[folded[row.reason]]) > 1 else row for row in rows
    ]


def as_in_empty_sheet(criteria: CriteriaSet, code: str) -> Mapping[Stage, KeptPoints]:
    """What a criterion comes to at each stage where nothing was said on which its points rest."""
    scored = evaluate(only(criteria, code), sheet_of(criteria, [Sheet(pk=0)], [], STAGES))
    leaves = {unit.stage: unit.leaf(code) for unit in scored.units}
    return {stage: KeptPoints(leaf.points, leaf.applicable) for stage, leaf in leaves.items()}


@dataclass(frozen=True, slots=True)
class Across:
    """A sheet that is shown, and how it stands at the criterion: what the unit declared, the points at each stage that
    is shown, what was said at the stage under way. `last_reason`: why points were taken away, said last by whoever
    appraised until now.
    """

    standing: Standing
    declared: Sequence[tuple[str, str]]
    note: str
    points: Sequence[ShownLeaf | None]
    answer: Answer | None
    said: Sequence[tuple[str, str]]
    has_files: bool
    last_reason: str = ""
    measured: Sequence[Measured] = ()

    @property
    def pk(self) -> int:
        """The sheet's."""
        return self.standing.pk

    @property
    def sheet(self) -> Sheet:
        """Which one."""
        return self.standing.sheet

    @property
    def is_spoken(self) -> bool:
        """Whether anybody has spoken at the stage under way."""
        return self.version > 0

    @property
    def version(self) -> int:
        """Of the answer at the stage under way; 0 while there is none."""
        return self.answer.version if self.answer else 0


def stages_shown(said: Iterable[Stage], stage: Stage) -> tuple[Stage, ...]:
    """The unit's own, the one under way, and those between and before at which something was said."""
    wanted = {*said, "self", stage}
    return tuple(one for one in STAGES if one in wanted)


def across(
    criteria: CriteriaSet, criterion: Criterion, rows: Sequence[Standing], answers: Sequence[Answer],
    stages: Sequence[Stage], stage: Stage, compared: Compared, proven: Collection[str],
) -> list[Across]:  # fmt: skip
    """The criterion in these sheets, among those that they are compared with. `answers` are those about what the
    criterion is scored by; `stage` is the one under way, `stages` those whose points are shown; `proven` the unit's own
    answers for which files are cited.
    """
    sheets = [row.sheet for row in rows]
    scored = score(only(criteria, criterion.code), sheets, answers, until=stage, compared=compared)
    said = {(one.sheet_id, one.stage): one for one in answers if one.criterion == criterion.code}
    found = []
    for row in rows:
        own, now = said.get((row.pk, "self")), said.get((row.pk, stage))
        found.append(
            Across(
                standing=row,
                declared=list(said_in_words(criterion, own)) if own else [],
                note=own.note if own else "",
                points=[shown_leaf(scored.leaf(row.pk, stage, criterion.code)) for stage in stages],
                answer=now,
                said=list(said_in_words(criterion, now)) if now and stage != "self" else [],
                has_files=own is not None and str(own.pk) in proven,
                last_reason=_last_reason(said, row.sheet, stage),
            )
        )
    return found


def _last_reason(said: Mapping[tuple[int, Stage], Answer], sheet: Sheet, stage: Stage) -> str:
    """Of the stages after the unit's own, until that one."""
    answers = (said.get((sheet.pk, one)) for one in reversed(STAGES[1 : STAGES.index(stage) + 1]))
    return next((reason for one in answers if one is not None and (reason := one.said.get("reason", ""))), "")


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
