"""Rules that multiply a count: points per item, deductions, and bonus and penalty beside the maximum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self

from cchc.records.errors import Message, Place, refuse
from cchc.records.schema import Fields, as_number
from cchc.records.text import LocalText
from cchc.scoring.rules.base import ZERO, Case, Points, Rule, as_positive, plain
from cchc.scoring.rules.terms import Term, as_term


@dataclass(frozen=True, slots=True)
class PerItem(Rule):
    """`count × each`, at most the maximum."""

    count: Term
    each: Fraction
    kind: ClassVar[str] = "per_item"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(as_term(fields.need("count")), as_positive(fields.need("each")))

    def tree(self) -> dict[str, Any]:
        return {"count": self.count.text, "each": plain(self.each)}

    def terms(self) -> tuple[Term, ...]:
        return (self.count,)

    def score(self, case: Case) -> Points:
        count = self.count.compute(case.numbers)
        points = count * self.each
        return Points(points, (Message("scoring.counted", {"count": count, "each": self.each, "points": points}),))

    def in_words(self, maximum: Fraction, say: Callable[[Term], LocalText]) -> Message:
        return Message("scoring.rule_per_item", {"count": say(self.count), "each": self.each, "max": maximum})


@dataclass(frozen=True, slots=True)
class Deduction(Rule):
    """`max − count × each`, not under `least` (0 unless the set says otherwise; it may be negative)."""

    count: Term
    each: Fraction
    least: Fraction = ZERO
    kind: ClassVar[str] = "deduction"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(
            as_term(fields.need("count")),
            as_positive(fields.need("each")),
            fields.maybe("least", as_number) or ZERO,
        )

    def tree(self) -> dict[str, Any]:
        least = {"least": plain(self.least)} if self.least else {}
        return {"count": self.count.text, "each": plain(self.each)} | least

    def terms(self) -> tuple[Term, ...]:
        return (self.count,)

    def lowest(self) -> Fraction:
        return self.least

    def fixed_points(self) -> tuple[Fraction, ...]:
        return (self.least,)

    def check(self, maximum: Fraction, place: Place) -> None:
        if self.least > maximum:
            raise refuse("scoring.least_over_maximum", place, least=self.least, maximum=maximum)

    def score(self, case: Case) -> Points:
        count = self.count.compute(case.numbers)
        lost = count * self.each
        if not lost:
            return Points(case.max, (Message("scoring.nothing_deducted"),))
        params = {"max": case.max, "count": count, "each": self.each, "points": case.max - lost}
        return Points(case.max - lost, (Message("scoring.deducted", params),))

    def in_words(self, maximum: Fraction, say: Callable[[Term], LocalText]) -> Message:
        params = {"count": say(self.count), "each": self.each, "least": self.least, "max": maximum}
        return Message("scoring.rule_deduction", params)


@dataclass(frozen=True, slots=True)
class Bonus(Rule):
    """`count × each`, at most `cap`, added to the points and not to the maximum."""

    count: Term
    each: Fraction
    cap: Fraction | None
    kind: ClassVar[str] = "bonus"
    has_maximum: ClassVar[bool] = False
    sign: ClassVar[int] = 1

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls(as_term(fields.need("count")), as_positive(fields.need("each")), fields.maybe("cap", as_positive))

    def tree(self) -> dict[str, Any]:
        cap = {"cap": plain(self.cap)} if self.cap is not None else {}
        return {"count": self.count.text, "each": plain(self.each)} | cap

    def terms(self) -> tuple[Term, ...]:
        return (self.count,)

    def fixed_points(self) -> tuple[Fraction, ...]:
        return () if self.cap is None else (self.cap,)

    def score(self, case: Case) -> Points:
        """The size of the bonus or penalty, not negative; the sheet's total gives it its sign."""
        count = self.count.compute(case.numbers)
        points = max(count * self.each, ZERO)
        params = {"count": count, "each": self.each, "points": points}
        reasons = (Message(f"scoring.{self.kind}_given", params),)
        if self.cap is not None and points > self.cap:
            return Points(self.cap, (*reasons, Message("scoring.capped", {"cap": self.cap})))
        return Points(points, reasons)

    def in_words(self, maximum: Fraction, say: Callable[[Term], LocalText]) -> Message:
        params: dict[str, object] = {"count": say(self.count), "each": self.each}
        if self.cap is None:
            return Message(f"scoring.rule_{self.kind}", params)
        return Message(f"scoring.rule_{self.kind}_capped", params | {"cap": self.cap})


@dataclass(frozen=True, slots=True)
class Penalty(Bonus):
    """`count × each`, at most `cap`, taken from the points; the maximum stays."""

    kind: ClassVar[str] = "penalty"
    sign: ClassVar[int] = -1
