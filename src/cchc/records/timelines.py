"""What held when: dated values one after another, never two on one day.

A legal limit, a target or a rate changes by decree. Each stretch of days keeps its own value and source, and a
question about a day gets the value of that day, or an error: a rule is never stretched over days it does not name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Final, Generic, TypeVar

from cchc.records.errors import DomainError, Place, Problem, problem, refuse
from cchc.records.schema import Fields, as_source, as_validity, as_verification, reading
from cchc.records.sources import Source, Validity, Verification
from cchc.records.text import LocalText
from cchc.records.yaml_text import Node

T = TypeVar("T")
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """A value with the days on which it holds and the document it comes from; `place` is where it was written."""

    value: T
    validity: Validity
    source: Source
    verification: Verification
    place: Place | None = None


def as_dated(node: Node, read: Callable[[Fields], T]) -> Dated[T]:
    """A mapping with `valid`, `source`, `verified`, and the keys that `read` takes for the value."""
    with reading(node) as fields:
        return Dated(
            read(fields),
            as_validity(fields.need("valid")),
            as_source(fields.need("source")),
            as_verification(fields.need("verified")),
            fields.place,
        )


class Timeline(Generic[T]):
    """Dated values in the order of their days.

    Raises `records.validities_overlap` for each record that begins while an earlier one holds and, unless
    `gaps_allowed`, `records.validities_gap` for each stretch of days between two records that none covers. All
    are raised together; `what` names the thing.
    """

    def __init__(self, what: str | LocalText, records: Iterable[Dated[T]], *, gaps_allowed: bool = False) -> None:
        self.what = what
        self.records = tuple(sorted(records, key=lambda record: record.validity.start))
        self._starts = [record.validity.start for record in self.records]
        problems = [*self._overlaps(), *(() if gaps_allowed else self._gaps())]
        if problems:
            raise DomainError(*problems)

    def as_of(self, day: date) -> Dated[T]:
        """The record that holds on `day`. Raises `records.not_in_force` when none does."""
        before = bisect_right(self._starts, day)
        if before == 0 or not self.records[before - 1].validity.holds_on(day):
            raise refuse("records.not_in_force", what=self.what, day=day)
        return self.records[before - 1]

    def _neighbours(self) -> Iterator[tuple[Dated[T], Dated[T]]]:
        """Each record after the first, behind the one that reaches farthest of all before it."""
        return zip(accumulate(self.records, _farther), self.records[1:], strict=False)

    def _overlaps(self) -> Iterator[Problem]:
        for earlier, later in self._neighbours():
            if later.validity.start <= _last(earlier):
                yield self._between("records.validities_overlap", earlier, later, day=later.validity.start)

    def _gaps(self) -> Iterator[Problem]:
        for earlier, later in self._neighbours():
            if later.validity.start - _last(earlier) > _DAY:
                missing = {"first": _last(earlier) + _DAY, "last": later.validity.start - _DAY}
                yield self._between("records.validities_gap", earlier, later, **missing)

    def _between(self, code: str, earlier: Dated[T], later: Dated[T], **days: date) -> Problem:
        """A problem at the later record that names the earlier one by its place and document."""
        other = ", ".join(part for part in (earlier.source.document, str(earlier.place or "")) if part)
        return problem(code, later.place, what=self.what, other=other, **days)


def _farther(one: Dated[T], other: Dated[T]) -> Dated[T]:
    return max(one, other, key=_last)


def _last(record: Dated[T]) -> date:
    """The last day on which the record holds; the end of all days when it is open."""
    return record.validity.end or date.max
