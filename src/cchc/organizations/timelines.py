"""By which calendars a unit works one after the other, from a day on: with every change that is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from cchc.interface.together import Reads, answer, made_of
from cchc.organizations.calendars import NATIONAL, CalendarChoice
from cchc.organizations.models import Ancestry
from cchc.worktime.splicing import Turn, id_of

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Held:
    """A calendar that a unit works by because of what was chosen `depth` levels above; `ends_on` None: until further
    notice.
    """

    depth: int
    calendar: str
    starts_on: date
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        """Whether `day` lies inside."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Timelines:
    """What each of some units (by key) works by, the nearest choice first."""

    held: Mapping[int, Sequence[Held]]
    _known: dict[tuple[int, date], str] = field(default_factory=dict)

    def since(self, unit: int, day: date) -> str:
        """The calendar of that day and those that follow it: an id that `calendars.load_calendar` knows."""
        if (unit, day) not in self._known:
            self._known[unit, day] = _since(self.held.get(unit, ()), day)
        return self._known[unit, day]


def timelines(units: Collection[int] | QuerySet[Any, Any], choice: CalendarChoice | None = None) -> Reads[Timelines]:
    """Of these units; as if `choice` had been made. One that is gone works on as those do under whom it stood last."""
    links = Ancestry.objects.filter(descendant__in=units).order_by("depth", "pk").values_list(
        "descendant", "depth", "ancestor", "starts_on", "ends_on", "ancestor__calendar_uses__calendar",
        "ancestor__calendar_uses__starts_on", "ancestor__calendar_uses__ends_on",
    )  # fmt: skip
    return made_of(links, lambda rows: Timelines(_held(list(rows), choice)))


def calendar_from(unit: int, day: date) -> str:
    """By which calendars one unit works from that day on. One query."""
    return answer(timelines([unit])).since(unit, day)


def _held(rows: Sequence[tuple[Any, ...]], choice: CalendarChoice | None) -> Mapping[int, Sequence[Held]]:
    last, found = _last_days(rows), defaultdict[int, list[Held]](list)
    for unit, depth, ancestor, starts_on, ends_on, calendar, used_from, used_to in rows:
        to = None if ends_on == last[unit] else ends_on
        if choice is not None and ancestor == choice.unit.pk:
            found[unit].append(Held(depth, choice.calendar, max(starts_on, choice.starts_on), to))
            to = _earlier(to, choice.starts_on - _DAY)
        if calendar is not None:
            found[unit].append(Held(depth, calendar, max(starts_on, used_from), _earlier(to, used_to)))
    return found


def _last_days(rows: Iterable[tuple[Any, ...]]) -> Mapping[int, date | None]:
    """Of each unit the last day of its last links; None while it stands."""
    last = dict[int, date | None]()
    for unit, _depth, _ancestor, _starts_on, ends_on, *_use in rows:
        before = last.get(unit, date.min)
        last[unit] = None if ends_on is None or before is None else max(before, ends_on)
    return last


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _since(held: Sequence[Held], day: date) -> str:
    starts = {one.starts_on for one in held} | {one.ends_on + _DAY for one in held if one.ends_on is not None}
    return id_of(_nearest(held, day), [Turn(one, _nearest(held, one)) for one in sorted(starts) if one > day])


def _nearest(held: Sequence[Held], day: date) -> str:
    return next((one.calendar for one in held if one.holds_on(day)), NATIONAL)
