"""What a file would do to sheets: changes, and problems that stop all of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from cchc.assessments.actions.answers import NEW, Said
from cchc.assessments.computing import check_readable
from cchc.assessments.deductions import check_deduction
from cchc.assessments.importing.layout import NOTE, Asked, as_kept, in_words, is_same, meant
from cchc.assessments.importing.reading import AnswerRow, AnswerRows
from cchc.assessments.models import Answer, Sheet
from cchc.assessments.ranges import check_range
from cchc.interface.access import Verdict
from cchc.records.errors import DomainError, Place, Problem, refuse
from cchc.records.search import fold
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.sheets import Stage

MayWrite = Callable[[Sheet, Criterion], Verdict]


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A criterion of a sheet of which a file says something new: what was, what becomes."""

    place: Place
    sheet: Sheet
    criterion: Criterion
    said: Said
    version: int
    differences: tuple[tuple[Asked, str, str], ...]


@dataclass(frozen=True, slots=True)
class AnswersPlan:
    """The changes in the order of the file, how many criteria say nothing new, and what is wrong."""

    changes: tuple[AnswerChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    unchanged: int = 0

    def digest(self) -> str:
        """The same for the same changes: what was shown is what is carried out."""
        told = [
            [one.sheet.pk, one.criterion.code, one.version, [[asked.name, *both] for asked, *both in one.differences]]
            for one in self.changes
        ]
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Into:
    """Where a file goes: a unit's own sheet, or all of a round; the stage that is written, and what stands there at
    that stage and before.
    """

    criteria: CriteriaSet
    sheets: Sequence[Sheet]
    stage: Stage
    answers: Sequence[Answer]
    may_write: MayWrite
    of_all_units: bool


def plan_answers(rows: AnswerRows, into: Into) -> AnswersPlan:
    """Everything wrong is told at once."""
    return _Planning(into).plan(rows)


@dataclass(slots=True)
class _Gathered:
    """The rows of one criterion of one sheet."""

    sheet: Sheet
    criterion: Criterion
    place: Place
    values: dict[str, tuple[Asked, str]] = field(default_factory=dict)


class _Planning:
    """Gathers rows by sheet and criterion, then compares."""

    def __init__(self, into: Into) -> None:
        self._into = into
        self._there = {(one.sheet_id, one.criterion): one for one in into.answers if one.stage == into.stage}
        self._before: dict[int, list[Answer]] = defaultdict(list)
        for one in into.answers:
            if one.stage != into.stage:
                self._before[one.sheet_id].append(one)
        self._named: Mapping[str, Sheet] = {
            fold(name): sheet for sheet in reversed(into.sheets) for name in (sheet.name, sheet.unit.code)
        }
        self._gathered: dict[tuple[int, str], _Gathered] = {}
        self._closed = set[tuple[int, str]]()

    def plan(self, rows: AnswerRows) -> AnswersPlan:
        problems = list(rows.problems)
        for row in rows.rows:
            try:
                self._gather(row)
            except DomainError as error:
                problems += [Problem(one.message, row.place) for one in error.problems]
        compared = [self._compared(one) for one in self._gathered.values()]
        problems += [problem for one in compared if one is not None for problem in self._unexplained(one)]
        changes = tuple(one for one in compared if one is not None)
        in_order = sorted(problems, key=lambda one: (one.place and one.place.row) or 0)
        return AnswersPlan(changes, tuple(in_order), len(compared) - len(changes))

    def _gather(self, row: AnswerRow) -> None:
        sheet, criterion = self._sheet(row), self._into.criteria.criterion(row.criterion)
        asked = meant(criterion, row.input)
        value = self._value(criterion, asked, row.value)
        self._check_open(sheet, criterion)
        one = self._gathered.setdefault((sheet.pk, criterion.code), _Gathered(sheet, criterion, row.place))
        if asked.name in one.values:
            raise refuse("assessments.import_twice", input=asked.title, criterion=criterion.code)
        one.values[asked.name] = (asked, value)

    def _value(self, criterion: Criterion, asked: Asked, text: str) -> str:
        """As it is kept; empty where the row empties it."""
        if not text:
            return ""
        value = as_kept(asked, text)
        if asked.name != NOTE and value:
            check_readable(self._into.criteria, criterion.code, {asked.name: value})
        return value

    def _sheet(self, row: AnswerRow) -> Sheet:
        if not self._into.of_all_units:
            return self._into.sheets[0]
        found = self._named.get(fold(row.unit))
        if found is None:
            raise refuse("assessments.import_unknown_unit", text=row.unit)
        return found

    def _check_open(self, sheet: Sheet, criterion: Criterion) -> None:
        """A criterion that is closed to the writer is told once, not for each of its rows."""
        key = (sheet.pk, criterion.code)
        if key in self._gathered or key in self._closed:
            return
        verdict = self._into.may_write(sheet, criterion)
        if not verdict:
            self._closed.add(key)
        verdict.require()

    def _unexplained(self, one: AnswerChange) -> Iterable[Problem]:
        """Points that cannot be, or fall without a reason, are refused here already, with their row."""
        said = {name: text for name, text in one.said.texts.items() if text}
        answer = Answer(sheet=one.sheet, criterion=one.criterion.code, stage=self._into.stage, said=said, version=1)
        try:
            check_range(self._into.criteria, one.sheet, answer)
            check_deduction(self._into.criteria, one.sheet, answer, self._before[one.sheet.pk])
        except DomainError as error:
            return [Problem(problem.message, one.place) for problem in error.problems]
        return []

    def _compared(self, one: _Gathered) -> AnswerChange | None:
        known = self._there.get((one.sheet.pk, one.criterion.code))
        texts, note = (dict(known.said), known.note) if known else ({}, "")
        before = {**texts, NOTE: note}
        differences = tuple(
            (asked, in_words(asked, before.get(name, "")), in_words(asked, value))
            for name, (asked, value) in one.values.items()
            if not is_same(asked, before.get(name, ""), value)
        )
        if not differences:
            return None
        after = before | {name: value for name, (_asked, value) in one.values.items()}
        said = Said({name: text for name, text in after.items() if name != NOTE}, after[NOTE])
        return AnswerChange(
            one.place, one.sheet, one.criterion, said, known.version if known else NEW, differences
        )  # fmt: skip
