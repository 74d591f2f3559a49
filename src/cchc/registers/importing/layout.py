"""The sheet of entries of a kind: what each heading may be called, and which are passed over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.registers.kinds import UNIT, RegisterKind

PASSED_OVER: Final = "passed_over_"
"""Followed by a number: columns of our own tables that say nothing about an entry."""
OF_OURS: Final = (
    ("Số thứ tự", "STT", "No."),
    ("Tên đơn vị", "Name of the unit"),
    ("Nhiệm vụ đã giao", "Tasks given"),
    ("Nhiệm vụ đã hoàn thành", "Tasks done"),
    ("Ngày ghi", "Entered on"),
)


def roles(kind: RegisterKind) -> Mapping[str, tuple[str, ...]]:
    """What the headings may be called, in either language, by the ids of the columns."""
    named = {column.id: _names(column.name.vi, column.name.en) for column in kind.columns}
    if kind.unit_name is not None:
        named[UNIT] = _names(kind.unit_name.vi, kind.unit_name.en)
    taken = {name for names in named.values() for name in names}
    ours = {f"{PASSED_OVER}{number}": names for number, names in enumerate(OF_OURS) if taken.isdisjoint(names)}
    return named | ours


def required(kind: RegisterKind) -> tuple[str, ...]:
    """The columns without which a table is none of this kind: by them a row is recognised, or it cannot be entered."""
    needed = [column.id for column in kind.columns if column.required or column.id in kind.same]
    return (*needed, *([UNIT] if kind.needs_unit or UNIT in kind.same else ()))


def _names(vi: str, en: str | None) -> tuple[str, ...]:
    return (vi,) if en is None else (vi, en)
