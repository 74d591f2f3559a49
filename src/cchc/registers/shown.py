"""Registers and entries as pages show them: columns in the reader's language, how the tasks of each entry stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cchc.followups.models import Task
from cchc.followups.shown import ShownTask, minutes_left
from cchc.interface.errors import current_language
from cchc.interface.shapes import Count, Link
from cchc.records.dates import format_date
from cchc.registers.addresses import to_entry, to_register, to_tasks
from cchc.registers.importing.planning import EntryChange
from cchc.registers.kinds import DATE, NUMBER, UNIT, Column, kind_name, kinds_on
from cchc.registers.models import Register, RegisterEntry
from cchc.registers.queries.entries import NO_TASK, STRUCK, EntryCounts, names_of_codes
from cchc.registers.queries.tasks import TaskCounts
from cchc.registers.states import REGISTER
from cchc.registers.values import Value, read, said


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """The heading of a column, and whether it holds figures (days, numbers)."""

    name: str
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """A row: the entry, what stands in each column (column and text), the tasks that it gave."""

    entry: RegisterEntry
    cells: Sequence[tuple[ShownColumn, str]]
    tasks: Sequence[ShownTask]

    @property
    def url(self) -> str:
        """Its page."""
        return to_entry(self.entry)


@dataclass(frozen=True, slots=True)
class Difference:
    """One column as it was and as it becomes."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One entry that a file writes: what names it, its unit, the row of the file; `entry` is None for a new one."""

    title: str
    unit: str
    row: int | None
    entry: RegisterEntry | None
    differences: Sequence[Difference]


def about_kind(register: Register) -> dict[str, str]:
    """What its kind is for, where its columns come from, and what is doubtful about that."""
    dated = register.dated_kind
    day = f", {format_date(dated.source.on, current_language())}" if dated.source.on else ""
    return {
        "about": dated.value.about.in_language(current_language()),
        "source": f"{dated.source.document}{day}",
        "doubt": dated.verification.doubt_in(current_language()),
    }


def shown_columns(register: Register) -> list[ShownColumn]:
    """All columns but the one that names the entries, in their order."""
    kind, language = register.definition, current_language()
    return [
        ShownColumn(column.name.in_language(language), column.type in {DATE, NUMBER})
        for column in kind.columns
        if column.id != kind.title
    ]


def shown_entries(
    register: Register, entries: Sequence[RegisterEntry], units: Mapping[str, str],
    tasks: Mapping[int, Sequence[Task]], now: datetime,
) -> list[ShownEntry]:  # fmt: skip
    """In the order given; `units` are the names of units by their codes."""
    kind, language, columns = register.definition, current_language(), shown_columns(register)
    others = [column for column in kind.columns if column.id != kind.title]
    return [
        ShownEntry(
            entry,
            [
                (shown, said(column, entry.values, language, units))
                for shown, column in zip(columns, others, strict=True)
            ],
            [ShownTask(task, minutes_left(task, now), None, "") for task in tasks.get(entry.pk, ())],
        )
        for entry in entries
    ]


def headings(register: Register) -> dict[str, Any]:
    """What the columns are called: `title` names the entries, `unit` is empty where no unit is named, then `others`."""
    kind, language = register.definition, current_language()
    unit = "" if kind.unit_name is None else kind.unit_name.in_language(language)
    return {
        "title": kind.column(kind.title).name.in_language(language),
        "unit": unit,
        "others": shown_columns(register),
        "tasks": kind.gives_tasks,
    }


def counted(register: Register, tasks: TaskCounts, group: str = "") -> list[Count]:
    """How the tasks stand, each number leading to its rows."""
    shown = (
        ("ok", tasks.done, _("Done and verified"), "done"),
        ("neutral", tasks.running, _("Under way"), "running"),
        ("overdue", tasks.overdue, _("Overdue"), "overdue"),
    )
    return [
        Count(status, number, Link(name, to_tasks(register, key), group == key)) for status, number, name, key in shown
    ]


def entry_tabs(register: Register, counts: EntryCounts, which: str) -> list[Link]:
    """Which entries are shown, with how many there are of each."""
    tabs = [(_("Entries (%(n)d)") % {"n": counts.standing}, "")]
    if register.definition.gives_tasks:
        tabs.append((_("Without a task (%(n)d)") % {"n": counts.without_task}, NO_TASK))
    if counts.struck:
        tabs.append((_("Struck out (%(n)d)") % {"n": counts.struck}, STRUCK))
    return [Link(name, to_register(register, key), which == key) for name, key in tabs]


def first_order(entry: RegisterEntry) -> dict[str, Any]:
    """What the form of a task begins with: the entry's words, its unit, its last day, the document of the register."""
    register, kind = entry.register, entry.register.definition
    days = [read(column, entry.values) for column in kind.columns if column.type == DATE]
    last = max((day for day in days if isinstance(day, date)), default=None)
    return {
        "what": said(kind.column(kind.task), entry.values, current_language(), {}) or entry.title,
        "owners": [entry.unit.code] if entry.unit else [],
        "due_on": last if last is not None and last > localdate() else None,
        "legal_basis": cited(register),
        "bases": [f"#{register.basis_id}"] if register.basis_id else [],
        "watcher": "" if entry.unit == register.keeper else register.keeper.code,
    }


def cited(register: Register) -> str:
    """The document that the register rests on: `49/KH-UBND, 18/02/2022`; its title without a number."""
    parts = (register.number or register.title, format_date(register.issued_on) if register.issued_on else "")
    return ", ".join(part for part in parts if part)


def shown_changes(register: Register, changes: Sequence[EntryChange], day: date) -> list[ShownChange]:
    """What a file changes, in the reader's language. One query for the names of units."""
    language, kind = current_language(), register.definition
    columns = [column for column in kind.columns if column.type == UNIT]
    codes = {str(value) for one in changes for column, *both in one.differences if column in columns for value in both}
    names = names_of_codes(codes | {one.facts.unit.code for one in changes if one.facts.unit}, day)
    told = []
    for one in changes:
        lines = [
            Difference(column.name.in_language(language), *(_told(column, value, names) for value in (before, after)))
            for column, before, after in one.differences
        ]
        unit = names[one.facts.unit.code] if one.facts.unit else ""
        told.append(ShownChange(one.title, unit, one.place.row, one.entry, lines))
    return told


def _told(column: Column, value: Value | None, names: Mapping[str, str]) -> str:
    if value is None:
        return "–"
    as_kept = value.isoformat() if isinstance(value, date) else value
    return said(column, {column.id: as_kept}, current_language(), names)


def shown_kind(id_: str) -> str:
    """What a kind is called in the reader's language. Raises `registers.unknown_kind`."""
    return kind_name(id_).in_language(current_language())


def shown_state(register: Register) -> str:
    """In the reader's language."""
    return state_name(register.state)


def state_name(id_: str) -> str:
    """What a state is called in the reader's language."""
    return REGISTER.state(id_).name.in_language(current_language())


def kind_choices(day: date) -> list[tuple[str, str]]:
    """The kinds of that day to choose from, each with what it is about."""
    language = current_language()
    kinds = {id_: dated.value for id_, dated in kinds_on(day).items()}
    return [
        (id_, f"{kind.name.in_language(language)}. {kind.about.in_language(language)}") for id_, kind in kinds.items()
    ]
