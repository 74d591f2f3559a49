"""Calendars out of and into files that people edit: YAML, CSV, XLSX, iCalendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from cchc.records.errors import Place, Problem, refuse
from cchc.records.sources import Validity
from cchc.records.yaml_text import Entries, Items, Node
from cchc.worktime.calendar import Calendar
from cchc.worktime.ical_reading import read_ical
from cchc.worktime.ical_writing import to_ical
from cchc.worktime.nodes import node_of
from cchc.worktime.reading import rules_in
from cchc.worktime.rules import CalendarRules, Intake
from cchc.worktime.sheet_reading import days_in, header_in, tables_in
from cchc.worktime.sheet_writing import to_csv, to_workbook
from cchc.worktime.writing import rules_tree
from cchc.worktime.yaml_writing import to_yaml

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_ICAL_BEGINS: Final = b"BEGIN:VCALENDAR"
WRITERS: Final[Mapping[str, Callable[[CalendarRules], bytes]]] = {
    ".csv": to_csv,
    ".xlsx": to_workbook,
    ".ics": to_ical,
    ".yaml": lambda rules: to_yaml(rules).encode(),
}
"""By the ending of the file's name. A CSV table holds the exceptional days only, the others the whole calendar."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds: exceptional days, the calendar's own keys if any, and what was left out and why."""

    file: str
    days: tuple[Node, ...]
    header: Mapping[str, Node] | None
    left_out: tuple[Problem, ...] = ()


def written(rules: CalendarRules, ending: str) -> bytes:
    """The calendar alone as a file of that ending (`.ics`). Raises `worktime.unknown_ending`."""
    if ending.lower() not in WRITERS:
        raise refuse("worktime.unknown_ending", ending=ending, known=tuple(WRITERS))
    return WRITERS[ending.lower()](rules)


def found_in(content: bytes, file: str, within: Validity | None = None) -> Found:
    """What a CSV, XLSX or iCalendar file holds, whatever its name says.

    Other people's events count on the days of `within` only, if given. Raises what the readers of the formats raise.
    """
    if _is_ical(content):
        read = read_ical(content, file, within)
        return Found(file, read.days, read.header, read.left_out)
    grids = tables_in(content, file)
    return Found(file, days_in(grids), header_in(grids))


def calendar_of(found: Found, base: CalendarRules | None = None, *, adding: bool = False) -> CalendarRules:
    """The calendar in a file; or `base` with the days of the file instead of its own, or added to its own.

    A day that is added replaces the one `base` has. Raises `worktime.needs_base` when the file holds days only and
    no base is given, and everything that is wrong with the days.
    """
    place = Place(found.file)
    if base is None:
        if found.header is None:
            raise refuse("worktime.needs_base", place)
        return _typed(found.header, found.days, place)
    header = node_of(rules_tree(replace(base, exceptions=())), place)
    assert isinstance(header, Entries)
    made = _typed(header.entries, found.days, place)
    if not adding:
        return made
    merged = {exception.on: exception for exception in (*base.exceptions, *made.exceptions)}
    return replace(made, exceptions=tuple(merged[day] for day in sorted(merged)))


def whole(calendar: Calendar) -> CalendarRules:
    """The calendar with all that it extends laid into it: it extends nothing any more and answers the same."""
    rules = calendar.rules
    return replace(
        calendar.lineage[-1],
        extends=None,
        time_zone=rules.time_zone,
        validity=Validity(rules.first, rules.last),
        weeks=rules.weeks,
        exceptions=tuple(rules.exceptions[day] for day in sorted(rules.exceptions)),
        intake=None if rules.intake == Intake() else rules.intake,
    )


def _typed(header: Mapping[str, Node], days: tuple[Node, ...], place: Place) -> CalendarRules:
    entries = {**header, "exceptions": Items(days, place)}
    return rules_in(Entries(entries, {key: node.place for key, node in entries.items()}, place))


def _is_ical(content: bytes) -> bool:
    return content.removeprefix(_BYTE_ORDER_MARK).lstrip()[: len(_ICAL_BEGINS)].upper() == _ICAL_BEGINS
