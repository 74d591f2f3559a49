"""A mapping proposed for a log from its headings and values: a start for people, who decide."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

import polars as pl

from cchc.ledger.column_facts import ColumnFacts, facts_of, texts_of
from cchc.ledger.extent import Extent, extent_of, is_written_in
from cchc.ledger.reading import RawLog, open_log
from cchc.ledger.roles import REQUIRED, Casting, cast_roles
from cchc.records.errors import Message, Place, refuse
from cchc.records.search import fold
from cchc.records.text import Language
from cchc.records.words import say
from cchc.worktime import Calendar
from cchc.worktime.loading import packaged_ids

_SAMPLE: Final = 5_000
_MOST_ACTIVITIES: Final = 30
_MOSTLY: Final = 50
_NEARLY_ALL: Final = 90
_CALENDAR: Final = "vn"
CalendarFit = Literal["calendar", "outside_calendar", "other_calendar"]
_ACCOUNTS: Final = re.compile(r"(?:admin|administrator|system|he thong|auto|tu dong|service|api|quan tri)[ _-]?\d*")
# What an activity's name says about whom it waits for; folded words.
_WAITS: Final[Mapping[str, tuple[str, ...]]] = {
    "applicant": ("bo sung", "hoan thien ho so", "cho cong dan", "supplement"),
    "payment": ("nop thue", "nop phi", "nghia vu tai chinh", "le phi", "thanh toan", "payment"),
    "agency": ("lay y kien", "lien thong", "cho y kien", "phoi hop"),
    "suspension": ("tam dung", "suspend"),
}
_MOMENTS: Final = ("time", "start", "received", "finished", "due", "first_due", "result", "recorded")
_ENDS: Final = ("time", "finished")
_ROLES: Final = (
    "case", "activity", "time", "start", "official", "role", "unit", "procedure", "field", "received", "finished",
    "due", "first_due", "result", "recorded", "lifecycle",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a log's columns seem to be.

    `values` are the further keys of the mapping, `activities` those seen; `calendar_fit` says how the proposed calendar
    suits the log.
    """

    file: str
    facts: tuple[ColumnFacts, ...]
    casting: Casting
    values: Mapping[str, Any]
    activities: tuple[str, ...]
    calendar_fit: CalendarFit

    @property
    def missing(self) -> tuple[str, ...]:
        """The required roles no column seems to play."""
        return tuple(role for role in REQUIRED if role not in self.casting.chosen)

    def check(self) -> None:
        """Raise `ledger.nothing_to_suggest` when a required role stays empty."""
        if self.missing:
            raise refuse("ledger.nothing_to_suggest", Place(self.file), roles=self.missing)

    def document(self, language: Language) -> dict[str, Any]:
        """For machines: the proposed mapping, what is unsure and why, and the facts of every column."""
        chosen = self.casting.chosen
        return {
            "mapping": {role: chosen[role].column for role in _ROLES if role in chosen} | dict(self.values),
            "missing": list(self.missing),
            "unsure": {role: self._doubt(role, language) for role in chosen if not self.casting.is_sure(role)},
            "columns": [
                {"name": f.name, "filled": f.filled, "distinct": f.distinct, "moments": f.moments,
                 "examples": list(f.examples)}
                for f in self.facts
            ],
        }  # fmt: skip

    def to_yaml(self, language: Language) -> str:
        """A mapping file with comments; it can be loaded when nothing is missing."""
        return "\n".join(self._lines(language)) + "\n"

    def _lines(self, language: Language) -> Iterator[str]:
        chosen = self.casting.chosen
        yield f"# {_words('ledger.suggest_head', language, file=self.file)}"
        for role in _ROLES:
            if role in chosen:
                yield f"{role}: {_quoted(chosen[role].column)}  # {self._comment(role, language)}"
            elif role in REQUIRED:
                yield f"{role}:  # {_words('ledger.suggest_not_found', language)}"
            elif role == "due":
                yield f"# due: {{working_days: 20}}  # {_words('ledger.suggest_no_due', language)}"
        for key, value in self.values.items():
            yield f"{key}: {_written(value)}  # {_words(self._code_for(key), language)}"
        yield f"# {_words('ledger.suggest_limits', language)}"
        yield "# limits:"
        yield from (f"#   {_quoted(activity)}: {{working_minutes: 480}}" for activity in self.activities)
        if waiting := self._waiting():
            yield f"# {_words('ledger.suggest_holders', language)}"
            yield "# holders:"
            yield from (f"#   {_quoted(activity)}: {holder}" for activity, holder in waiting)
        unused = [f.name for f in self.facts if f.name not in {candidate.column for candidate in chosen.values()}]
        if unused:
            yield f"# {_words('ledger.suggest_unused', language, columns=unused)}"

    def _code_for(self, key: str) -> str:
        """The comment on a key that is no column."""
        return f"ledger.suggest_{self.calendar_fit}" if key == "calendar" else f"ledger.suggest_{key}"

    def _comment(self, role: str, language: Language) -> str:
        """Examples, and a question mark with the doubt where there is one."""
        column = self.casting.chosen[role].column
        examples = next(f.examples for f in self.facts if f.name == column)
        shown = _words("ledger.suggest_examples", language, examples=examples)
        return shown if self.casting.is_sure(role) else f"? {self._doubt(role, language)} {shown}"

    def _doubt(self, role: str, language: Language) -> str:
        close = self.casting.close[role]
        if close:
            return _words("ledger.suggest_close", language, columns=close)
        return _words("ledger.suggest_by_values", language)

    def _waiting(self) -> list[tuple[str, str]]:
        """Activities whose name says that somebody else is waited for."""
        return [
            (activity, holder)
            for activity in self.activities
            for holder, words in _WAITS.items()
            if any(f" {word} " in f" {_bare_words(activity)} " for word in words)
        ]


def suggest_mapping(log: Path) -> Suggestion:
    """A proposal from the first rows of a log, and from the moments of all. Raises `Unreadable` for a file that cannot
    be read.
    """
    with TemporaryDirectory() as scratch:
        raw = open_log(log, Path(scratch))
        sample = _sample(raw, log)
        facts = facts_of(sample)
        casting = cast_roles(facts, sample)
        column_of = {role: candidate.column for role, candidate in casting.chosen.items()}
        calendar, fit, extent = _calendar_for(raw, column_of, sample)
    known = {fact.name: fact for fact in facts}
    of_role = {role: known[column] for role, column in column_of.items()}
    texts = {role: texts_of(sample[column]) for role, column in column_of.items()}
    activities = tuple(texts["activity"].drop_nulls().unique(maintain_order=True)) if "activity" in texts else ()
    values = {**dict(_values(of_role, texts)), "calendar": calendar, **_judgement(extent)}
    return Suggestion(log.name, facts, casting, values, activities[:_MOST_ACTIVITIES], fit)


def _calendar_for(
    raw: RawLog, column_of: Mapping[str, str], sample: pl.DataFrame
) -> tuple[str, CalendarFit, Extent | None]:
    """The usual calendar; where the log leaves it, another shipped one that covers the log and is of its time zone."""
    if "time" not in column_of:
        return _CALENDAR, "calendar", None
    usual = _extent(raw, column_of, _CALENDAR)
    if usual.is_covered:
        return _CALENDAR, "calendar", usual
    for other in packaged_ids():
        if is_written_in(Calendar.load(other).time_zone, sample[column_of["time"]]):
            extent = _extent(raw, column_of, other)
            if extent.is_covered:
                return other, "other_calendar", extent
    return _CALENDAR, "outside_calendar", usual


def _extent(raw: RawLog, column_of: Mapping[str, str], calendar: str) -> Extent:
    moments = [column_of[role] for role in _MOMENTS if role in column_of]
    ends = [column_of[role] for role in _ENDS if role in column_of]
    return extent_of(raw.batches(moments), moments, ends, Calendar.load(calendar))


def _judgement(extent: Extent | None) -> dict[str, str]:
    """The moment at which open dossiers are judged, where some may be open: the last that is known."""
    if extent is None or extent.is_ended or extent.latest is None:
        return {}
    return {"open_until": f"{extent.latest:%Y-%m-%dT%H:%M}"}


def _sample(raw: RawLog, log: Path) -> pl.DataFrame:
    """The first rows, with all columns."""
    first = next(raw.batches(), None)
    if first is None or not first.height:
        raise refuse("ledger.no_rows", Place(str(log)))
    return first.head(_SAMPLE)


def _values(facts: Mapping[str, ColumnFacts], texts: Mapping[str, pl.Series]) -> Iterator[tuple[str, Any]]:
    """The keys that are no columns."""
    fillers = sorted({filler for fact in facts.values() for filler in fact.fillers})
    if fillers:
        yield "nulls", ["", *fillers]
    if "due" in facts and facts["due"].bare < _NEARLY_ALL <= facts["due"].midnights:
        yield "due_time", "end_of_day"
    if any(role in facts and facts[role].bare > _MOSTLY for role in ("time", "finished")):
        yield "bare_dates", "end_of_day"
    if "lifecycle" in texts and {"start", "complete"} <= set(texts["lifecycle"].str.to_lowercase().drop_nulls()):
        yield "events", "both"
    if "official" in texts and (accounts := _accounts(texts["official"])):
        yield "system_accounts", accounts


def _bare_words(text: str) -> str:
    """Folded words without signs between them."""
    return " ".join(re.findall(r"\w+", fold(text)))


def _accounts(officials: pl.Series) -> list[str]:
    """Names that look like accounts of programs."""
    return sorted(name for name in officials.drop_nulls().unique() if _ACCOUNTS.fullmatch(fold(name)))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _written(value: Any) -> str:
    return f"[{', '.join(map(_quoted, value))}]" if isinstance(value, list) else str(value)


def _words(code: str, language: Language, **params: object) -> str:
    return say(Message(code, params), language)
