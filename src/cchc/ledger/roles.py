"""Which column of a log may play which role: points from its heading and from its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

import polars as pl

from cchc.ledger.column_facts import ColumnFacts, texts_of
from cchc.records.schema import as_entries, as_items, as_text
from cchc.records.yaml_text import read_yaml
from cchc.tables.headings import plain_name

REQUIRED: Final = ("case", "activity", "time")
_WHOLE_NAME: Final = 60  # less one for each name that is more usual, at most ten
_PART_OF_NAME: Final = 30
_ENOUGH: Final = 50
_ENOUGH_FOR_REQUIRED: Final = 40
_CLOSE: Final = 15
_LIFECYCLES: Final = frozenset(
    {"start", "complete", "schedule", "assign", "suspend", "resume", "withdraw", "ate_abort"}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column in a role; `by_heading` when its name says so."""

    role: str
    column: str
    points: int
    by_heading: bool


@dataclass(frozen=True, slots=True)
class Casting:
    """The role of each column that got one, and the other columns that came close to the one chosen."""

    chosen: Mapping[str, Candidate]
    close: Mapping[str, tuple[str, ...]]

    def is_sure(self, role: str) -> bool:
        """Whether the heading says it and nothing else came close."""
        return self.chosen[role].by_heading and not self.close[role]


def cast_roles(facts: tuple[ColumnFacts, ...], sample: pl.DataFrame) -> Casting:
    """Give every role to the column with the most points; a column plays one role, some roles stay empty."""
    of_case = sorted((_candidate("case", column, _case_points(column)) for column in facts), key=_order)
    case = of_case[0] if of_case and of_case[0].points >= _ENOUGH_FOR_REQUIRED else None
    varies = {column.name: case is not None and _varies(sample, case.column, column.name) for column in facts}
    others = [
        _candidate(role, column, points(column, varies[column.name]))
        for column in facts
        if case is None or column.name != case.column
        for role, points in _POINTS.items()
    ]
    candidates = sorted([*([case] if case else []), *others], key=_order)
    chosen = _chosen(candidates)
    used = {candidate.column for candidate in chosen.values()}
    return Casting(chosen, {role: _close(best, [*of_case, *candidates], used) for role, best in chosen.items()})


def _chosen(candidates: list[Candidate]) -> dict[str, Candidate]:
    chosen: dict[str, Candidate] = {}
    used: set[str] = set()
    for candidate in candidates:
        enough = _ENOUGH_FOR_REQUIRED if candidate.role in REQUIRED else _ENOUGH
        if candidate.points >= enough and candidate.role not in chosen and candidate.column not in used:
            chosen[candidate.role] = candidate
            used.add(candidate.column)
    return chosen


def _close(best: Candidate, candidates: list[Candidate], used: set[str]) -> tuple[str, ...]:
    """Unused columns that came close to the chosen one."""
    near = (
        other.column
        for other in candidates
        if other.role == best.role and other.column not in used and other.points > best.points - _CLOSE
    )
    return tuple(dict.fromkeys(near))


def _order(candidate: Candidate) -> tuple[int, str, str]:
    return (-candidate.points, candidate.role, candidate.column)


def _candidate(role: str, column: ColumnFacts, from_values: int) -> Candidate:
    from_name = _name_points(role, column.name) if from_values > 0 else 0
    return Candidate(role, column.name, from_values + from_name, from_name > 0)


def _name_points(role: str, name: str) -> int:
    """Points for the heading: for a known name, or one that holds a known name as whole words."""
    plain, known = plain_name(name.replace("_", " ")), names_of()[role]
    if plain in known:
        return _WHOLE_NAME - min(known.index(plain), 10)
    return _PART_OF_NAME if any(f" {alias} " in f" {plain} " for alias in known) else 0


@cache
def names_of() -> Mapping[str, tuple[str, ...]]:
    """The usual headings of each role."""
    file = "headings.yaml"
    roles = as_entries(read_yaml((resources.files("cchc.ledger") / file).read_bytes(), file)).entries
    return MappingProxyType({role: tuple(as_text(item) for item in as_items(node)) for role, node in roles.items()})


def _varies(sample: pl.DataFrame, case: str, column: str) -> bool:
    """Whether any case has more than one value of a column."""
    texts = pl.DataFrame({"case": texts_of(sample[case]), "value": texts_of(sample[column])}).drop_nulls()
    return bool(texts.group_by("case").agg(pl.col("value").n_unique() > 1)["value"].any())


def _case_points(column: ColumnFacts) -> int:
    """A case repeats itself, row for row, and is more than a handful."""
    if column.moments > 50 or column.distinct < 2:
        return 0
    repeats = column.filled >= column.distinct * 3 // 2
    is_many = column.distinct * 50 >= column.filled
    return 1 + 15 * repeats + 10 * is_many + 15 * (column.digits > 90) + 5 * (column.filled == column.rows)


def _time_points(column: ColumnFacts, varies: bool) -> int:
    return 0 if column.moments < 90 else 20 + 10 * (column.filled * 100 >= column.rows * 95) + (10 if varies else -15)


def _start_points(column: ColumnFacts, varies: bool) -> int:
    return 0 if column.moments < 90 else 10 + (10 if varies else -5)


def _date_points(column: ColumnFacts, varies: bool) -> int:
    return 0 if column.moments < 90 else 10 + (5 if varies else 15)


def _activity_points(column: ColumnFacts, varies: bool) -> int:
    if column.moments > 50 or column.distinct < 2:
        return 0
    is_few = column.distinct <= max(30, column.rows // 20)
    return 1 + 15 * is_few + 20 * varies + 5 * (column.names < 50) + 5 * (column.filled == column.rows)


def _official_points(column: ColumnFacts, varies: bool) -> int:
    return 0 if column.moments > 50 or not column.filled else 1 + 40 * (column.names >= 80) + 10 * varies


def _text_points(column: ColumnFacts, varies: bool) -> int:
    is_few = column.distinct * 3 <= max(column.filled, 1)
    return 0 if column.moments > 50 or not column.filled else 1 + 10 * is_few


def _procedure_points(column: ColumnFacts, varies: bool) -> int:
    return 0 if column.moments > 50 or not column.filled else 1 + (0 if varies else 15)


def _lifecycle_points(column: ColumnFacts, varies: bool) -> int:
    known = {text.lower() for text in column.examples} <= _LIFECYCLES
    return 60 if column.filled and known else 0


_POINTS: Final[Mapping[str, Callable[[ColumnFacts, bool], int]]] = {
    "activity": _activity_points,
    "time": _time_points,
    "start": _start_points,
    "official": _official_points,
    "role": _text_points,
    "unit": _text_points,
    "procedure": _procedure_points,
    "field": _procedure_points,
    "received": _date_points,
    "finished": _date_points,
    "due": _date_points,
    "first_due": _date_points,
    "result": _date_points,
    "recorded": _start_points,
    "lifecycle": _lifecycle_points,
}
