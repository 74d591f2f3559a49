"""Rules that turn a rate into points: by steps, in proportion, with a floor, to a target, within a group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar, Final, Self

from cchc.records.errors import Message, Place, refuse
from cchc.records.expressions import Name, ZeroDenominator
from cchc.records.numbers import Apart, Percent
from cchc.records.schema import Fields, as_number, reading
from cchc.records.text import LocalText
from cchc.records.yaml_text import Node
from cchc.scoring.rules.base import (
    ONE,
    ZERO,
    Case,
    Points,
    Rule,
    as_not_negative,
    as_positive,
    plain,
    read_list,
    require_within,
)
from cchc.scoring.rules.terms import Term, as_term, number_term

BEST_NAME: Final = Name("best")


@dataclass(frozen=True, slots=True)
class Step:
    """Points from a value upwards."""

    start: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class Steps(Rule):
    """The points of the highest step reached; below the lowest step 0. Kept from the highest down."""

    value: Term
    steps: tuple[Step, ...]
    kind: ClassVar[str] = "steps"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        node = fields.need("steps")
        steps = sorted(read_list(node, _read_step), key=lambda step: step.start, reverse=True)
        for higher, lower in pairwise(steps):
            if higher.start == lower.start:
                raise refuse("scoring.duplicate_step", node.place, start=higher.start)
        return cls(as_term(fields.need("value")), tuple(steps))

    def tree(self) -> dict[str, Any]:
        steps = [{"from": plain(step.start), "points": plain(step.points)} for step in self.steps]
        return {"value": self.value.text, "steps": steps}

    def terms(self) -> tuple[Term, ...]:
        return (self.value,)

    def fixed_points(self) -> tuple[Fraction, ...]:
        return tuple(step.points for step in self.steps)

    def check(self, maximum: Fraction, place: Place) -> None:
        for points in self.fixed_points():
            require_within(points, maximum, place)

    def score(self, case: Case) -> Points:
        value = self.value.compute(case.numbers)
        shown = Apart(value, tuple(step.start for step in self.steps))
        for step in self.steps:
            if step.start <= value:
                params = {"value": shown, "start": Apart(step.start, (value,)), "points": step.points}
                return Points(step.points, (Message("scoring.reached_step", params),))
        start = Apart(self.steps[-1].start, (value,))
        return Points(ZERO, (Message("scoring.below_steps", {"value": shown, "start": start}),))

    def in_words(self, maximum: Fraction, say: Callable[[Term], LocalText]) -> Message:
        steps = tuple(Message("scoring.from_points", {"start": s.start, "points": s.points}) for s in self.steps)
        return Message("scoring.rule_steps", {"value": say(self.value), "steps": steps})


def _read_step(node: Node) -> Step:
    with reading(node) as fields:
        return Step(as_number(fields.need("from")), as_not_negative(fields.need("points")))


def _in_proportion(share: Fraction, maximum: Fraction, *told: Message) -> Points:
    """`share × max`, the share held within 0…1 with a reason when it was not."""
    if share > ONE:
        return Points(maximum, (*told, Message("scoring.share_over_one", {"share": Percent(share, (ONE,))})))
    if share < ZERO:
        return Points(ZERO, (*told, Message("scoring.share_under_zero", {"share": Percent(share, (ZERO,))})))
    points = share * maximum
    reason = Message("scoring.in_proportion", {"share": Percent(share), "max": maximum, "points": points})
    return Points(points, (*told, reason))


@dataclass(frozen=True, slots=True)
class Linear(Rule):
    """`value × max`; a value above 1 counts as 1."""

    value: Term
    kind: ClassVar[str] = "linear"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(as_term(fields.need("value")))

    def tree(self) -> dict[str, Any]:
        return {"value": self.value.text}

    def terms(self) -> tuple[Term, ...]:
        return (self.value,)

    def score(self, case: Case) -> Points:
        value = self.value.compute(case.numbers)
        return _in_proportion(value, case.max)

    def in_words(self, maximum: Fraction, say: Callable[[Term], LocalText]) -> Message:
        return Message("scoring.rule_linear", {"value": say(self.value), "max": maximum})


@dataclass(frozen=True, slots=True)
class LinearWithFloor(Rule):
    """`value × max` from the floor upwards, 0 below it."""

    value: Term
    floor: Fraction
    kind: ClassVar[str] = "linear_with_floor"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(as_term(fields.need("value")), as_not_negative(fields.need("floor")))

    def tree(self) -> dict[str, Any]:
        return {"value": self.value.text, "floor": plain(self.floor)}

    def terms(self) -> tuple[Term, ...]:
        return (self.value,)

    def check(self, maximum: Fraction, place: Place) -> None:
        if self.floor > ONE:
            raise refuse("scoring.floor_over_one", place, floor=self.floor)

    def score(self, case: Case) -> Points:
        value = self.value.compute(case.numbers)
        params = {"rate": Percent(value, (self.floor,)), "floor": Percent(self.floor, (value,))}
        if value < self.floor:
            return Points(ZERO, (Message("scoring.below_floor", params),))
        return _in_proportion(value, case.max, Message("scoring.above_floor", params))

    def in_words(self, maximum: Fraction, say: Callable[[Term], LocalText]) -> Message:
        params = {"value": say(self.value), "floor": Percent(self.floor), "max": maximum}
        return Message("scoring.rule_linear_with_floor", params)


@dataclass(frozen=True, slots=True)
class LinearToTarget(Rule):
    """The maximum from the target upwards, in proportion below it."""

    value: Term
    target: Fraction
    kind: ClassVar[str] = "linear_to_target"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(as_term(fields.need("value")), as_positive(fields.need("target")))

    def tree(self) -> dict[str, Any]:
        return {"value": self.value.text, "target": plain(self.target)}

    def terms(self) -> tuple[Term, ...]:
        return (self.value,)

    def score(self, case: Case) -> Points:
        value = self.value.compute(case.numbers)
        params = {"rate": Percent(value, (self.target,)), "target": Percent(self.target, (value,))}
        if value >= self.target:
            return Points(case.max, (Message("scoring.target_reached", params),))
        return _in_proportion(value / self.target, case.max, Message("scoring.below_target", params))

    def in_words(self, maximum: Fraction, say: Callable[[Term], LocalText]) -> Message:
        params = {"value": say(self.value), "target": Percent(self.target), "max": maximum}
        return Message("scoring.rule_linear_to_target", params)


@dataclass(frozen=True, slots=True)
class TargetRatio(Rule):
    """Half the maximum at the target; more only above it, all of it for the best of the group.

    `best` defaults to the highest `actual` among the group's units at that stage, those for whom the criterion
    is taken out left aside. A set may name an input for it instead.
    """

    actual: Term
    target: Term
    best: Term
    kind: ClassVar[str] = "target_ratio"
    compares_in_group: ClassVar[bool] = True

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(
            as_term(fields.need("actual")),
            as_term(fields.need("target")),
            fields.maybe("best", as_term) or number_term(BEST_NAME.name),
        )

    def tree(self) -> dict[str, Any]:
        best = {} if self.best.text == BEST_NAME.name else {"best": self.best.text}
        return {"actual": self.actual.text, "target": self.target.text} | best

    def terms(self) -> tuple[Term, ...]:
        return (self.actual, self.target, self.best)

    def score(self, case: Case) -> Points:
        actual, target = self.actual.compute(case.numbers), self.target.compute(case.numbers)
        if target == 0:
            raise ZeroDenominator
        half = case.max / 2
        if actual <= target:
            points = half * actual / target
            shown = {"actual": Apart(actual, (target,)), "target": Apart(target, (actual,)), "points": points}
            return Points(points, (Message("scoring.up_to_target", shown),))
        best = self.best.compute(case.numbers)
        if best == target:
            raise ZeroDenominator
        points = half + half * (actual - target) / (best - target)
        shown = {"actual": Apart(actual, (target, best)), "target": Apart(target, (actual, best))}
        params = shown | {"best": Apart(best, (actual, target)), "points": points}
        return Points(points, (Message("scoring.over_target", params),))

    def in_words(self, maximum: Fraction, say: Callable[[Term], LocalText]) -> Message:
        params = {"actual": say(self.actual), "target": say(self.target), "half": maximum / 2, "max": maximum}
        return Message("scoring.rule_target_ratio", params)
