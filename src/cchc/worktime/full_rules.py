"""What holds once nothing is left to a parent: the calendars of a lineage laid over each other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from types import MappingProxyType
from typing import Final

from cchc.records.errors import DomainError, Problem, problem, refuse
from cchc.records.sources import Validity
from cchc.worktime.rules import WEEKDAYS, CalendarRules, DayException, Intake, Week
from cchc.worktime.windows import Windows

# A calendar is counted minute by minute: twenty years take 42 MB in bulk work.
MOST_YEARS: Final = 50


@dataclass(frozen=True, slots=True)
class FullRules:
    """The rules of every day from `first` to `last`, both included."""

    time_zone: str
    first: date
    last: date
    weeks: tuple[Week, ...]
    exceptions: Mapping[date, DayException]
    intake: Intake

    def days(self) -> Iterator[date]:
        """Every day, in order."""
        return (self.first + timedelta(offset) for offset in range((self.last - self.first).days + 1))

    def week_on(self, day: date) -> Week:
        """The week in force on a day of the span."""
        return self.weeks[bisect_right(self.weeks, day, key=lambda week: week.start) - 1]

    def windows_on(self, day: date) -> Windows:
        """When that day is open: by its exception, else by its week.

        An exception that names a weekday takes that weekday's hours in the week in force here, so a unit with its own
        hours keeps them on a day that the national calendar exchanges.
        """
        exception = self.exceptions.get(day)
        if exception is None:
            return self.week_on(day).days[day.weekday()]
        if isinstance(exception.open, str):
            return self.week_on(day).days[WEEKDAYS.index(exception.open)]
        return exception.open


def complete(lineage: Sequence[CalendarRules]) -> FullRules:
    """The calendars laid over each other, the farthest parent first.

    An exception replaces the parent's of that day; weeks replace the parent's from their first day on; time zone and
    intake replace the parent's; the validity may only narrow it. Raises what is wrong with their days:
    `worktime.no_end`, `worktime.too_long`, `worktime.outside_parent`, `worktime.weeks_start_late`,
    `worktime.week_outside_validity`, `worktime.exception_outside_validity`.
    """
    problems: list[Problem] = []
    weeks: tuple[Week, ...] = ()
    validity = Validity(date.min)
    for rules in lineage:
        validity = _narrowed(validity, rules)
        weeks = _laid_over(weeks, rules.weeks)
        problems += _outside(rules, validity)
    if not weeks or weeks[0].start > validity.start:
        problems.append(problem("worktime.weeks_start_late", lineage[0].place, first=validity.start))
    if problems:
        raise DomainError(*problems)
    exceptions = {e.on: e for e in chain.from_iterable(r.exceptions for r in lineage) if validity.holds_on(e.on)}
    assert validity.end is not None
    return FullRules(
        time_zone=next(rules.time_zone for rules in reversed(lineage) if rules.time_zone),
        first=validity.start,
        last=validity.end,
        weeks=weeks,
        exceptions=MappingProxyType(exceptions),
        intake=next((rules.intake for rules in reversed(lineage) if rules.intake), Intake()),
    )


def _narrowed(parent: Validity, rules: CalendarRules) -> Validity:
    """The calendar's own days, which lie within its parent's; without any, the parent's."""
    own = rules.validity or parent
    if own.end is None:
        raise refuse("worktime.no_end", rules.place, id=rules.id)
    if own.end.year - own.start.year >= MOST_YEARS:
        raise refuse("worktime.too_long", rules.place, limit=MOST_YEARS)
    if not (parent.holds_on(own.start) and parent.holds_on(own.end)):
        raise refuse("worktime.outside_parent", rules.place, first=parent.start, last=parent.end)
    return own


def _laid_over(parent: tuple[Week, ...], own: tuple[Week, ...]) -> tuple[Week, ...]:
    return (*(week for week in parent if not own or week.start < own[0].start), *own)


def _outside(rules: CalendarRules, validity: Validity) -> Iterator[Problem]:
    """Weeks that start after the calendar has ended, exceptions outside its days."""
    span = {"first": validity.start, "last": validity.end}
    for week in rules.weeks:
        if validity.end is not None and week.start > validity.end:
            yield problem("worktime.week_outside_validity", week.place, day=week.start, **span)
    for exception in rules.exceptions:
        if not validity.holds_on(exception.on):
            yield problem("worktime.exception_outside_validity", exception.place, day=exception.on, **span)
