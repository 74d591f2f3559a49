"""`Calendar`: how much working time lies between two moments, when a limit ends, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from operator import index
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn, Self, SupportsIndex, overload
from zoneinfo import ZoneInfo

from cchc.records.errors import DomainError, refuse
from cchc.worktime import deadlines
from cchc.worktime.explaining import Span, explain
from cchc.worktime.full_rules import complete
from cchc.worktime.loading import load_lineage
from cchc.worktime.rules import CalendarRules
from cchc.worktime.timetable import Timetable
from cchc.worktime.windows import MINUTES_OF_A_DAY, Windows
from cchc.worktime.writing import content_hash

if TYPE_CHECKING:
    import numpy.typing as npt

    from cchc.worktime.bulk import Bulk, Flags, Minutes, Moments

Beyond = Literal["refuse", "nat"]


class Calendar:
    """A calendar with all it extends, ready to count.

    Every question is asked of aware datetimes, or of numpy arrays of `datetime64` in the calendar's own civil time,
    and has the same answer for both. Moments are floored to the minute. The calendar is read in civil time: of an hour
    that clocks repeat both passes are the same minutes, and an hour that they leave out has its minutes like any other.
    Moments outside the span, from 00:00 of the first day to 24:00 of the last, raise `worktime.outside_span`; they are
    never moved into it. Naive datetimes raise `worktime.naive_moment`. numpy is imported when arrays first come.
    """

    def __init__(self, lineage: Sequence[CalendarRules]) -> None:
        """From records: a calendar after those it extends, farthest first. Raises as `full_rules.complete` does."""
        self.lineage = tuple(lineage)
        self.rules = complete(self.lineage)
        self.id = lineage[-1].id
        self.title = lineage[-1].title
        self.time_zone = self.rules.time_zone
        self.zone = ZoneInfo(self.time_zone)
        self.timetable = Timetable(self.rules.windows_on(day) for day in self.rules.days())
        self._origin = self.rules.first.toordinal()
        self._prefix, self._before = self.timetable.prefix, self.timetable.before
        self._days = len(self.timetable.shapes)
        self._midnight = datetime.combine(self.rules.first, datetime.min.time(), self.zone)

    @classmethod
    def load(cls, source: str | Path) -> Self:
        """The calendar of a YAML file, or one that the product ships by its id, such as `vn`."""
        return cls(load_lineage(source))

    @cached_property
    def hash(self) -> str:
        """SHA-256 of its content and of all it extends: names what an answer was computed with."""
        return content_hash(self.lineage)

    @property
    def first(self) -> date:
        """The first day of the span."""
        return self.rules.first

    @property
    def last(self) -> date:
        """The last day of the span."""
        return self.rules.last

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[CalendarRules, ...]]]:
        """To other processes it travels as its records."""
        return type(self), (self.lineage,)

    def windows_on(self, day: date) -> Windows:
        """When that day is open. Raises `worktime.outside_span`."""
        if not self.first <= day <= self.last:
            self._refuse_outside(day)
        return self.rules.windows_on(day)

    @overload
    def elapsed_minutes(self, start: datetime, end: datetime) -> int: ...
    @overload
    def elapsed_minutes(self, start: npt.ArrayLike, end: npt.ArrayLike) -> Minutes: ...
    def elapsed_minutes(self, start: Any, end: Any) -> int | Minutes:
        """Open minutes in [start, end), negative when the end lies before the start. Arrays: int64."""
        if isinstance(start, datetime):
            return self._worked(end) - self._worked(start)
        minutes: Minutes = self._in_bulk(lambda bulk: bulk.elapsed(start, end))
        return minutes

    def minutes_until(self, moments: npt.ArrayLike) -> Minutes:
        """Open minutes from the first day to each moment of an array: differences of these are elapsed minutes."""
        minutes: Minutes = self._in_bulk(lambda bulk: bulk.minutes_until(moments))
        return minutes

    def inside(self, moments: npt.ArrayLike) -> Flags:
        """Which moments of an array lie in the span; NaT does not."""
        return self._bulk.inside(moments)

    @overload
    def due(self, start: datetime, minutes: SupportsIndex) -> datetime: ...
    @overload
    def due(self, start: npt.ArrayLike, minutes: npt.ArrayLike, *, beyond: Beyond = "refuse") -> Moments: ...
    def due(self, start: Any, minutes: Any, *, beyond: Beyond = "refuse") -> datetime | Moments:
        """The earliest moment with so many working minutes between `start` and it; `start` itself for none.

        So a limit that fills a window ends at its close. A limit in hours is one of 60 minutes each. Raises
        `worktime.negative_limit`, and `worktime.ends_outside_span` unless `beyond="nat"` asks for NaT in arrays.
        """
        if isinstance(start, datetime):
            return self._due(deadlines.after_minutes, start, minutes)
        return self._due_in_bulk(lambda bulk: bulk.after_minutes(start, minutes), start, minutes, beyond)

    @overload
    def due_in_working_days(self, start: datetime, days: SupportsIndex) -> datetime: ...
    @overload
    def due_in_working_days(
        self, start: npt.ArrayLike, days: npt.ArrayLike, *, beyond: Beyond = "refuse"
    ) -> Moments: ...
    def due_in_working_days(self, start: Any, days: Any, *, beyond: Beyond = "refuse") -> datetime | Moments:
        """The same position in the day, so many open days later, at most that day's total; see `due` for errors.

        The start moves to the next open minute; its position is the open minutes since that day's opening. From an
        opening on, a limit ends at the close of its last day.
        """
        if isinstance(start, datetime):
            return self._due(deadlines.after_working_days, start, days)
        return self._due_in_bulk(lambda bulk: bulk.after_working_days(start, days), start, days, beyond)

    @overload
    def due_in_calendar_days(self, start: date, days: SupportsIndex) -> datetime: ...
    @overload
    def due_in_calendar_days(
        self, start: npt.ArrayLike, days: npt.ArrayLike, *, beyond: Beyond = "refuse"
    ) -> Moments: ...
    def due_in_calendar_days(self, start: Any, days: Any, *, beyond: Beyond = "refuse") -> datetime | Moments:
        """The same clock time so many days later; when closed and not the close of a window, the next opening.

        From a date without a time the limit ends with a day: at 24:00 of the day so much later, or of the next one that
        is open. See `due` for errors.
        """
        if isinstance(start, datetime):
            return self._due(deadlines.after_calendar_days, start, days)
        if isinstance(start, date):
            return self._due_at_end_of_day(start, days)
        return self._due_in_bulk(lambda bulk: bulk.after_calendar_days(start, days), start, days, beyond)

    @overload
    def counting_start(self, received: datetime) -> datetime: ...
    @overload
    def counting_start(self, received: npt.ArrayLike, *, beyond: Beyond = "refuse") -> Moments: ...
    def counting_start(self, received: Any, *, beyond: Beyond = "refuse") -> datetime | Moments:
        """When counting starts for a dossier received then, by the calendar's intake rule: for appointments only.

        Received after the minute of the cut-off (15:00 means 15:00:59), or with day zero not counted, it is the opening
        of the next working day, else the reception itself. Raises `worktime.ends_outside_span` where there is none.
        """
        intake = self.rules.intake
        if isinstance(received, datetime):
            minute = self.minute_of(received)
            return self._moved(received, minute, deadlines.counting_start(self.timetable, minute, intake))
        return self._moved_in_bulk(lambda bulk: bulk.counting_start(received, intake), received, beyond)

    def end_of(self, day: date) -> datetime:
        """24:00 of a day: what a due date without a time means. Raises `worktime.outside_span`."""
        if not self.first <= day <= self.last:
            self._refuse_outside(day)
        return self.moment_at((day.toordinal() - self._origin + 1) * MINUTES_OF_A_DAY)

    @overload
    def explain(self, start: datetime, end: datetime) -> tuple[Span, ...]: ...
    @overload
    def explain(self, start: npt.ArrayLike, end: npt.ArrayLike) -> list[tuple[Span, ...]]: ...
    def explain(self, start: Any, end: Any) -> tuple[Span, ...] | list[tuple[Span, ...]]:
        """Every counted and skipped stretch between two moments, early to late, with its reason and source.

        The counted minutes add up to the elapsed ones (without their sign). Arrays give one list entry per pair.
        """
        if isinstance(start, datetime):
            return explain(self.rules, self.moment_at, *sorted((self.minute_of(start), self.minute_of(end))))
        pairs = self._in_bulk(lambda bulk: bulk.pairs(start, end))
        return [explain(self.rules, self.moment_at, *sorted(pair)) for pair in pairs]

    def minute_of(self, moment: datetime) -> int:
        """The minute of the timetable in which a moment lies. Raises `worktime.outside_span` or `naive_moment`."""
        civil = moment if moment.tzinfo is self.zone else self.civil(moment)
        minute = (civil.toordinal() - self._origin) * MINUTES_OF_A_DAY + civil.hour * 60 + civil.minute
        if not 0 <= minute <= self.timetable.length:
            self._refuse_outside(civil)
        return minute

    def moment_at(self, minute: int) -> datetime:
        """The moment, in the calendar's time zone, at which a minute of the timetable begins."""
        return self._midnight + timedelta(minutes=minute)

    def civil(self, moment: datetime) -> datetime:
        """The moment in the calendar's time zone. Raises `worktime.naive_moment`: no machine's zone is ever assumed."""
        if moment.utcoffset() is None:
            raise refuse("worktime.naive_moment", moment=moment.isoformat())
        try:
            return moment.astimezone(self.zone)
        except OverflowError:
            self._refuse_outside(moment)

    def _worked(self, moment: datetime) -> int:
        """`timetable.worked(minute_of(moment))`, the short way on all but the last midnight."""
        if moment.tzinfo is not self.zone:
            moment = self.civil(moment)
        day = moment.toordinal() - self._origin
        if 0 <= day < self._days:
            return self._prefix[day] + self._before[day][moment.hour * 60 + moment.minute]
        return self.timetable.worked(self.minute_of(moment))

    def _due(
        self, after: Callable[[Timetable, int, int], int | None], start: datetime, limit: SupportsIndex
    ) -> datetime:
        amount, begin = index(limit), self.minute_of(start)
        if amount < 0:
            raise refuse("worktime.negative_limit", limit=amount)
        return self._moved(start, begin, after(self.timetable, begin, amount))

    def _moved(self, start: datetime, begin: int, end: int | None) -> datetime:
        """The moment of minute `end`; where that is the one of `start`, the same pass of a repeated hour."""
        if end is None:
            raise self._ends_outside(start)
        if end == begin:
            return self.civil(start).replace(second=0, microsecond=0)
        return self.moment_at(end)

    def _due_at_end_of_day(self, start: date, limit: SupportsIndex) -> datetime:
        """24:00 of the day `limit` days later, or of the first open day from there on."""
        days = index(limit)
        if days < 0:
            raise refuse("worktime.negative_limit", limit=days)
        if not self.first <= start <= self.last:
            self._refuse_outside(start)
        day = start.toordinal() - self._origin + days
        if days and day < self._days:
            rank = self.timetable.rank[day]
            day = self.timetable.open_days[rank] if rank < len(self.timetable.open_days) else self._days
        if day >= self._days:
            raise self._ends_outside(start)
        return self.moment_at((day + 1) * MINUTES_OF_A_DAY)

    @cached_property
    def _bulk(self) -> Bulk:
        import numpy as np  # only those who bring arrays wait for it

        from cchc.worktime.bulk import Bulk

        return Bulk(self.timetable, np.datetime64(self.first))

    def _in_bulk(self, ask: Callable[[Bulk], Any]) -> Any:
        from cchc.worktime.bulk import OutsideSpan

        try:
            return ask(self._bulk)
        except OutsideSpan as error:
            self._refuse_outside(str(error.moment))

    def _due_in_bulk(
        self, ask: Callable[[Bulk], Moments], starts: npt.ArrayLike, limits: npt.ArrayLike, beyond: Beyond
    ) -> Moments:
        from cchc.worktime.bulk import as_amounts

        amounts = as_amounts(limits)
        if (amounts < 0).any():
            raise refuse("worktime.negative_limit", limit=int(amounts.min()))
        return self._moved_in_bulk(ask, starts, beyond)

    def _moved_in_bulk(self, ask: Callable[[Bulk], Moments], starts: npt.ArrayLike, beyond: Beyond) -> Moments:
        import numpy as np

        ends: Moments = self._in_bulk(ask)
        is_beyond = np.isnat(ends)
        if beyond == "refuse" and is_beyond.any():
            raise self._ends_outside(str(np.broadcast_to(starts, ends.shape)[is_beyond][0]))
        return ends

    def _refuse_outside(self, moment: datetime | date | str) -> NoReturn:
        span = {"id": self.id, "first": self.first, "last": self.last}
        raise refuse("worktime.outside_span", moment=_shown(moment), **span)

    def _ends_outside(self, start: datetime | date | str) -> DomainError:
        return refuse("worktime.ends_outside_span", start=_shown(start), id=self.id, last=self.last)


def _shown(moment: datetime | date | str) -> date | str:
    """As messages show it: with its time, where it has one."""
    if isinstance(moment, datetime):
        return moment.isoformat(" ", "minutes")
    return moment.replace("T", " ") if isinstance(moment, str) else moment
