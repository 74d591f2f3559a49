"""Tables of entries: the workbook to fill in, and what is taken along as XLSX or CSV. Text stays text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from django.utils.timezone import localtime

from cchc.followups.models import Task
from cchc.followups.states import VERIFIED
from cchc.interface.errors import current_language
from cchc.records.text import nfc
from cchc.registers.importing.layout import OF_OURS
from cchc.registers.kinds import CHOICE, DATE, NUMBER, TEXT, UNIT, RegisterKind
from cchc.registers.kinds import Column as KindColumn
from cchc.registers.models import Register, RegisterEntry
from cchc.registers.values import read
from cchc.tables.writing import Column, Delimiter, SheetToWrite, WrittenValue, write_csv, write_xlsx

_WIDTHS: Final[Mapping[str, int]] = {TEXT: 40, NUMBER: 12, DATE: 13, CHOICE: 22, UNIT: 26}
_SPARE_ROWS: Final = 200
_NUMBER, _UNIT_NAME, _GIVEN, _DONE, _ENTERED = (names[0] for names in OF_OURS)
_UNIT_NOTE: Final = "Mã đơn vị, hoặc tên đầy đủ khi chỉ có một đơn vị tên như vậy."
_EMPTIES: Final = "Ô trống: giữ nguyên. Ghi dấu gạch ngang (-) để xóa."

Rows = Iterator[Sequence[WrittenValue]]


def template_workbook(register: Register, entries: Sequence[RegisterEntry]) -> bytes:
    """XLSX with the entries that stand, notes and lists to choose from, and rows to go on in."""
    kind = register.definition
    columns = tuple(_columns(kind, with_notes=True))
    rows = [tuple(_cells(kind, entry)) for entry in entries]
    return write_xlsx([SheetToWrite(kind.name.vi, columns, rows, frozen_columns=1, spare_rows=_SPARE_ROWS)])


def entries_table(
    register: Register, entries: Sequence[RegisterEntry], tasks: Mapping[int, Sequence[Task]]
) -> SheetToWrite:  # fmt: skip
    """These entries, with how many tasks each of them gave. It can be brought in again."""
    kind = register.definition
    above = (register.title, *([register.number] if register.number else ()))
    return SheetToWrite(
        kind.name.vi, tuple(_all_columns(kind)), _all_rows(kind, entries, tasks), above, frozen_columns=2
    )


def entries_csv(register: Register, entries: Sequence[RegisterEntry], tasks: Mapping[int, Sequence[Task]]) -> bytes:
    """The same as CSV."""
    kind = register.definition
    mark: Delimiter = ";" if current_language() == "vi" else ","
    return write_csv([column.title for column in _all_columns(kind)], _all_rows(kind, entries, tasks), delimiter=mark)


def _all_columns(kind: RegisterKind) -> Iterator[Column]:
    yield Column(_NUMBER, 8, "number")
    yield from _columns(kind)
    if kind.unit_name is not None:
        yield Column(_UNIT_NAME, 36)
    if kind.gives_tasks:
        yield Column(_GIVEN, 12, "number")
        yield Column(_DONE, 12, "number")
    yield Column(_ENTERED, 13, "date")


def _all_rows(kind: RegisterKind, entries: Sequence[RegisterEntry], tasks: Mapping[int, Sequence[Task]]) -> Rows:
    for entry in entries:
        given = tasks.get(entry.pk, ())
        done = sum(task.state == VERIFIED for task in given)
        counted = (len(given), done) if kind.gives_tasks else ()
        named = (entry.unit_name or "",) if kind.unit_name is not None else ()
        yield (entry.place, *_cells(kind, entry), *named, *counted, localtime(entry.entered_at).date())


def _columns(kind: RegisterKind, *, with_notes: bool = False) -> Iterator[Column]:
    """The unit concerned first, then the kind's own columns."""
    if kind.unit_name is not None:
        yield Column(kind.unit_name.vi, _WIDTHS[UNIT], note=_UNIT_NOTE if with_notes else None)
    for column in kind.columns:
        note = (_UNIT_NOTE if column.type == UNIT else "" if column.required else _EMPTIES) if with_notes else ""
        choices = tuple(name.vi for name in column.choices.values()) if with_notes else ()
        yield Column(column.name.vi, _WIDTHS[column.type], _written(column), choices=choices, note=note or None)


def _cells(kind: RegisterKind, entry: RegisterEntry) -> Iterator[WrittenValue]:
    if kind.unit_name is not None:
        yield entry.unit.code if entry.unit else ""
    for column in kind.columns:
        value = read(column, entry.values)
        yield nfc(column.choices[value].vi) if isinstance(value, str) and value in column.choices else value


def _written(column: KindColumn) -> Literal["text", "number", "date"]:
    return "date" if column.type == DATE else "number" if column.type == NUMBER else "text"
