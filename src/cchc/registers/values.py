"""What stands in the columns of an entry: checked, kept as JSON, read back, said in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from cchc.records.dates import format_date
from cchc.records.errors import DomainError, Problem, problem
from cchc.records.numbers import format_number
from cchc.records.search import fold
from cchc.records.text import Language, nfc, visible
from cchc.registers.kinds import CHOICE, DATE, NUMBER, TEXT, UNIT, Column, RegisterKind

Value = str | int | date
"""Text, the id of a choice, the code of a unit; a whole number; a day."""
Kept = Mapping[str, str | int]
LONGEST: Final = 2_000
MOST: Final = 10**12


def kept(kind: RegisterKind, values: Mapping[str, Value | None]) -> dict[str, str | int]:
    """What is kept of values by the id of their columns; empty ones are left out.

    Raises all at once: `registers.value_missing`, `registers.value_too_long`, `registers.not_a_choice`,
    `registers.not_a_count`, `registers.not_a_day`, `registers.day_before`, `registers.no_such_column`.
    """
    faults: list[Problem] = []
    tidied: dict[str, str | int] = {}
    for column in kind.columns:
        value = _tidied(values.get(column.id))
        if value is None:
            faults += [problem("registers.value_missing", column=column.name)] if column.required else []
            continue
        faults += _faults(column, value)
        tidied[column.id] = value.isoformat() if isinstance(value, date) else value
    faults += _days_in_order(kind, tidied)
    known = [column.id for column in kind.columns]
    strange = [id_ for id_ in values if id_ not in known]
    faults += [problem("registers.no_such_column", column=id_, known=", ".join(known)) for id_ in strange]
    if faults:
        raise DomainError(*faults)
    return tidied


def read(column: Column, values: Kept) -> Value | None:
    """The value that is kept for a column; None where there is none."""
    value = values.get(column.id)
    return date.fromisoformat(value) if column.type == DATE and isinstance(value, str) else value


def said(column: Column, values: Kept, language: Language, units: Mapping[str, str]) -> str:
    """The value as people read it; empty where there is none. `units`: the names of units by their codes."""
    value = read(column, values)
    match value:
        case None:
            return ""
        case date():
            return format_date(value, language)
        case int():
            return format_number(value, language)
    if column.type == CHOICE and value in column.choices:
        return column.choices[value].in_language(language)
    return units.get(value, value) if column.type == UNIT else value


def unit_codes(kind: RegisterKind, values: Kept) -> set[str]:
    """The codes of the units that stand in columns."""
    return {str(values[column.id]) for column in kind.columns if column.type == UNIT and column.id in values}


def identity(kind: RegisterKind, values: Mapping[str, Value | None] | Kept, unit: str) -> str:
    """The same for two rows that are one entry; `unit` is the code of the unit concerned, empty without one. Capitals
    and spaces make no difference, tone marks do: bàn giao is not bán giao.
    """
    parts = (unit if id_ == UNIT else nfc(nfc(str(values.get(id_) or "")).casefold()) for id_ in kind.same)
    return "\n".join(" ".join(part.split()) for part in parts)


def sought(kind: RegisterKind, values: Kept) -> str:
    """What an entry is found by: its texts and the names of what was chosen."""
    return fold(" ".join(_sought(kind, values)))


def _sought(kind: RegisterKind, values: Kept) -> Iterator[str]:
    for column in kind.columns:
        if column.type in {TEXT, CHOICE} and (text := said(column, values, "vi", {})):
            yield text


def _days_in_order(kind: RegisterKind, tidied: Kept) -> Iterator[Problem]:
    """ISO days compare as their texts do."""
    for column in kind.columns:
        day, first = tidied.get(column.id), tidied.get(column.not_before)
        if isinstance(day, str) and isinstance(first, str) and day < first:
            names = {"column": column.name, "other": kind.column(column.not_before).name}
            yield problem("registers.day_before", **names)


def _tidied(value: Value | None) -> Value | None:
    """Spaces around a text and empty lines at its ends say nothing; an empty text is no value."""
    if not isinstance(value, str):
        return value
    return visible(value).replace("\r\n", "\n").strip() or None


def _faults(column: Column, value: Value) -> Iterator[Problem]:
    is_text = isinstance(value, str)
    if column.type == NUMBER:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < MOST:
            yield problem("registers.not_a_count", column=column.name)
    elif column.type == DATE:
        if not isinstance(value, date):
            yield problem("registers.not_a_day", column=column.name)
    elif column.type == CHOICE:
        if value not in column.choices:
            known = tuple(name.vi for name in column.choices.values())
            yield problem("registers.not_a_choice", column=column.name, known=known)
    elif not is_text or len(str(value)) > LONGEST:
        yield problem("registers.value_too_long", column=column.name, most=LONGEST)
