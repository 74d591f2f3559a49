"""A mapping file: YAML text to `LogMapping`, refusing the unclear with file, line and next step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import MISSING, fields
from datetime import datetime
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from cchc.ledger.mapping import (
    BARE_DATES,
    DUE_TIMES,
    EVENTS,
    FIRST_EVENT,
    GAPS,
    LAST_EVENT,
    LIMIT_KINDS,
    Constant,
    Limit,
    LogMapping,
    WaitsFor,
    column_name,
)
from cchc.ledger.schema import WAITS_FOR
from cchc.ledger.stamps import read_moment
from cchc.records.errors import DomainError, Place, Problem, problem, refuse, unreadable
from cchc.records.schema import (
    Collector,
    Fields,
    as_choice,
    as_count,
    as_entries,
    as_items,
    as_number,
    as_text,
    placed,
    reading,
)
from cchc.records.yaml_text import Node, Scalar, read_yaml
from cchc.worktime.reading import as_time_zone

T = TypeVar("T")
Reader = Callable[[Node], Any]


def load_mapping(path: Path) -> LogMapping:
    """The mapping in a file. Raises `ledger.mapping_not_readable` and what `read_mapping` raises."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable("ledger.mapping_not_readable", Place(str(path)), detail=error.strerror or "") from error
    return read_mapping(content, path.name)


def read_mapping(content: bytes | str, file: str) -> LogMapping:
    """The mapping in the text of a YAML file; `file` is what problems name. All problems are raised together."""
    with reading(read_yaml(content, file)) as keys:
        collector = Collector()
        values = {key: collector.attempt(partial(_read_key, keys, key)) for key in _READERS}
        collector.attempt(keys.close)
        collector.check()
        given = {key: value for key, value in values.items() if value is not None}
        made = LogMapping(**given)
        contradictions = list(_contradictions(made, keys))
    if contradictions:
        raise DomainError(*contradictions)
    return made


def _read_key(keys: Fields, key: str) -> Any:
    """The typed value of one key; None leaves the default. Raises `records.missing_key` for those without one."""
    return _READERS[key](keys.need(key)) if key in _REQUIRED else keys.maybe(key, _READERS[key])


def _contradictions(made: LogMapping, keys: Fields) -> Iterator[Problem]:
    """Keys that cannot both be meant."""
    if made.events == "both" and made.lifecycle is None:
        yield problem("ledger.lifecycle_missing", keys.place_of("events"))
    if made.start is not None and made.events != "completed":
        yield problem("ledger.start_and_events", keys.place_of("start"), events=made.events)
    if made.first_due is not None and made.due is None:
        yield problem("ledger.first_due_without_due", keys.place_of("first_due"))
    if made.due_time != "as_written" and made.due is None:
        yield problem("ledger.due_time_without_due", keys.place_of("due_time"))


def as_column(node: Node) -> str:
    """The name of a column."""
    return column_name(as_text(node))


def as_column_or_constant(node: Node) -> str | Constant:
    """A column, or `{constant: "…"}`."""
    if isinstance(node, Scalar):
        return as_column(node)
    with reading(node) as keys:
        return Constant(as_text(keys.need("constant")))


def as_limit(node: Node) -> Limit:
    """One of `{working_minutes: 480}`, `{working_days: 20}`, `{calendar_days: 56}`. Raises `ledger.limit_kinds`."""
    with reading(node) as keys:
        amounts = [(kind, keys.maybe(kind, as_count)) for kind in LIMIT_KINDS]
        given = [Limit(kind, amount) for kind, amount in amounts if amount is not None]
    if len(given) != 1:
        raise refuse("ledger.limit_kinds", node.place, kinds=LIMIT_KINDS)
    if given[0].amount > _LONGEST:
        raise refuse("ledger.limit_too_long", node.place, limit=_LONGEST)
    return given[0]


def as_due(node: Node) -> str | Limit:
    """A column, or how long after the receipt."""
    return as_column(node) if isinstance(node, Scalar) else as_limit(node)


def as_patterns(read: Callable[[Node], T]) -> Callable[[Node], tuple[tuple[str, T], ...]]:
    """A mapping from patterns of activities to values, in the order of the file."""
    return lambda node: tuple((pattern, read(value)) for pattern, value in as_entries(node).entries.items())


def as_holder(node: Node) -> WaitsFor:
    """Whom an activity waits for."""
    return cast(WaitsFor, as_choice(node, WAITS_FOR))


def as_texts(node: Node) -> frozenset[str]:
    """A list of texts, among them perhaps `""`, without spaces around. Raises `ledger.not_a_list_of_texts`."""
    texts = [item.text if isinstance(item, Scalar) else None for item in as_items(node)]
    if None in texts:
        raise refuse("ledger.not_a_list_of_texts", node.place)
    return frozenset(text.strip() for text in texts if text is not None)


def as_nulls(node: Node) -> frozenset[str]:
    """The values that mean nothing; an empty one always does."""
    return as_texts(node) | {""}


def as_share(node: Node) -> Fraction:
    """A share from 0 to 1. Raises `ledger.not_a_share`."""
    share = as_number(node)
    if not 0 <= share <= 1:
        raise refuse("ledger.not_a_share", node.place)
    return share


def as_moment(node: Node) -> datetime:
    """A moment as a log may write it, to the minute. Raises `ledger.not_a_moment`."""
    return placed(node, read_moment)


def _column_or(word: str) -> Callable[[Node], str | None]:
    """A column, or None for the word that names the default."""

    def read(node: Node) -> str | None:
        column = as_column(node)
        return None if column == word else column

    return read


def _one_of(words: Sequence[str]) -> Reader:
    return lambda node: as_choice(node, words)


_LONGEST: Final = 1_000_000_000
_READERS: Final[dict[str, Reader]] = {
    "case": as_column,
    "activity": as_column,
    "time": as_column,
    "start": as_column,
    "official": as_column,
    "role": as_column,
    "unit": as_column_or_constant,
    "procedure": as_column_or_constant,
    "field": as_column_or_constant,
    "nulls": as_nulls,
    "received": _column_or(FIRST_EVENT),
    "finished": _column_or(LAST_EVENT),
    "due": as_due,
    "due_time": _one_of(DUE_TIMES),
    "first_due": as_column,
    "limits": as_patterns(as_limit),
    "holders": as_patterns(as_holder),
    "events": _one_of(EVENTS),
    "lifecycle": as_column,
    "gap": _one_of(GAPS),
    "system_accounts": as_texts,
    "calendar": as_text,
    "time_zone": as_time_zone,
    "open_until": as_moment,
    "result": as_column,
    "recorded": as_column,
    "bare_dates": _one_of(BARE_DATES),
    "stopped": lambda node: tuple(sorted(as_texts(node))),
    "max_rejects": as_share,
}
_REQUIRED: Final = frozenset(field.name for field in fields(LogMapping) if field.default is MISSING)
