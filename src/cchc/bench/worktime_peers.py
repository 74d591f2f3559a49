"""Other people's working-time software on the same calendar, where it is installed; none of it is needed by cchc.

Each peer is told of the calendar in its documented, natural way, and where that cannot say everything, by the tricks of
somebody who knows it well: a week from Monday to Saturday with every ordinary Saturday listed as a holiday, the two
windows of a day one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from importlib import import_module, metadata
from typing import Any, Final

from cchc.bench.worktime_sample import FIRST, LAST, OFFICE, SampleCalendar

Elapsed = Callable[[datetime, datetime], int]
_OPENS, _LUNCH, _BACK, _CLOSES = time(7, 30), time(11, 30), time(13, 30), time(17)
_DAY_SECONDS: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Peer:
    """One way of asking one package. `elapsed` takes two naive datetimes in order and gives minutes.

    `pairs` is how many of them a round of timing takes: some peers need milliseconds for one.
    """

    package: str
    encoding: str
    make: Callable[[SampleCalendar], Elapsed]
    pairs: int

    @property
    def name(self) -> str:
        """`businesstimedelta, natural`."""
        return f"{self.package}, {self.encoding}"

    @property
    def version(self) -> str | None:
        """The installed version; None when it is not installed."""
        try:
            return metadata.version(self.package)
        except metadata.PackageNotFoundError:
            return None


class _WorkingDays:
    """A calendar object as pm4py asks it: one look into a set."""

    def __init__(self, days: frozenset[date]) -> None:
        self.is_working_day = days.__contains__


def _pm4py(weekdays: int, *, knows_swaps: bool) -> Callable[[SampleCalendar], Elapsed]:
    def make(sample: SampleCalendar) -> Elapsed:
        difference = import_module("pm4py.util.business_hours").soj_time_business_hours_diff
        slots = [
            (day * _DAY_SECONDS + start * 60, day * _DAY_SECONDS + end * 60)
            for day in range(weekdays)
            for start, end in OFFICE
        ]
        working = sample.working_days if knows_swaps else sample.working_days - sample.worked_saturdays
        days = _WorkingDays(working)
        return lambda start, end: round(difference(start, end, slots, days) / 60)

    return make


def _business_time_delta(
    working_days: int, holidays: Callable[[SampleCalendar], Any]
) -> Callable[[SampleCalendar], Elapsed]:
    def make(sample: SampleCalendar) -> Elapsed:
        package = import_module("businesstimedelta")
        rules = package.Rules(
            [
                package.WorkDayRule(_OPENS, _CLOSES, list(range(working_days))),
                package.LunchTimeRule(_LUNCH, _BACK, list(range(working_days))),
                package.HolidayRule(holidays(sample)),
            ]
        )

        def elapsed(start: datetime, end: datetime) -> int:
            found = rules.difference(start, end)
            return int(found.hours * 60 + found.seconds // 60)

        return elapsed

    return make


def _business_duration_once(sample: SampleCalendar) -> Elapsed:
    """One window a day: there is no way to tell it of lunch."""
    duration = import_module("business_duration").businessDuration
    holidays = dict.fromkeys(sample.days_off, "")
    return lambda start, end: _whole(duration(start, end, _OPENS, _CLOSES, [5, 6], holidays, "min"))


def _business_duration_twice(sample: SampleCalendar) -> Elapsed:
    duration = import_module("business_duration").businessDuration
    holidays = dict.fromkeys(sample.days_off | sample.saturdays_off, "")
    return lambda start, end: sum(
        _whole(duration(start, end, opens, closes, [6], holidays, "min"))
        for opens, closes in ((_OPENS, _LUNCH), (_BACK, _CLOSES))
    )


def _whole(minutes: float) -> int:
    return 0 if minutes != minutes else round(minutes)  # NaN is its word for no time at all


def _custom_business_hour(sample: SampleCalendar) -> Elapsed:
    """It steps by whole hours and has no difference: the steps between are counted."""
    pandas = import_module("pandas")
    step = pandas.tseries.offsets.CustomBusinessHour(
        start=["07:30", "13:30"], end=["11:30", "17:00"], holidays=sorted(sample.days_off)
    )
    return lambda start, end: 60 * max(len(pandas.date_range(start, end, freq=step)) - 1, 0)


def _exchange(sample: SampleCalendar) -> Elapsed:
    """An office as a stock exchange with a lunch break, its minutes sliced and counted."""
    pandas, module = import_module("pandas"), import_module("exchange_calendars.exchange_calendar")
    zone = import_module("zoneinfo").ZoneInfo("UTC")
    off = [pandas.Timestamp(day) for day in sorted(sample.days_off | sample.saturdays_off)]
    settings = {
        "name": "office", "tz": zone, "weekmask": "1111110", "adhoc_holidays": off,
        "open_times": ((None, _OPENS),), "close_times": ((None, _CLOSES),),
        "break_start_times": ((None, _LUNCH),), "break_end_times": ((None, _BACK),),
    }  # fmt: skip
    office = type("Office", (module.ExchangeCalendar,), settings)(
        start=FIRST.isoformat(), end=LAST.isoformat(), side="left"
    )
    minute = pandas.Timedelta(minutes=1)

    def elapsed(start: datetime, end: datetime) -> int:
        if start == end:
            return 0
        first, last = pandas.Timestamp(start, tz="UTC"), pandas.Timestamp(end, tz="UTC") - minute
        return len(office.minutes_in_range(first, last))

    return elapsed


PEERS: Final = (
    Peer("pm4py", "natural", _pm4py(5, knows_swaps=False), 500),
    Peer("pm4py", "trick", _pm4py(6, knows_swaps=True), 500),
    Peer("businesstimedelta", "natural", _business_time_delta(5, lambda sample: sorted(sample.days_off)), 30),
    Peer(
        "businesstimedelta",
        "trick",
        _business_time_delta(6, lambda sample: sample.days_off | sample.saturdays_off),
        100,
    ),
    Peer("business-duration", "natural", _business_duration_once, 100),
    Peer("business-duration", "trick", _business_duration_twice, 100),
    Peer("pandas", "natural", _custom_business_hour, 20),
    Peer("exchange_calendars", "trick", _exchange, 200),
)


def installed() -> Iterator[Peer]:
    """Those that can be asked here."""
    return (peer for peer in PEERS if peer.version is not None)


def absent() -> list[str]:
    """The packages that are not installed here."""
    return sorted({peer.package for peer in PEERS if peer.version is None})
