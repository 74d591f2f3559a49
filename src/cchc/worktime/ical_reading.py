"""iCalendar files: our own without loss; all-day events of others as closed days that nobody has verified.

Places count the events of the file from 1. What cannot be a closed day is left out and said, never guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import icalendar

from cchc.records.errors import DomainError, Place, Problem, refuse, unreadable
from cchc.records.schema import as_entries
from cchc.records.sources import Validity
from cchc.records.trees import from_columns
from cchc.records.yaml_text import Node
from cchc.worktime.ical_layout import CALENDAR_PROPERTY, OPEN_PROPERTY, PROPERTIES, open_tree
from cchc.worktime.ical_repeating import day_of, starts_of, value_of
from cchc.worktime.nodes import nested, node_of, text_node

MAX_BYTES: Final = 2_000_000
MAX_EVENTS: Final = 10_000
MAX_DAYS: Final = 100_000
_MOST_DAYS_OF_AN_EVENT: Final = 366
_DOUBT: Final = {
    "vi": "Nhập từ tệp iCalendar; chưa đối chiếu với văn bản",
    "en": "Taken from an iCalendar file; not compared with a document",
}
_NAMELESS: Final = "Ngày nghỉ"


@dataclass(frozen=True, slots=True)
class IcalContent:
    """The calendar's own keys (None in a file of others), its days, and what was left out and why."""

    header: Mapping[str, Node] | None
    days: tuple[Node, ...]
    left_out: tuple[Problem, ...]


def read_ical(content: bytes, file: str, within: Validity | None) -> IcalContent:
    """The exceptional days of an iCalendar file. Events of others count on the days of `within` only, if given.

    Raises `Unreadable` with `worktime.ical_too_large`, `worktime.ical_not_utf8`, `worktime.not_ical`,
    `worktime.too_many_events`, `worktime.too_many_days`; `worktime.bad_calendar_property` for a damaged file of ours.
    """
    components = _parsed(content, file)
    events = [event for component in components for event in component.walk("VEVENT")]
    if len(events) > MAX_EVENTS:
        raise unreadable("worktime.too_many_events", Place(file), limit=MAX_EVENTS)
    placed = [(event, Place(file, row=number)) for number, event in enumerate(events, start=1)]
    own = tuple(_own_day(event, place) for event, place in placed if _is_own(event))
    others = _Others(file, within)
    for event, place in placed:
        if not _is_own(event):
            others.add(event, place)
    return IcalContent(_header(components, file), (*own, *others.days()), tuple(others.left_out))


def _parsed(content: bytes, file: str) -> list[icalendar.Component]:
    if len(content) > MAX_BYTES:
        raise unreadable("worktime.ical_too_large", Place(file), limit=MAX_BYTES // 1_000_000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise unreadable("worktime.ical_not_utf8", Place(file)) from error
    try:
        return list(icalendar.Component.from_ical(_without_time_zones(text), multiple=True))
    except Exception as error:  # the library meets damaged text with whatever breaks inside it
        raise unreadable("worktime.not_ical", Place(file)) from error


def _without_time_zones(text: str) -> str:
    """Whole days need none, and the library would remember them for the rest of the process."""
    kept, is_inside = [], False
    for line in text.split("\n"):
        mark = line.strip().upper()
        is_inside = is_inside or mark == "BEGIN:VTIMEZONE"
        if not is_inside:
            kept.append(line)
        is_inside = is_inside and mark != "END:VTIMEZONE"
    return "\n".join(kept)


def _header(components: list[icalendar.Component], file: str) -> Mapping[str, Node] | None:
    """The calendar's own keys and weeks as we wrote them, or None."""
    text = next((str(found) for c in components if (found := c.get(CALENDAR_PROPERTY)) is not None), None)
    if text is None:
        return None
    try:
        return as_entries(node_of(json.loads(text), Place(file))).entries
    except (ValueError, RecursionError, DomainError) as error:
        raise refuse("worktime.bad_calendar_property", Place(file), name=CALENDAR_PROPERTY) from error


def _is_own(event: icalendar.Component) -> bool:
    return OPEN_PROPERTY in event and day_of(event, "DTSTART") is not None


def _own_day(event: icalendar.Component, place: Place) -> Node:
    day = day_of(event, "DTSTART")
    assert day is not None  # `_is_own`
    texts = {path: str(event[name]) for path, name in PROPERTIES.items() if name in event}
    nodes: dict[str, Node] = {path: text_node(text, place) for path, text in from_columns(texts).items()}
    nodes["on"] = text_node(day.isoformat(), place)
    nodes["open"] = node_of(open_tree(str(event[OPEN_PROPERTY])), place)
    nodes["name.vi"] = text_node(str(event.get("SUMMARY", "")), place)
    return nested(nodes, place)


class _Others:
    """Closed days out of other people's events: several events of one day put their names together."""

    def __init__(self, file: str, within: Validity | None) -> None:
        self.left_out: list[Problem] = []
        self._file = file
        self._within = within
        self._names: dict[date, dict[str, Place]] = {}
        self._counted = 0

    def add(self, event: icalendar.Component, place: Place) -> None:
        """Take the event's days, or note why not."""
        name = str(event.get("SUMMARY", "")).strip() or _NAMELESS
        try:
            starts, length = starts_of(event, self._within, place), _length(event, place)
        except DomainError as error:
            self.left_out += error.problems
            return
        for day in (day for start in starts for day in _days_from(start, length)):
            self._count()
            if self._within is None or self._within.holds_on(day):
                self._names.setdefault(day, {}).setdefault(name, place)

    def days(self) -> Iterator[Node]:
        """One node for each day."""
        for day, names in self._names.items():
            tree = {
                "on": day.isoformat(),
                "open": [],
                "name": "; ".join(names),
                "source": {"document": self._file},
                "verified": {"no": _DOUBT},
            }
            yield node_of(tree, next(iter(names.values())))

    def _count(self) -> None:
        self._counted += 1
        if self._counted > MAX_DAYS:
            raise unreadable("worktime.too_many_days", Place(self._file), limit=MAX_DAYS)


def _length(event: icalendar.Component, place: Place) -> int:
    """How many days the event lasts; an end that is not after the start means one day."""
    start, end = day_of(event, "DTSTART"), day_of(event, "DTEND")
    lasts = value_of(event, "DURATION")
    days = (end - start).days if start and end else lasts.days if isinstance(lasts, timedelta) else 1
    if days > _MOST_DAYS_OF_AN_EVENT:
        raise refuse("worktime.event_too_long", place, limit=_MOST_DAYS_OF_AN_EVENT)
    return max(days, 1)


def _days_from(start: date, length: int) -> Iterator[date]:
    first = start.toordinal()
    return map(date.fromordinal, range(first, min(first + length, date.max.toordinal() + 1)))
