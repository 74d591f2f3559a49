"""From what was said to points: the answers of sheets as the one evaluator of `scoring` reads them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache

from cchc.assessments.models import Answer, Sheet
from cchc.records.errors import DomainError, Problem
from cchc.scoring.criteria import CriteriaSet, Group
from cchc.scoring.evaluation import evaluate
from cchc.scoring.results import Leaf, Results, UnitResult
from cchc.scoring.sheets import STAGES, Entry, SheetBuilder, Stage
from cchc.scoring.sheets import Sheet as ScoringSheet


@dataclass(frozen=True, slots=True)
class Scored:
    """The results of several sheets, by the key of the sheet and the stage."""

    results: Results
    _by_key: Mapping[tuple[int, Stage], UnitResult]

    def of(self, sheet: int, stage: Stage) -> UnitResult | None:
        """One sheet at one stage: at the latest before it, where nobody has said anything at that stage yet; None where
        nobody has said anything until then.
        """
        until = STAGES[: STAGES.index(stage) + 1]
        found = (self._by_key.get((sheet, one)) for one in reversed(until))
        return next((result for result in found if result is not None), None)

    def leaf(self, sheet: int, stage: Stage, code: str) -> Leaf | None:
        """One criterion of one sheet at that stage, likewise."""
        result = self.of(sheet, stage)
        return None if result is None else result.leaf(code)


@dataclass(frozen=True, slots=True)
class Compared:
    """Sheets that are not looked at, as far as points compare the units of a group: their highest figure by stage,
    criterion and group, and the stages at which anything was said in them about such criteria.
    """

    highest: Mapping[tuple[Stage, str, str], Fraction] = field(default_factory=dict)
    stages: frozenset[Stage] = frozenset()


NOBODY = Compared()


def score(
    criteria: CriteriaSet, sheets: Iterable[Sheet], answers: Iterable[Answer], *, until: Stage = "self",
    compared: Compared = NOBODY,
) -> Scored:  # fmt: skip
    """Every sheet at every stage at which something was said, and at `until` whether anything was said there or not.

    Ranks hold among these sheets: give all of a group for them. Points that compare units of a group hold among these
    and those of `compared`.
    """
    results = evaluate(
        criteria, sheet_of(criteria, sheets, answers, {"self", until, *compared.stages}), others=compared.highest
    )
    return Scored(results, {(int(unit.unit), unit.stage): unit for unit in results.units})


def sheet_of(
    criteria: CriteriaSet, sheets: Iterable[Sheet], answers: Iterable[Answer], stages: Collection[Stage]
) -> ScoringSheet:  # fmt: skip
    """What was said, as `scoring` reads it; each sheet at these stages even where nothing was said."""
    builder = SheetBuilder(criteria)
    groups = {sheet.pk: sheet.group for sheet in sheets}
    for key, group in groups.items():
        for stage in stages:
            builder.add(Entry(str(key), stage=stage, group=group))
    for one in sorted(answers, key=lambda answer: answer.pk or 0):
        for entry in _entries(one, groups[one.sheet_id]):
            builder.add(entry)
    return builder.build()


def only(criteria: CriteriaSet, code: str) -> CriteriaSet:
    """The set with one criterion alone, and those whose figures its rule reads: for looking at it in many sheets.

    Points of it are the same; totals, class and rank mean nothing there.
    """
    return _only(criteria, frozenset([code]))


def only_compared(criteria: CriteriaSet, said: Collection[str]) -> CriteriaSet | None:
    """The set with those criteria alone whose points compare units and rest on what was said about one of these, and
    with what they read. None where there are none.
    """
    codes = frozenset(leaf.code for leaf in criteria.compared if not criteria.read_for[leaf.code].isdisjoint(said))
    return _only(criteria, codes) if codes else None


def only_resting_on(criteria: CriteriaSet, said: Collection[str]) -> tuple[CriteriaSet, Collection[str]]:
    """The codes of the criteria whose points rest on what was said about one of these, and the set with those alone and
    with what they read; the whole set where there are none.
    """
    codes = frozenset(code for code, read in criteria.read_for.items() if not read.isdisjoint(said))
    return (_only(criteria, codes) if codes else criteria), codes


@lru_cache(maxsize=512)
def _only(criteria: CriteriaSet, codes: frozenset[str]) -> CriteriaSet:
    wanted = frozenset[str]().union(*(criteria.read_for[code] for code in codes))
    leaves = tuple(leaf for leaf in criteria.criteria if leaf.code in wanted)
    group = Group(criteria.fields[0].code, criteria.fields[0].title, leaves)
    return replace(criteria, fields=(group,), class_caps=(), tie_order=())


def check_readable(criteria: CriteriaSet, code: str, said: Mapping[str, str]) -> None:
    """Raise what the sheet's own reader says of these texts, all that there is. Raises `scoring.unknown_criterion`."""
    if faults := unreadable_inputs(criteria, code, said):
        raise DomainError(*(one for problems in faults.values() for one in problems))


def unreadable_inputs(criteria: CriteriaSet, code: str, said: Mapping[str, str]) -> Mapping[str, Sequence[Problem]]:
    """The same by input; what concerns no input alone under an empty name. Raises `scoring.unknown_criterion`."""
    criteria.criterion(code)
    builder = SheetBuilder(criteria)
    for name, text in said.items():
        builder.add(Entry("·", code, name, text))
    unit = builder.build().units.get("·")
    if unit is None:
        return {}
    by_input = {
        name: [_unplaced(fault.params["problem"])]
        for stage in unit.answers.values()
        for answer in stage.values()
        for name, fault in answer.faults.items()
    }
    whole = [_unplaced(fault.params["problem"]) for fault in unit.faults]
    return {**({"": whole} if whole else {}), **by_input}


def points_so_far(result: UnitResult) -> Fraction:
    """What the leaves that have points add up to, while others are still missing."""
    return sum((leaf.points for leaf in result.leaves if leaf.points is not None), Fraction(0))


def _entries(one: Answer, group: str) -> Iterable[Entry]:
    unit = str(one.sheet_id)
    yield Entry(unit, stage=one.stage, group=group)
    for name, text in one.said.items():
        yield Entry(unit, one.criterion, name, text, one.stage, group)


def _unplaced(found: object) -> Problem:
    assert isinstance(found, Problem)
    return Problem(found.message)
