"""Rules that read an answer or a date: yes/no, one of several options, ticked items, done by a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar, Final, Self

from cchc.records.errors import Message, Place, refuse
from cchc.records.schema import Fields, as_date, as_local_text, as_text, reading
from cchc.records.text import LocalText
from cchc.records.trees import Plain, local_text_tree
from cchc.records.yaml_text import Node
from cchc.scoring.rules.base import (
    ZERO,
    Case,
    Input,
    InputKind,
    Option,
    Points,
    Rule,
    as_not_negative,
    as_word,
    plain,
    read_list,
    require_within,
)
from cchc.scoring.rules.terms import Term

ANSWER_LABEL: Final = LocalText("Trả lời", "Answer")
TICKED_LABEL: Final = LocalText("Nội dung đạt được", "Items achieved")


@dataclass(frozen=True, slots=True)
class YesNo(Rule):
    """Yes gives the maximum, no gives 0."""

    kind: ClassVar[str] = "yes_no"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls()

    def tree(self) -> dict[str, Any]:
        return {}

    def inputs(self) -> tuple[Input, ...]:
        return (Input("answer", ANSWER_LABEL, "yes_no"),)

    def values_needed(self) -> Mapping[str, InputKind]:
        return {"answer": "yes_no"}

    def score(self, case: Case) -> Points:
        if case.values["answer"]:
            return Points(case.max, (Message("scoring.answered_yes", {"points": case.max}),))
        return Points(ZERO, (Message("scoring.answered_no"),))

    def in_words(self, maximum: Fraction, say: Callable[[Term], LocalText]) -> Message:
        return Message("scoring.rule_yes_no", {"max": maximum})


def read_options(node: Node) -> tuple[Option, ...]:
    """Options with points. Raises `scoring.duplicate_option`."""
    options = read_list(node, _read_option)
    seen: set[str] = set()
    for option in options:
        if option.id in seen:
            raise refuse("scoring.duplicate_option", node.place, id=option.id)
        seen.add(option.id)
    return options


def _read_option(node: Node) -> Option:
    with reading(node) as fields:
        return Option(
            as_option_id(fields.need("id")),
            as_local_text(fields.need("label")),
            as_not_negative(fields.need("points")),
        )


def as_option_id(node: Node) -> str:
    """An id that can stand in a sheet's cell. Raises `scoring.bad_option_id`."""
    text = as_word(node)
    if ";" in text or text == "none":
        raise refuse("scoring.bad_option_id", node.place, id=text)
    return text


def options_tree(options: tuple[Option, ...]) -> list[dict[str, Any]]:
    """Options as plain text; those that only inform carry no points."""
    return [
        {"id": o.id, "label": local_text_tree(o.label)} | ({} if o.points is None else {"points": plain(o.points)})
        for o in options
    ]


def _options_in_words(options: tuple[Option, ...]) -> tuple[Message, ...]:
    return tuple(Message("scoring.option_points", {"label": o.label, "points": o.points}) for o in options)


@dataclass(frozen=True, slots=True)
class Choice(Rule):
    """The points of the one option answered."""

    options: tuple[Option, ...]
    kind: ClassVar[str] = "choice"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(read_options(fields.need("options")))

    def tree(self) -> dict[str, Any]:
        return {"options": options_tree(self.options)}

    def inputs(self) -> tuple[Input, ...]:
        return (Input("answer", ANSWER_LABEL, "choice", self.options),)

    def values_needed(self) -> Mapping[str, InputKind]:
        return {"answer": "choice"}

    def fixed_points(self) -> tuple[Fraction, ...]:
        return tuple(option.points or ZERO for option in self.options)

    def check(self, maximum: Fraction, place: Place) -> None:
        for points in self.fixed_points():
            require_within(points, maximum, place)

    def score(self, case: Case) -> Points:
        (answered,) = [o for o in self.options if o.id == case.values["answer"]]
        points = answered.points or ZERO
        return Points(points, (Message("scoring.chose", {"label": answered.label, "points": points}),))

    def in_words(self, maximum: Fraction, say: Callable[[Term], LocalText]) -> Message:
        return Message("scoring.rule_choice", {"options": _options_in_words(self.options)})


@dataclass(frozen=True, slots=True)
class Checklist(Rule):
    """The points of the ticked items, added, at most the maximum."""

    items: tuple[Option, ...]
    kind: ClassVar[str] = "checklist"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(read_options(fields.need("items")))

    def tree(self) -> dict[str, Any]:
        return {"items": options_tree(self.items)}

    def inputs(self) -> tuple[Input, ...]:
        return (Input("ticked", TICKED_LABEL, "checklist", self.items),)

    def values_needed(self) -> Mapping[str, InputKind]:
        return {"ticked": "checklist"}

    def fixed_points(self) -> tuple[Fraction, ...]:
        return tuple(item.points or ZERO for item in self.items)

    def score(self, case: Case) -> Points:
        chosen = case.values["ticked"]
        ticked = [item for item in self.items if item.id in chosen]  # type: ignore[operator]
        points = sum((item.points or ZERO for item in ticked), ZERO)
        if not ticked:
            return Points(ZERO, (Message("scoring.nothing_ticked"),))
        params = {"n": len(ticked), "of": len(self.items), "points": points}
        return Points(points, (Message("scoring.ticked", params),))

    def in_words(self, maximum: Fraction, say: Callable[[Term], LocalText]) -> Message:
        return Message("scoring.rule_checklist", {"items": _options_in_words(self.items), "max": maximum})


@dataclass(frozen=True, slots=True)
class DateStep:
    """Points for being done on or before a day."""

    until: date
    points: Fraction


@dataclass(frozen=True, slots=True)
class ByDate(Rule):
    """The first step whose day is not passed; later, or never, gives 0."""

    date: str
    steps: tuple[DateStep, ...]
    kind: ClassVar[str] = "by_date"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        node = fields.need("steps")
        steps = read_list(node, _read_date_step)
        if any(later.until <= earlier.until for earlier, later in pairwise(steps)):
            raise refuse("scoring.steps_not_ascending", node.place)
        return cls(as_text(fields.need("date")), steps)

    def tree(self) -> dict[str, Any]:
        steps = [{"until": Plain(step.until.isoformat()), "points": plain(step.points)} for step in self.steps]
        return {"date": self.date, "steps": steps}

    def values_needed(self) -> Mapping[str, InputKind]:
        return {self.date: "date"}

    def fixed_points(self) -> tuple[Fraction, ...]:
        return tuple(step.points for step in self.steps)

    def check(self, maximum: Fraction, place: Place) -> None:
        for points in self.fixed_points():
            require_within(points, maximum, place)

    def score(self, case: Case) -> Points:
        day = case.values[self.date]
        if day is None:
            return Points(ZERO, (Message("scoring.never_done"),))
        assert isinstance(day, date)
        for step in self.steps:
            if day <= step.until:
                params = {"day": day, "until": step.until, "points": step.points}
                return Points(step.points, (Message("scoring.done_by", params),))
        return Points(ZERO, (Message("scoring.done_after", {"day": day, "until": self.steps[-1].until}),))

    def in_words(self, maximum: Fraction, say: Callable[[Term], LocalText]) -> Message:
        steps = tuple(Message("scoring.until_points", {"until": s.until, "points": s.points}) for s in self.steps)
        return Message("scoring.rule_by_date", {"steps": steps})


def _read_date_step(node: Node) -> DateStep:
    with reading(node) as fields:
        return DateStep(as_date(fields.need("until")), as_not_negative(fields.need("points")))
