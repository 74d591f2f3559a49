"""Compiled lists of a month as pages and papers show them: a line for each body, a row for each entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cchc.interface.errors import current_language
from cchc.oversight.addresses_lists import to_list, to_public
from cchc.oversight.models import MonthlyList
from cchc.oversight.published_list import LATE, OVERRUN, measure_of
from cchc.oversight.queries.compiled import Compiled, Part
from cchc.oversight.shown_lists_words import (
    class_name,
    postponed_said,
    role_name,
    state_name,
    verdict_name,
    working_time,
)
from cchc.oversight.states_lists import PUBLISHED
from cchc.oversight.timetable import timetable_on

COUNTED: Final = ("officials", "volume", "overdue", "slow")
_PLACES: Final = 10_000
"""More people in a list, or entries of one of them, are not told apart by the keys of rows."""


@dataclass(frozen=True, slots=True)
class Line:
    """A body among others; `url` leads to its list, where the reader may see it."""

    part: Part
    url: str
    last_day: date
    today: date

    @property
    def is_in_time(self) -> bool:
        """Whether it has published by the last day, or may still."""
        return self._day <= self.last_day

    @property
    def days_late(self) -> int:
        """How many days after the last one it was published; where it is not, how many have gone by."""
        return max((self._day - self.last_day).days, 0)

    @property
    def late_since(self) -> date:
        """The first day on which publication was not in time any more."""
        return self.last_day + timedelta(days=1)

    @property
    def _day(self) -> date:
        published = self.part.list.published_at if self.part.list is not None else None
        return self.today if published is None else localdate(published)

    @property
    def state(self) -> str:
        """Where its list stands, as far as the reader may know."""
        if self.part.list is None:
            return _("No list drafted")
        return state_name(self.part.list.state)

    @property
    def has_left_page(self) -> bool:
        """Whether it has published, and its list stands on the public page no more."""
        one = self.part.list
        return one is not None and one.published_at is not None and _has_left(one, self.today)

    @property
    def counts(self) -> list[int]:
        """In the order of `COUNTED`."""
        return [self.part.sums[name] for name in COUNTED]

    @property
    def late(self) -> str:
        """Minutes of overdue entries in words; empty without any."""
        return said_time(self.part.sums[LATE])

    @property
    def over(self) -> str:
        """Minutes over own steps in words; empty without any."""
        return said_time(self.part.sums[OVERRUN])


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of a list that may be read, with whom it names. `pk` tells it from all others on every page."""

    line: Line
    official: Mapping[str, Any]
    entry: Mapping[str, Any]

    @property
    def pk(self) -> int:
        """The same whichever lists stand beside."""
        list_ = self.line.part.list
        of_list = 0 if list_ is None else list_.pk
        return (of_list * _PLACES + int(self.official["number"])) * _PLACES + int(self.entry["number"])

    @property
    def klass(self) -> str:
        """Overdue or slow."""
        return class_name(self.entry["class"])

    @property
    def role(self) -> str:
        """In which role it was held."""
        return role_name(self.entry["role"])

    @property
    def due(self) -> datetime | None:
        """The appointment."""
        return datetime.fromisoformat(self.entry["due_at"]) if self.entry["due_at"] else None

    @property
    def late(self) -> str:
        """By how much it is overdue, in words; empty for a slow one."""
        return said_time(self.entry.get(LATE, 0))

    @property
    def over(self) -> str:
        """By how much the own step was exceeded, in words; empty for an overdue one."""
        return said_time(self.entry.get(OVERRUN, 0))

    @property
    def minutes(self) -> int:
        """Those of its class."""
        return int(self.entry.get(measure_of(self.entry["class"]), 0))

    @property
    def remarks(self) -> list[str]:
        """What a verifier found, from which list it was put off, and errata."""
        found = [verdict_name(self.entry["verdict"])] if self.entry["verdict"] else []
        year, _dash, month = self.entry.get("postponed_from", "").partition("-")
        put_off = [postponed_said(f"{month}/{year}")] if month else []
        return [*found, *put_off, *(one["text"] for one in self._errata)]

    @property
    def struck(self) -> bool:
        """Whether an erratum took it out of every count."""
        return any(one["struck"] for one in self._errata if one["entry"] == self.entry["number"])

    @property
    def _errata(self) -> list[Mapping[str, Any]]:
        content, places = self.line.part.content or {"errata": []}, (None, self.entry["number"])
        mine = [one for one in content["errata"] if one["official"] == self.official["number"]]
        return [one for one in mine if one["entry"] in places]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Compiled lists with their words: `has` those that may be read or have left the page, `lacks` the others."""

    compiled: Compiled
    has: list[Line]
    lacks: list[Line]

    @property
    def name(self) -> str:
        """What the unit was called."""
        return self.compiled.way[-1].name_in(current_language()) if self.compiled.way else self.compiled.unit.code

    @property
    def counts(self) -> list[int]:
        """The sums, in the order of `COUNTED`."""
        return [self.compiled.sums[name] for name in COUNTED]

    @property
    def late(self) -> str:
        """Minutes of all overdue entries in words."""
        return said_time(self.compiled.sums[LATE])

    @property
    def over(self) -> str:
        """Minutes over own steps of all slow entries in words."""
        return said_time(self.compiled.sums[OVERRUN])

    @property
    def is_sample(self) -> bool:
        """Whether one of the lists is one of sample data."""
        return any(one.list.is_sample for one in self.compiled.shown if one.list is not None)

    def rows(self) -> Iterator[EntryRow]:
        """Every entry that may be read, by body, in the order of its list."""
        for line in self.has:
            for official in line.part.content["officials"] if line.part.content else ():
                for entry in official["entries"]:
                    yield EntryRow(line, official, entry)


def sheet_of(compiled: Compiled, today: date, to_one: Callable[[MonthlyList], str]) -> Sheet:
    """With the way to each list."""
    last_day = timetable_on(compiled.month).value.last_day_of(compiled.month)
    lines = [Line(one, _url(one, to_one), last_day, today) for one in compiled.parts]
    return Sheet(
        compiled, [one for one in lines if one.part.has_published], [one for one in lines if not one.part.has_published]
    )


def kept_sheet(compiled: Compiled, today: date) -> Sheet:
    """For those in office: each list leads to its page."""
    return sheet_of(compiled, today, to_list)


def public_sheet(compiled: Compiled, today: date) -> Sheet:
    """For everybody: what stands on the page leads to it."""
    return sheet_of(compiled, today, lambda one: "" if _has_left(one, today) else to_public(one))


def _has_left(list_: MonthlyList, today: date) -> bool:
    return list_.state != PUBLISHED or list_.expires_on is None or list_.expires_on < today


def _url(part: Part, to_one: Callable[[MonthlyList], str]) -> str:
    return "" if part.list is None else to_one(part.list)


def said_time(minutes: int) -> str:
    """Empty for none."""
    return working_time(minutes) if minutes else ""
