"""A comparison of two calendars as messages, to be put into words at the edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cchc.records.errors import Message
from cchc.worktime.comparison import Comparison, DayDifference, DayState, Difference
from cchc.worktime.rules import WEEKDAYS
from cchc.worktime.source_words import source_message, verification_message
from cchc.worktime.windows import Windows


def differences(comparison: Comparison) -> Iterator[tuple[Message, ...]]:
    """One entry for each difference: what it is, and for days how it was before and is after."""
    for whole in comparison.whole:
        yield (Message(f"worktime.differs_{whole}"),)
    for days in comparison.alike():
        yield _headline(days), state(days[0].before), state(days[0].after)


def state(found: DayState) -> Message:
    """A day as it is in one calendar."""
    return Message(
        "worktime.day_state",
        {
            "hours": hours(found.windows),
            "name": found.name or Message("worktime.ordinary_day"),
            "source": source_message(found.source),
            "verified": verification_message(found.verification),
        },
    )


def hours(windows: Windows) -> Message:
    """`07:30-11:30, 13:00-17:00`, or that the day is off."""
    return Message("worktime.open_at", {"windows": list(map(str, windows))}) if windows else Message("worktime.day_off")


def _headline(days: Sequence[DayDifference]) -> Message:
    what = [Message(f"worktime.differs_{difference}") for difference in _told(days[0].what)]
    if len(days) == 1:
        return Message("worktime.day_differs", {"day": days[0].day, "weekday": _weekdays(days), "what": what})
    stretch = {"first": days[0].day, "last": days[-1].day, "count": len(days)}
    return Message("worktime.days_differ", stretch | {"weekdays": _weekdays(days), "what": what})


def _told(what: Sequence[Difference]) -> Sequence[Difference]:
    """A day with other hours has another name and source as a rule: both lines below show them."""
    return what[:1] if what[0] in ("opened", "closed", "hours") else what


def _weekdays(days: Sequence[DayDifference]) -> Message | list[Message]:
    """The days of the week, three and more in a row as a stretch."""
    found = sorted({difference.day.weekday() for difference in days})
    names = [Message(f"worktime.weekday_{WEEKDAYS[number]}") for number in found]
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return Message("worktime.weekdays", {"first": names[0], "last": names[-1]})
    return names
