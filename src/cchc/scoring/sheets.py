"""A sheet: what units declared for the criteria of a set, stage by stage, typed once.

A cell that cannot be read is kept as a fault of its unit, never dropped and never taken as 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal, cast

from cchc.records.errors import DomainError, Message, Place, Problem, problem
from cchc.records.expressions import Name
from cchc.records.numbers import parse_number, parse_share
from cchc.records.search import fold
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.rules.base import NUMERIC_KINDS, Typed
from cchc.scoring.values import parse_value, parse_yes_no, says_not_applicable

Stage = Literal["self", "document1", "field", "document2", "council"]
STAGES: Final[tuple[Stage, ...]] = ("self", "document1", "field", "document2", "council")
DEFAULT_STAGE: Final[Stage] = "council"
SPECIAL: Final = ("applicable", "points", "ratio", "reason")
_SPECIAL_NAMES: Final = {"ap dung": "applicable", "diem": "points", "ty le": "ratio", "ly do": "reason"}
_STAGE_NAMES: Final[dict[str, Stage]] = {
    "self": "self", "tu cham": "self", "tu danh gia": "self",
    "document1": "document1", "tham dinh": "document1", "tham dinh lan 1": "document1",
    "field": "field", "kiem tra thuc te": "field", "thuc te": "field",
    "document2": "document2", "tham dinh lan 2": "document2",
    "council": "council", "hoi dong": "council",
}  # fmt: skip


@dataclass(slots=True)
class Answer:
    """What one unit's rows say about one criterion at one stage; None and empty mean not named."""

    numbers: dict[Name, Fraction] = field(default_factory=dict)
    values: dict[str, Typed] = field(default_factory=dict)
    applicable: bool | None = None
    excluded_by_answer: bool | None = None
    points: Fraction | None = None
    ratio: Fraction | None = None
    reason: str | None = None
    faults: dict[str, Message] = field(default_factory=dict)

    @property
    def has_figures(self) -> bool:
        """Whether an input was named: newer inputs end an override by points."""
        return bool(self.numbers or self.values)

    @property
    def named(self) -> frozenset[str]:
        """Everything that was said and could be read; an answer “Không áp dụng” says both."""
        special = {"points": self.points, "ratio": self.ratio, "applicable": self.applicable, "reason": self.reason}
        said = {name for name, value in special.items() if value is not None}
        return frozenset({*self.values, *said, *(("answer", "applicable") if self.excluded_by_answer else ())})


@dataclass(slots=True)
class UnitSheet:
    """All answers of a unit, by stage and code."""

    unit: str
    group: str = ""
    answers: dict[Stage, dict[str, Answer]] = field(default_factory=dict)
    faults: list[Message] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """Units in the order of their first row. `problems` are rows that belong to no unit."""

    units: dict[str, UnitSheet] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that occur, in their order. Units whose stages cannot be read are shown at the council's."""
        found = {stage for unit in self.units.values() for stage in unit.answers}
        return tuple(stage for stage in STAGES if stage in found) or ((DEFAULT_STAGE,) if self.units else ())


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the long form, as written; `fault` when one of its cells cannot be relied on.

    With nothing but a unit it says that the unit is one of those to be scored.
    """

    unit: str
    criterion: str = ""
    input: str = ""
    value: str = ""
    stage: str = ""
    group: str = ""
    place: Place | None = None
    fault: Message | None = None


@lru_cache(maxsize=64)
def parse_stage(text: str) -> Stage:
    """A stage by its id or Vietnamese name; empty is the council's. Raises `scoring.unknown_stage`."""
    if not text.strip():
        return DEFAULT_STAGE
    found = _STAGE_NAMES.get(fold(text))
    if found is None:
        raise DomainError(problem("scoring.unknown_stage", text=text, stages=STAGES))
    return found


class SheetBuilder:
    """Takes rows one by one and types them against a criteria set."""

    def __init__(self, criteria_set: CriteriaSet) -> None:
        self._set = criteria_set
        self._sheet = Sheet()
        self._seen: set[tuple[str, Stage, str, str]] = set()

    def add(self, entry: Entry) -> None:
        """One row. What is wrong with it becomes a fault of its unit."""
        if not entry.unit:
            self._sheet.problems.append(problem("scoring.row_without_unit", entry.place))
            return
        unit = self._sheet.units.setdefault(entry.unit, UnitSheet(entry.unit, entry.group))
        try:
            self._add_to(unit, entry)
        except DomainError as error:
            unit.faults.extend(_placed(p, entry) for p in error.problems)

    def build(self) -> Sheet:
        """The sheet, complete."""
        return self._sheet

    def _add_to(self, unit: UnitSheet, entry: Entry) -> None:
        if entry.fault:
            raise DomainError(problem("scoring.sheet_bad_cell", fault=entry.fault))
        stage = parse_stage(entry.stage)
        answers = unit.answers.setdefault(stage, {})
        if entry.group and entry.group != unit.group:
            if unit.group:
                raise DomainError(problem("scoring.two_groups", unit=unit.unit, first=unit.group, second=entry.group))
            unit.group = entry.group
        if not (entry.criterion or entry.input or entry.value):
            return
        criterion = self._set.criterion(entry.criterion)
        if not entry.value.strip():
            return  # an empty cell of a form says nothing; what a rule misses it will name
        answer = answers.setdefault(criterion.code, Answer())
        name = _input_name(criterion, entry.input)
        self._refuse_second(unit, stage, criterion.code, name)
        try:
            _type_into(answer, criterion, name, entry.value)
        except DomainError as error:
            answer.faults[name] = _placed(error.problems[0], entry)

    def _refuse_second(self, unit: UnitSheet, stage: Stage, code: str, name: str) -> None:
        key = (unit.unit, stage, code, name)
        if key in self._seen:
            raise DomainError(problem("scoring.given_twice", criterion=code, input=name))
        self._seen.add(key)


def _input_name(criterion: Criterion, written: str) -> str:
    """An input by its name, or by its label where people filled in a form. Raises `scoring.unknown_input`."""
    if written in criterion.inputs or written in SPECIAL:
        return written
    folded = fold(written)
    if folded in _SPECIAL_NAMES:
        return _SPECIAL_NAMES[folded]
    labels = {
        fold(label): item.name
        for item in criterion.inputs.values()
        for text in (item.label, item.measured)
        for label in (text.vi, text.en or "")
    }
    if folded and folded in labels:
        return labels[folded]
    known = (*criterion.inputs, *SPECIAL)
    raise DomainError(problem("scoring.unknown_input", criterion=criterion.code, input=written, known=known))


def _type_into(answer: Answer, criterion: Criterion, name: str, text: str) -> None:
    match name:
        case "applicable":
            answer.applicable = parse_yes_no(text)
        case "points":
            answer.points = parse_number(text)
        case "ratio":
            answer.ratio = parse_share(text)
        case "reason":
            answer.reason = text
        case _:
            _type_input(answer, criterion, name, text)


def _type_input(answer: Answer, criterion: Criterion, name: str, text: str) -> None:
    item = criterion.inputs[name]
    if name == "answer" and says_not_applicable(text):
        answer.excluded_by_answer = True
        return
    value = parse_value(item, text)
    answer.values[name] = value
    if item.kind in NUMERIC_KINDS:
        answer.numbers[Name(name)] = cast(Fraction, value)
    if name == "answer":
        answer.excluded_by_answer = False


def _placed(found: Problem, entry: Entry) -> Message:
    """What is wrong, the row it comes from and what to do, for a unit's list of errors."""
    return Message("scoring.sheet_problem", {"problem": Problem(found.message, found.place or entry.place)})
