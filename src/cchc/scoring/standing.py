"""Where a unit stands on a criterion after several stages: each stage replaces only what its rows name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final, TypeVar

from cchc.records.errors import Message
from cchc.records.expressions import Name
from cchc.scoring.rules.base import Typed
from cchc.scoring.sheets import Answer, Stage

T = TypeVar("T")
V = TypeVar("V")


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


def follow(earlier: Standing, answer: Answer, stage: Stage, *, is_computed: bool = True) -> Standing:
    """The standing after a stage's answer. Newer figures end points typed over a rule that computes with them."""
    excluded_at, by_answer = _exclusion(earlier, answer, stage)
    is_new = excluded_at is not None and not earlier.is_excluded  # a reason of earlier points is not its reason
    ended = _ended(answer, is_computed)
    ratio = None if "ratio" in ended else earlier.ratio
    return Standing(
        at=stage,
        numbers=_renewed(earlier.numbers, answer.numbers, {Name(name) for name in answer.faults}),
        values=_renewed(earlier.values, answer.values, answer.faults),
        faults={name: why for name, why in earlier.faults.items() if name not in ended} | answer.faults,
        typed=_typed(None if "points" in ended else earlier.typed, answer, stage),
        ratio=ratio if answer.ratio is None else answer.ratio,
        reason=answer.reason if answer.reason is not None or is_new else earlier.reason,
        excluded_at=excluded_at,
        excluded_by_answer=by_answer,
    )


def _ended(answer: Answer, is_computed: bool) -> frozenset[str]:
    """What no longer holds from earlier stages: whatever is named anew, and points or ratio beside each other."""
    ended = answer.named
    if ended & {"points", "ratio"} or (is_computed and answer.has_figures):
        ended |= {"points", "ratio"}
    return ended


def _renewed(earlier: Mapping[T, V], newer: Mapping[T, V], unreadable: Collection[T]) -> Mapping[T, V]:
    """Newer values over earlier ones; where the newer one cannot be read, the earlier does not stand in for it."""
    if not newer and not unreadable:
        return earlier
    return {name: value for name, value in earlier.items() if name not in unreadable} | dict(newer)


def _typed(earlier: Override | None, answer: Answer, stage: Stage) -> Override | None:
    """Points typed at this stage, or those that still hold, with a reason that was given for them since."""
    if answer.points is not None:
        return Override(answer.points, answer.reason, stage)
    if earlier is not None and answer.reason is not None and answer.applicable is None:
        return replace(earlier, reason=answer.reason)
    return earlier


def _exclusion(earlier: Standing, answer: Answer, stage: Stage) -> tuple[Stage | None, bool]:
    """Where the criterion was taken out, and whether by its answer: an answer given anew brings it back.

    A word on it that cannot be read is a fault of its own; what was said earlier does not stand in for it.
    """
    if "applicable" in answer.faults:
        return None, False
    if answer.applicable is False:
        return earlier.excluded_at or stage, False
    if answer.excluded_by_answer:
        return earlier.excluded_at or stage, True
    if answer.applicable or (earlier.excluded_by_answer and _is_answered(answer)):
        return None, False
    return earlier.excluded_at, earlier.excluded_by_answer


def _is_answered(answer: Answer) -> bool:
    """Whether an answer other than “Không áp dụng” was given, readable or not."""
    return answer.excluded_by_answer is False or "answer" in answer.faults
