"""One calendar file: YAML text to `CalendarRules`, refusing the unclear with file, line and next step."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from functools import partial
from typing import Final, TypeVar, cast
from zoneinfo import ZoneInfo

from cchc.records.errors import DomainError, Place, problem, refuse
from cchc.records.schema import (
    Collector,
    Fields,
    as_choice,
    as_date,
    as_items,
    as_local_text,
    as_source,
    as_text,
    as_validity,
    as_verification,
    placed,
    placing,
    reading,
)
from cchc.records.sources import Source, Verification
from cchc.records.yaml_text import Node, Scalar, read_yaml
from cchc.worktime.rules import (
    AFTER_CUT_OFF,
    DAY_ZERO,
    WEEKDAYS,
    AfterCutOff,
    CalendarRules,
    DayException,
    DayZero,
    Intake,
    Week,
    Weekday,
)
from cchc.worktime.windows import Windows, in_order, parse_time, parse_window

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_Record = TypeVar("_Record", Week, DayException)


def read_rules(content: bytes | str, file: str) -> CalendarRules:
    """The calendar in the text of a YAML file; `file` is what problems name. All problems are raised together."""
    return rules_in(read_yaml(content, file))


def rules_in(node: Node) -> CalendarRules:
    """The calendar in text nodes, wherever they came from. All problems are raised together."""
    collector = Collector()
    made = collector.attempt(lambda: _read(node, collector))
    collector.check()
    assert made is not None
    return made


def as_id(node: Node) -> str:
    """The id of a calendar: it names a file, so it holds no slash. Raises `worktime.bad_id`."""
    text = as_text(node)
    if _ID.fullmatch(text) is None:
        raise refuse("worktime.bad_id", node.place, id=text)
    return text


def as_time_zone(node: Node) -> str:
    """A key of the time zone database, such as `Asia/Ho_Chi_Minh`. Raises `worktime.unknown_time_zone`."""
    key = as_text(node)
    try:
        ZoneInfo(key)
    except (OSError, ValueError, LookupError) as error:
        raise refuse("worktime.unknown_time_zone", node.place, key=key) from error
    return key


def as_windows(node: Node) -> Windows:
    """The windows of one day, in any order; none when it is closed."""
    windows = [placed(item, parse_window) for item in as_items(node)]
    with placing(node.place):
        return in_order(windows)


def _read(node: Node, collector: Collector) -> CalendarRules:
    with reading(node) as fields:
        extends = fields.maybe("extends", as_id)
        source, verification = fields.maybe("source", as_source), fields.maybe("verified", as_verification)
        if extends is None:
            for key in ("time_zone", "valid", "weeks"):
                fields.need(key)
        return CalendarRules(
            id=as_id(fields.need("id")),
            title=as_local_text(fields.need("title")),
            extends=extends,
            time_zone=fields.maybe("time_zone", as_time_zone),
            validity=fields.maybe("valid", as_validity),
            weeks=_read_each(
                fields, "weeks", collector, lambda item: _read_week(item, source, verification), _week_key
            ),
            exceptions=_read_each(
                fields,
                "exceptions",
                collector,
                lambda item: _read_exception(item, source, verification),
                _exception_key,
            ),
            intake=fields.maybe("intake", _read_intake),
            source=source,
            verification=verification,
            place=node.place,
        )


def _read_each(
    fields: Fields,
    key: str,
    collector: Collector,
    read: Callable[[Node], _Record],
    day_of: Callable[[_Record], date],
) -> tuple[_Record, ...]:
    """The records of a list in the order of their days; what is wrong and what comes twice is noted."""
    node = fields.get(key)
    items = () if node is None else as_items(node)
    records = [record for item in items if (record := collector.attempt(partial(read, item)))]
    collector.attempt(lambda: _refuse_twice(f"worktime.{key}_twice", ((day_of(r), r.place) for r in records)))
    return tuple(sorted(records, key=day_of))


def _refuse_twice(code: str, days: Iterable[tuple[Hashable, Place | None]]) -> None:
    first: dict[Hashable, Place | None] = {}
    twice = []
    for day, place in days:
        if day in first:
            twice.append(problem(code, place, day=day, other=str(first[day] or "")))
        first.setdefault(day, place)
    if twice:
        raise DomainError(*twice)


def _week_key(week: Week) -> date:
    return week.start


def _exception_key(exception: DayException) -> date:
    return exception.on


def _read_week(node: Node, source: Source | None, verification: Verification | None) -> Week:
    """Source and verification are its own, or those of the whole calendar, if any."""
    with reading(node) as fields:
        days = tuple(as_windows(fields.need(day)) for day in WEEKDAYS)
        return Week(
            as_date(fields.need("from")),
            cast(tuple[Windows, Windows, Windows, Windows, Windows, Windows, Windows], days),
            fields.maybe("source", as_source) or source,
            fields.maybe("verified", as_verification) or verification,
            node.place,
        )


def _read_exception(node: Node, source: Source | None, verification: Verification | None) -> DayException:
    """Source and verification are its own, or those of the whole calendar; without either it is refused."""
    with reading(node) as fields:
        return DayException(
            as_date(fields.need("on")),
            _read_open(fields.need("open")),
            as_local_text(fields.need("name")),
            fields.maybe("source", as_source) or source or as_source(fields.need("source")),
            fields.maybe("verified", as_verification) or verification or as_verification(fields.need("verified")),
            node.place,
        )


def _read_open(node: Node) -> Windows | Weekday:
    if isinstance(node, Scalar):
        return cast(Weekday, as_choice(node, WEEKDAYS))
    return as_windows(node)


def _read_intake(node: Node) -> Intake:
    with reading(node) as fields:
        after = fields.maybe("after_cut_off", lambda item: as_choice(item, AFTER_CUT_OFF))
        day_zero = fields.maybe("day_zero", lambda item: as_choice(item, DAY_ZERO))
        return Intake(
            fields.maybe("cut_off", lambda item: placed(item, parse_time)),
            cast(AfterCutOff, after or AFTER_CUT_OFF[0]),
            cast(DayZero, day_zero or DAY_ZERO[0]),
            fields.maybe("source", as_source),
            fields.maybe("verified", as_verification),
        )
