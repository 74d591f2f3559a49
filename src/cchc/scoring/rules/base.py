"""What every kind of rule has in common: what it reads, how it answers, how it is written down."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar, Final, Literal, NamedTuple, Self, TypeVar

from cchc.records.errors import Message, Place, refuse
from cchc.records.expressions import Environment, Name
from cchc.records.numbers import decimal_text
from cchc.records.schema import Fields, as_items, as_number, as_text
from cchc.records.text import LocalText
from cchc.records.trees import Plain
from cchc.records.yaml_text import Node
from cchc.scoring.rules.terms import Term

InputKind = Literal["count", "number", "date", "yes_no", "choice", "checklist", "text"]
NUMERIC_KINDS: Final = frozenset({"count", "number", "yes_no"})
MEASURED_KINDS: Final = frozenset({"count", "number"})
"""Those that may have a unit of measure."""
ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)
MAX_NAME: Final = Name("max")

# What a typed input holds: a figure (yes is 1), a day or None for “never”, the chosen ids, or text.
Typed = Fraction | date | None | tuple[str, ...] | str
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice or item of a checklist; `points` is None for an input that only informs."""

    id: str
    label: LocalText
    points: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """A figure, date or answer that a unit declares for a criterion. `unit`: of measure, of a figure that has one."""

    name: str
    label: LocalText
    kind: InputKind
    options: tuple[Option, ...] = ()
    unit: LocalText | None = None

    @property
    def measured(self) -> LocalText:
        """The label with the unit behind it: where the figure stands away from its field."""
        if self.unit is None:
            return self.label
        english = f"{self.label.en or self.label.vi} ({self.unit.en or self.unit.vi})"
        return LocalText(f"{self.label.vi} ({self.unit.vi})", english)


class Points(NamedTuple):
    """What a rule gives for one case: exact points and why."""

    value: Fraction
    reasons: tuple[Message, ...]


class Case(NamedTuple):
    """One unit's inputs for one criterion at one stage, complete and typed.

    `numbers` holds `max` (0 for bonus and penalty), every numeric input the rule needs and, for a rule that
    compares within the group, `best`.
    """

    max: Fraction
    numbers: Environment
    values: Mapping[str, Typed]


class Unanswerable(Exception):
    """A rule cannot give points for these inputs; the message says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.code)
        self.message = message


class Rule(ABC):
    """How inputs become points. One frozen dataclass per kind."""

    kind: ClassVar[str]
    has_maximum: ClassVar[bool] = True
    is_computed: ClassVar[bool] = True
    """False when the sheet itself gives points or a ratio."""
    compares_in_group: ClassVar[bool] = False

    @classmethod
    @abstractmethod
    def read(cls, fields: Fields) -> Self:
        """Take this kind's keys from the rule's mapping."""

    @abstractmethod
    def tree(self) -> dict[str, Any]:
        """The rule's own keys as text, lists and mappings; defaults left out."""

    @abstractmethod
    def score(self, case: Case) -> Points:
        """Exact points with reasons, not yet clamped. Raises `ZeroDenominator` or `Unanswerable`."""

    @abstractmethod
    def in_words(self, maximum: Fraction, say: Callable[[Term], LocalText]) -> Message:
        """The rule as one sentence; `say` puts an expression into the words of its inputs."""

    def terms(self) -> Sequence[Term]:
        """All expressions of the rule."""
        return ()

    def inputs(self) -> Sequence[Input]:
        """Inputs the rule brings along without their being declared."""
        return ()

    def values_needed(self) -> Mapping[str, InputKind]:
        """Inputs read as they are (dates, choices) rather than as numbers, with the kind they must have."""
        return {}

    def lowest(self) -> Fraction:
        """The least points the rule may give."""
        return ZERO

    def fixed_points(self) -> Sequence[Fraction]:
        """Points the rule gives or stops at as they are written: of options, steps, a cap, the least."""
        return ()

    def check(self, maximum: Fraction, place: Place) -> None:  # noqa: B027 - most kinds fit any maximum
        """Refuse a rule that does not fit its criterion's maximum."""


def plain(value: Fraction) -> Plain:
    """A number of a rule as text: rules hold decimals that end."""
    return Plain(decimal_text(value))


def read_list(node: Node, read: Callable[[Node], T]) -> tuple[T, ...]:
    """A list with at least one member. Raises `scoring.empty_list`."""
    items = tuple(read(item) for item in as_items(node))
    if not items:
        raise refuse("scoring.empty_list", node.place)
    return items


def as_word(node: Node) -> str:
    """A text that stands in one cell and one line unchanged: single spaces inside. Raises `scoring.not_one_line`."""
    text = as_text(node)
    if text != " ".join(text.split()):
        raise refuse("scoring.not_one_line", node.place, text=text)
    return text


def as_positive(node: Node) -> Fraction:
    """A number above zero. Raises `scoring.not_positive`."""
    value = as_number(node)
    if value <= 0:
        raise refuse("scoring.not_positive", node.place, value=value)
    return value


def as_not_negative(node: Node) -> Fraction:
    """A number of at least zero. Raises `scoring.negative`."""
    value = as_number(node)
    if value < 0:
        raise refuse("scoring.negative", node.place, value=value)
    return value


def require_within(points: Fraction, maximum: Fraction, place: Place) -> None:
    """Refuse points of a step or option that no sheet could reach. Raises `scoring.step_over_maximum`."""
    if points > maximum:
        raise refuse("scoring.step_over_maximum", place, points=points, maximum=maximum)
