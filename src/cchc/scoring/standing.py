"""Where a unit stands on a criterion after several stages: each stage replaces only what its rows name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from cchc.records.errors import Message
from cchc.records.expressions import Name
from cchc.scoring.rules.base import Typed
from cchc.scoring.sheets import Answer, Stage


@dataclass(frozen=True, slots=True)
class Override:
    """Points typed at a stage, with the reason given there; `on_top_of` are the points they are added to."""

    points: Fraction
    reason: str | None
    stage: Stage
    on_top_of: Fraction = Fraction(0)
    is_added: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest of everything known about one criterion of one unit. `at` is the last stage that said anything."""

    at: Stage | None = None
    numbers: Mapping[Name, Fraction] = field(default_factory=dict)
    values: Mapping[str, Typed] = field(default_factory=dict)
    faults: Mapping[str, Message] = field(default_factory=dict)
    typed: Override | None = None
    ratio: Fraction | None = None
    reason: str | None = None
    excluded_at: Stage | None = None
    excluded_by_answer: bool = False

    @property
    def is_excluded(self) -> bool:
        """Whether the criterion was said not to apply."""
        return self.excluded_at is not None


UNTOUCHED: Final = Standing()


def follow(earlier: Standing, answer: Answer, stage: Stage) -> Standing:
    """The standing after a stage's answer."""
    excluded_at, by_answer = _exclusion(earlier, answer, stage)
    new_faults = {name: what for name, what in earlier.faults.items() if name not in answer.values}
    override = earlier.typed if not answer.has_figures and answer.ratio is None else None
    if answer.points is not None:
        override = Override(answer.points, answer.reason, stage)
    ratio = earlier.ratio if answer.points is None and not answer.has_figures else None
    return Standing(
        at=stage,
        numbers={**earlier.numbers, **answer.numbers} if answer.numbers else earlier.numbers,
        values={**earlier.values, **answer.values} if answer.values else earlier.values,
        faults=new_faults | answer.faults,
        typed=override,
        ratio=ratio if answer.ratio is None else answer.ratio,
        reason=earlier.reason if answer.reason is None else answer.reason,
        excluded_at=excluded_at,
        excluded_by_answer=by_answer,
    )


def _exclusion(earlier: Standing, answer: Answer, stage: Stage) -> tuple[Stage | None, bool]:
    """Where the criterion was taken out, and whether by its answer: an answer given anew brings it back."""
    if answer.applicable is False:
        return earlier.excluded_at or stage, False
    if answer.excluded_by_answer:
        return earlier.excluded_at or stage, True
    if answer.applicable or (answer.excluded_by_answer is False and earlier.excluded_by_answer):
        return None, False
    return earlier.excluded_at, earlier.excluded_by_answer
