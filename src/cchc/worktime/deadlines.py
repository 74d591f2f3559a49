"""Where a limit ends, in minutes of a timetable. None: after the timetable has ended.

`bulk` does the same for arrays; tests hold the two together.
"""

from __future__ import annotations

from cchc.worktime.rules import Intake
from cchc.worktime.timetable import Timetable
from cchc.worktime.windows import MINUTES_OF_A_DAY


def after_minutes(timetable: Timetable, start: int, minutes: int) -> int | None:
    """The earliest minute with `minutes` open ones between `start` and it; `start` itself for none."""
    if minutes == 0:
        return start
    worked = timetable.worked(start) + minutes
    return timetable.reached(worked) if worked <= timetable.total else None


def after_working_days(timetable: Timetable, start: int, days: int) -> int | None:
    """The same position `days` open days later, at most that day's total; counted from the next open minute.

    From an opening on, that is the close of the last of the days. `start` itself for no days.
    """
    if days == 0:
        return start
    begin = timetable.next_open(start)
    if begin is None:
        return None
    day = begin // MINUTES_OF_A_DAY
    position = timetable.worked(begin) - timetable.prefix[day]
    last = timetable.rank[day] + days
    if last < len(timetable.open_days):
        day = timetable.open_days[last]
        return timetable.reached(timetable.prefix[day] + min(position, timetable.shapes[day].total))
    if last == len(timetable.open_days) and position == 0:
        return timetable.reached(timetable.total)
    return None


def after_calendar_days(timetable: Timetable, start: int, days: int) -> int | None:
    """The same clock time `days` later; when closed and not the close of a window, the next opening.

    `start` itself for no days.
    """
    minute = start + days * MINUTES_OF_A_DAY
    if minute > timetable.length:
        return None
    if days == 0 or timetable.closes_at(minute):
        return minute
    return timetable.next_open(minute)


def counting_start(timetable: Timetable, received: int, intake: Intake) -> int | None:
    """When counting starts for what is received: then, or at the opening of the next open day."""
    day, of_day = divmod(received, MINUTES_OF_A_DAY)
    is_too_late = intake.cut_off is not None and of_day > intake.cut_off
    if not is_too_late and intake.day_zero == "counted":
        return received
    next_midnight = (day + 1) * MINUTES_OF_A_DAY
    return timetable.next_open(next_midnight) if next_midnight <= timetable.length else None
