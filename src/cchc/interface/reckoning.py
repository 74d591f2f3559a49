"""Why a date is what it is: a calendar's answer as the why-sheet that pages show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from cchc.interface.errors import current_language
from cchc.interface.shapes import CountedDay, WhySheet
from cchc.records.words import say
from cchc.worktime import Calendar
from cchc.worktime.explaining import Span
from cchc.worktime.source_words import source_message, verification_message

_DAY = timedelta(days=1)


def why_sheet(
    calendar: Calendar, *, subject: str, start: datetime, due_at: datetime, limit: int, rule: str, rule_source: str,
    start_label: str = "",
) -> WhySheet:  # fmt: skip
    """Every day from `start` to `due_at` with what counts of it and why not.

    `limit`, in working minutes, is what the days must add up to: the sheet says so when they do not.
    """
    days = tuple(_days(calendar, calendar.civil(start), calendar.civil(due_at)))
    return WhySheet(subject, start, due_at, limit, rule, rule_source, days, start_label)


def _days(calendar: Calendar, start: datetime, due_at: datetime) -> Iterator[CountedDay]:
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    while midnight < due_at:
        spans = calendar.explain(max(start, midnight), min(due_at, midnight + _DAY))
        yield _day(midnight.date(), spans)
        midnight += _DAY


def _day(day: date, spans: tuple[Span, ...]) -> CountedDay:
    """A usual working day needs no reason; one that is off, or open by exception, names it."""
    minutes = sum(span.minutes for span in spans)
    telling = [span for span in spans if span.is_counted == bool(minutes)]
    longest = max(telling, key=lambda span: span.end - span.start, default=None)
    if longest is None or longest.reason.code == "worktime.open_hours":
        return CountedDay(day, minutes)
    return CountedDay(day, minutes, say(longest.reason, current_language()), _source(longest))


def _source(span: Span) -> str:
    """The document behind it, and the doubt where nobody has checked it; empty where none is named."""
    if span.source is None:
        return ""
    language = current_language()
    named = say(source_message(span.source), language)
    if span.verification is not None and span.verification.verified:
        return named
    return f"{named}; {say(verification_message(span.verification), language)}"
