"""A calendar as an iCalendar file: one all-day event for each exceptional day."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Final

import icalendar

from cchc.records.dates import format_date
from cchc.records.sources import Source
from cchc.records.trees import to_columns
from cchc.worktime.ical_layout import CALENDAR_PROPERTY, OPEN_PROPERTY, PROPERTIES, open_text
from cchc.worktime.nodes import by_path
from cchc.worktime.rules import CalendarRules, DayException
from cchc.worktime.writing import exception_tree, rules_tree

_PRODUCT: Final = "-//cchc//worktime//VI"
# The same bytes for the same content: the time of writing says nothing about a calendar.
_STAMP: Final = datetime(2000, 1, 1, tzinfo=UTC)


def to_ical(rules: CalendarRules) -> bytes:
    """UTF-8. The calendar alone, without the one it extends."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("x-wr-calname", icalendar.vText(rules.title.vi))
    if rules.time_zone is not None:
        calendar.add("x-wr-timezone", rules.time_zone)
    tree = rules_tree(rules)
    tree.pop("exceptions", None)
    _add_own(calendar, CALENDAR_PROPERTY, json.dumps(tree, ensure_ascii=False))
    for exception in rules.exceptions:
        calendar.add_component(_event(rules.id, exception))
    content: bytes = calendar.to_ical()
    return content


def _event(calendar: str, exception: DayException) -> icalendar.Event:
    tree = exception_tree(exception)
    event = icalendar.Event()
    event.add("uid", f"{exception.on.isoformat()}.{calendar}@cchc")
    event.add("dtstamp", _STAMP)
    event.add("dtstart", exception.on)  # without an end: the whole day
    event.add("summary", exception.name.vi)
    event.add("description", _described(exception.source))
    event.add("transp", "TRANSPARENT")  # it blocks nobody's own appointments
    _add_own(event, OPEN_PROPERTY, open_text(tree["open"]))
    texts = to_columns(by_path(tree))
    for path, name in PROPERTIES.items():
        if path in texts:
            _add_own(event, name, texts[path])
    return event


def _add_own(component: icalendar.Component, name: str, text: str) -> None:
    component.add(name, icalendar.vText(text), parameters={"VALUE": "TEXT"})


def _described(source: Source) -> str:
    """The source in one line, for people who see the event in their calendar."""
    parts: tuple[Any, ...] = (source.document, source.on and format_date(source.on), source.article, source.url)
    return ", ".join(part for part in parts if part)
