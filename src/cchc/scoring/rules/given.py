"""Rules whose points come from outside: surveys, statistics, another index, an appraiser's judgement.

The sheet gives `points` or, except for `manual`, a `ratio` of the maximum; `scoring.evaluation` applies them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self

from cchc.records.errors import Message
from cchc.records.schema import Fields
from cchc.records.text import LocalText
from cchc.scoring.rules.base import Case, Points, Rule, Unanswerable
from cchc.scoring.rules.terms import Term


@dataclass(frozen=True, slots=True)
class Given(Rule):
    """Points typed in the sheet, or a ratio of the maximum."""

    is_computed: ClassVar[bool] = False
    takes_ratio: ClassVar[bool] = True

    @classmethod
    def read(cls, fields: Fields) -> Self:
        return cls()

    def tree(self) -> dict[str, Any]:
        return {}

    def score(self, case: Case) -> Points:
        """Only reached when the sheet gives neither points nor ratio."""
        raise Unanswerable(Message("scoring.points_missing"))

    def in_words(self, maximum: Fraction, say: Callable[[Term], LocalText]) -> Message:
        return Message(f"scoring.rule_{self.kind}", {"max": maximum})


@dataclass(frozen=True, slots=True)
class Survey(Given):
    """Mean share of a survey; filled in by those who run the survey."""

    kind: ClassVar[str] = "survey"


@dataclass(frozen=True, slots=True)
class Outcome(Given):
    """Points from statistics such as budget or growth."""

    kind: ClassVar[str] = "outcome"


@dataclass(frozen=True, slots=True)
class Inherit(Given):
    """Points taken over from another index."""

    kind: ClassVar[str] = "inherit"


@dataclass(frozen=True, slots=True)
class Manual(Given):
    """An appraiser types points with a reason."""

    kind: ClassVar[str] = "manual"
    takes_ratio: ClassVar[bool] = False
