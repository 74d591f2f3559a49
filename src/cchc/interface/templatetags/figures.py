"""Numbers and dates in the reader's form: `{% load figures %} {{ index|figure:2 }} {{ round.closed_on|day }}`."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils import timezone

from cchc.interface.durations import clock_time, end_day, end_time, hours_and_minutes
from cchc.interface.errors import current_language
from cchc.records.dates import format_date
from cchc.records.numbers import format_number, format_typed
from cchc.records.words import say
from cchc.worktime.moments import weekday_message

register = template.Library()
Exact = Fraction | Decimal | int
NOTHING = "–"


@register.filter
def figure(value: Exact | None, decimals: int | None = None) -> str:
    """`1.214,50`: exactly `decimals` places, or as many as needed (at most four). Nothing known: a dash."""
    if value is None:
        return NOTHING
    if not isinstance(value, Fraction | Decimal | int):
        raise TypeError(f"a figure is exact, not {type(value).__name__}")
    return format_number(value, current_language(), decimals)


@register.filter
def typed(text: str) -> str:
    """A figure as somebody typed it, with the reader's decimal sign; nothing typed stays nothing."""
    return format_typed(text, current_language())


@register.filter
def share(value: Exact | None, decimals: int = 1) -> str:
    """0.973 → `97,3 %`."""
    if value is None:
        return NOTHING
    return f"{figure(Fraction(value) * 100, decimals)}\N{NO-BREAK SPACE}%"


@register.filter
def day(value: date | datetime | None) -> str:
    """`23/11/2026`; a moment is taken in Vietnam's time."""
    if value is None:
        return NOTHING
    civil = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return format_date(civil, current_language())


@register.filter
def weekday(value: date) -> str:
    """`Thứ Tư`, as papers write it; capitalised, for it begins a line."""
    name = say(weekday_message(value), current_language())
    return name[:1].upper() + name[1:]


@register.filter
def moment(value: datetime | None) -> str:
    """`16:30, 25/11/2026`."""
    return NOTHING if value is None else f"{clock_time(value)}, {day(value)}"


@register.filter
def until(value: datetime | None) -> str:
    """An end: as `moment`, but the end of a day is `24:00` of that day, not the next day's beginning."""
    return NOTHING if value is None else f"{end_time(value)}, {day(end_day(value))}"


@register.filter
def minutes(value: int | None) -> str:
    """200 → `3 giờ 20 phút`."""
    return NOTHING if value is None else hours_and_minutes(value)
