"""Moments as people and systems write them, and the words in which a due date is told."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from cchc.records.dates import parse_date
from cchc.records.errors import DomainError, Message, unreadable
from cchc.worktime.rules import WEEKDAYS
from cchc.worktime.windows import format_time, parse_time

_MOMENT: Final = re.compile(
    r"""
    (?P<day>[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4})
    (?:
        (?:T|\s+)(?P<time>[0-9]{1,2}:[0-9]{2})(?::[0-5][0-9](?:[.,][0-9]{1,9})?)?
        \s*(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?
    )?
    """,
    re.VERBOSE,
)


def parse_moment(text: str, zone: ZoneInfo) -> datetime | date:
    """`2026-11-23T08:30`, `23/11/2026 08:30`, with or without seconds and `Z` or `+07:00`; or a date without a time.

    Seconds are dropped. A moment without an offset is civil time in `zone`; of an hour that clocks repeat it is the
    first pass. `24:00` is the end of the day. Raises `worktime.not_a_moment`.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise unreadable("worktime.not_a_moment", text=text)
    try:
        day = parse_date(match["day"])
        if match["time"] is None:
            return day
        minutes = parse_time(match["time"])
        midnight = datetime.combine(day, datetime.min.time(), zone)
        if match["offset"] is not None:
            midnight = datetime.fromisoformat(f"{day}T00:00{match['offset']}")
        return midnight + timedelta(minutes=minutes)
    except (DomainError, ValueError, OverflowError) as error:
        raise unreadable("worktime.not_a_moment", text=text) from error


def moment_message(moment: datetime) -> Message:
    """`08:30 thứ Hai, 23/11/2026`."""
    return _message(format_time(_of_day(moment)), moment.date())


def end_message(moment: datetime) -> Message:
    """`moment_message`, but what ends at midnight does so at 24:00 of the day before."""
    day, time = _end(moment)
    return _message(time, day)


def stretch_message(start: datetime, end: datetime) -> Message:
    """From moment to moment; within one day the day is said once."""
    last, until = _end(end)
    if start.date() != last:
        return Message("worktime.stretch", {"start": moment_message(start), "end": end_message(end)})
    times = {"start": format_time(_of_day(start)), "end": until}
    return Message("worktime.stretch_of_day", {**times, "weekday": weekday_message(last), "day": last})


def _message(time: str, day: date) -> Message:
    return Message("worktime.moment", {"time": time, "weekday": weekday_message(day), "day": day})


def weekday_message(day: date) -> Message:
    """The name of the weekday, as papers write it: “thứ Tư”."""
    return Message(f"worktime.weekday_{WEEKDAYS[day.weekday()]}")


def _of_day(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _end(moment: datetime) -> tuple[date, str]:
    minutes = _of_day(moment)
    return (moment.date(), format_time(minutes)) if minutes else (moment.date() - timedelta(days=1), "24:00")
