"""What the columns of somebody else's log mean: the mapping as frozen records."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal, TypeVar, get_args

from cchc.ledger.holders import Gap
from cchc.records.text import nfc

Events = Literal["completed", "started", "both"]
LimitKind = Literal["working_minutes", "working_days", "calendar_days"]
WaitsFor = Literal["applicant", "agency", "payment", "suspension"]
DueTime = Literal["as_written", "end_of_day"]
BareDates = Literal["start_of_day", "end_of_day"]
LIMIT_KINDS: Final[tuple[LimitKind, ...]] = get_args(LimitKind)
EVENTS: Final[tuple[Events, ...]] = get_args(Events)
GAPS: Final[tuple[Gap, ...]] = get_args(Gap)
DUE_TIMES: Final[tuple[DueTime, ...]] = get_args(DueTime)
BARE_DATES: Final[tuple[BareDates, ...]] = get_args(BareDates)
FIRST_EVENT: Final = "first_event"
LAST_EVENT: Final = "last_event"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Constant:
    """The same value for every row, where the log has no column for it."""

    text: str


@dataclass(frozen=True, slots=True)
class Limit:
    """How long something may take: an amount of working minutes, working days or calendar days."""

    kind: LimitKind
    amount: int


@dataclass(frozen=True, slots=True)
class LogMapping:
    """Which column of a log says what, and how it is to be read; see `docs/ledger.md` for every key.

    Names of columns are kept as `column_name` spells them. `limits` and `holders` go from pattern to value in the order
    of the file; `stopped` are patterns of activities that end a dossier without a result. `received` and `finished` are
    None for the first and the last event. `open_until` without a time zone is civil time in the log's own.
    """

    case: str
    activity: str
    time: str
    start: str | None = None
    official: str | None = None
    role: str | None = None
    unit: str | Constant | None = None
    procedure: str | Constant | None = None
    field: str | Constant | None = None
    nulls: frozenset[str] = frozenset({""})
    received: str | None = None
    finished: str | None = None
    due: str | Limit | None = None
    due_time: DueTime = "as_written"
    first_due: str | None = None
    limits: tuple[tuple[str, Limit], ...] = ()
    holders: tuple[tuple[str, WaitsFor], ...] = ()
    events: Events = "completed"
    lifecycle: str | None = None
    gap: Gap = "official"
    system_accounts: frozenset[str] = frozenset()
    calendar: str = "vn"
    time_zone: str | None = None
    open_until: datetime | None = None
    result: str | None = None
    recorded: str | None = None
    bare_dates: BareDates = "start_of_day"
    stopped: tuple[str, ...] = ()
    max_rejects: Fraction = Fraction(1, 100)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns the log must have, each once."""
        named = (
            self.case, self.activity, self.time, self.start, self.official, self.role, self.unit, self.procedure,
            self.field, self.received, self.finished, self.due, self.first_due, self.result, self.recorded,
            self.lifecycle,
        )  # fmt: skip
        return tuple(dict.fromkeys(name for name in named if isinstance(name, str)))

    @property
    def hash(self) -> str:
        """SHA-256 of the typed content as canonical JSON: comments, key order and spelling do not count."""
        canonical = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
        return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)


def column_name(text: str) -> str:
    """A heading as columns are compared: NFC, and any white space, also a line break in a cell, as one space."""
    return " ".join(nfc(text).split())


def first_match(patterns: Iterable[tuple[str, T]], activity: str) -> T | None:
    """The value of the first pattern that the activity matches, None when none does.

    `*` stands for anything, `?` for one sign; every other sign for itself. Capitals count.
    """
    return next((value for pattern, value in patterns if _compiled(pattern).fullmatch(activity)), None)


def match_all(patterns: Iterable[tuple[str, T]], activities: Iterable[str]) -> Mapping[str, T]:
    """`first_match` of each activity that matches any pattern."""
    ordered = tuple(patterns)
    return dict(_matches(ordered, activities))


def _matches(patterns: tuple[tuple[str, T], ...], activities: Iterable[str]) -> Iterator[tuple[str, T]]:
    for activity in activities:
        value = first_match(patterns, activity)
        if value is not None:
            yield activity, value


@lru_cache(maxsize=1000)
def _compiled(pattern: str) -> re.Pattern[str]:
    wild = {"*": ".*", "?": "."}
    return re.compile("".join(wild.get(sign, re.escape(sign)) for sign in pattern), re.DOTALL)
