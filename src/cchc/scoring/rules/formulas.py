"""Rules written out by the set: guarded formulas, and an item lost by one late event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Final, Self

from cchc.records.errors import Message, refuse
from cchc.records.expressions import ZeroDenominator
from cchc.records.schema import Fields, as_entries, as_text, reading
from cchc.records.text import LocalText
from cchc.records.yaml_text import Node, Scalar
from cchc.scoring.rules.base import ZERO, Case, Input, Points, Rule, Unanswerable, read_list
from cchc.scoring.rules.terms import Term, as_condition, as_term, number_term

OTHERWISE: Final = "otherwise"


@dataclass(frozen=True, slots=True)
class Guarded:
    """Points that hold when a condition is true; without a condition they hold otherwise."""

    when: Term | None
    points: Term


@dataclass(frozen=True, slots=True)
class Formula(Rule):
    """The points of the first true case."""

    cases: tuple[Guarded, ...]
    kind: ClassVar[str] = "formula"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        node = fields.need("cases")
        cases = read_list(node, _read_case)
        if any(case.when is None for case in cases[:-1]):
            raise refuse("scoring.otherwise_not_last", node.place)
        return cls(cases)

    def tree(self) -> dict[str, Any]:
        return {
            "cases": [
                {"when": case.when.text if case.when else OTHERWISE, "points": case.points.text} for case in self.cases
            ]
        }

    def terms(self) -> tuple[Term, ...]:
        conditions = tuple(case.when for case in self.cases if case.when)
        return conditions + tuple(case.points for case in self.cases)

    def score(self, case: Case) -> Points:
        for number, guarded in enumerate(self.cases, 1):
            if guarded.when is None or guarded.when.compute(case.numbers):
                points = guarded.points.compute(case.numbers)
                return Points(points, (Message("scoring.case_holds", {"number": number, "points": points}),))
        raise Unanswerable(Message("scoring.no_case_holds"))

    def in_words(self, maximum: Fraction, say: Callable[[Term], LocalText]) -> Message:
        return Message("scoring.rule_formula", {"cases": tuple(_case_in_words(case, say) for case in self.cases)})


def _read_case(node: Node) -> Guarded:
    """`{when, points}`; the last may be `{when: otherwise, points}` or `{otherwise: points}`."""
    if OTHERWISE in as_entries(node).entries:
        with reading(node) as fields:
            return Guarded(None, as_term(fields.need(OTHERWISE)))
    with reading(node) as fields:
        condition = fields.need("when")
        is_last = isinstance(condition, Scalar) and as_text(condition) == OTHERWISE
        return Guarded(None if is_last else as_condition(condition), as_term(fields.need("points")))


def _case_in_words(case: Guarded, say: Callable[[Term], LocalText]) -> Message:
    if case.when is None:
        return Message("scoring.otherwise_points", {"points": say(case.points)})
    return Message("scoring.when_points", {"when": say(case.when), "points": say(case.points)})


LATE_LABEL: Final = LocalText("Số trường hợp trễ hạn trong kỳ", "Late in the period")
TOTAL_LABEL: Final = LocalText("Tổng số trường hợp trong kỳ", "All in the period")


@dataclass(frozen=True, slots=True)
class WorstOfPeriod(Rule):
    """One late event in the period costs the whole item. Nothing in the period is a zero denominator."""

    late: Term
    total: Term
    kind: ClassVar[str] = "worst_of_period"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(
            fields.maybe("late", as_term) or number_term("late"),
            fields.maybe("total", as_term) or number_term("total"),
        )

    def tree(self) -> dict[str, Any]:
        written = {"late": self.late.text, "total": self.total.text}
        return {key: text for key, text in written.items() if key != text}

    def terms(self) -> tuple[Term, ...]:
        return (self.late, self.total)

    def inputs(self) -> tuple[Input, ...]:
        brought = (("late", LATE_LABEL, self.late), ("total", TOTAL_LABEL, self.total))
        return tuple(Input(name, label, "count") for name, label, term in brought if term.text == name)

    def score(self, case: Case) -> Points:
        late, total = self.late.compute(case.numbers), self.total.compute(case.numbers)
        if total == 0 and late == 0:
            raise ZeroDenominator
        if late > total:
            raise Unanswerable(Message("scoring.more_late_than_total", {"late": late, "total": total}))
        if late > 0:
            return Points(ZERO, (Message("scoring.some_late", {"late": late, "total": total}),))
        return Points(case.max, (Message("scoring.none_late", {"total": total}),))

    def in_words(self, maximum: Fraction, say: Callable[[Term], LocalText]) -> Message:
        return Message("scoring.rule_worst_of_period", {"max": maximum})
