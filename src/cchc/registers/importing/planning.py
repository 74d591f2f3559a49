"""What a file would do to a register: changes, and problems that stop all of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cchc.organizations.models import Unit
from cchc.records.errors import DomainError, Place, Problem, problem, refuse
from cchc.registers.actions.entries import EntryFacts
from cchc.registers.importing.reading import EntryRow, EntryRows
from cchc.registers.kinds import UNIT, Column, RegisterKind
from cchc.registers.models import RegisterEntry
from cchc.registers.values import Value, identity, kept, read


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A row that changes something. `entry` is None for a new one; `differences`: column, what was, what becomes."""

    place: Place
    title: str
    facts: EntryFacts
    entry: RegisterEntry | None
    differences: tuple[tuple[Column, Value | None, Value | None], ...]


@dataclass(frozen=True, slots=True)
class EntriesPlan:
    """The changes in the order of the file, how many rows say nothing new, and what is wrong."""

    changes: tuple[EntryChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    unchanged: int = 0

    def digest(self) -> str:
        """The same for the same changes: what was shown is what is carried out."""
        told = [
            [
                str(one.place),
                one.entry and [one.entry.pk, one.entry.version],
                one.facts.unit and one.facts.unit.pk,
                [[column.id, str(before), str(after)] for column, before, after in one.differences],
            ]
            for one in self.changes
        ]
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def plan_entries(
    kind: RegisterKind, rows: EntryRows, standing: Sequence[RegisterEntry], units: Mapping[str, Sequence[Unit]]
) -> EntriesPlan:
    """`standing`: the entries that stand; `units`: what each text of the file may mean."""
    return _Planning(kind, rows, standing, units).plan()


class _Planning:
    """Compares row after row."""

    def __init__(
        self, kind: RegisterKind, rows: EntryRows, standing: Sequence[RegisterEntry],
        units: Mapping[str, Sequence[Unit]],
    ) -> None:  # fmt: skip
        self._kind, self._rows, self._units = kind, rows, units
        self._there = {entry.same_as: entry for entry in standing}
        self._first: dict[str, Place] = {}

    def plan(self) -> EntriesPlan:
        changes, unchanged, problems = list[EntryChange](), 0, list(self._rows.problems)
        for row in self._rows.rows:
            try:
                change = self._compared(row)
            except DomainError as error:
                problems += [Problem(one.message, row.place) for one in error.problems]
                continue
            if change is None:
                unchanged += 1
            else:
                changes.append(change)
        in_order = sorted(problems, key=lambda one: (one.place and one.place.row) or 0)
        return EntriesPlan(tuple(changes), tuple(in_order), unchanged)

    def _compared(self, row: EntryRow) -> EntryChange | None:
        """None for a row that says nothing new."""
        kind, said = self._kind, self._with_codes(row.said)
        unit = self._unit(row.unit) if row.unit else None
        key = identity(kind, said, unit.code if unit else "")
        self._check_once(key, row, said)
        entry = self._there.get(key)
        before = {} if entry is None else _typed(kind, entry)
        unit = unit or (entry.unit if entry else None)
        values = before | said
        if unit is None and kind.needs_unit:
            raise refuse("registers.unit_missing", column=kind.unit_name)
        after = kept(kind, values)
        differences = tuple(
            (column, before.get(column.id), read(column, after))
            for column in kind.columns
            if before.get(column.id) != read(column, after)
        )
        if entry is not None and entry.unit == unit and not differences:
            return None
        return EntryChange(row.place, str(after[kind.title]), EntryFacts(unit, values), entry, differences)

    def _check_once(self, key: str, row: EntryRow, said: Mapping[str, Any]) -> None:
        if (first := self._first.setdefault(key, row.place)) is not row.place:
            title = said.get(self._kind.title) or ""
            raise DomainError(problem("registers.import_twice", name=title, row=first.row))

    def _with_codes(self, said: Mapping[str, Value | None]) -> dict[str, Value | None]:
        """Units in columns by their codes."""
        columns = [column.id for column in self._kind.columns if column.type == UNIT]
        found = {id_: self._unit(str(said[id_])).code for id_ in columns if said.get(id_)}
        return {**said, **found}

    def _unit(self, text: str) -> Unit:
        meant = self._units.get(text, ())
        if not meant:
            raise refuse("registers.import_unknown_unit", text=text)
        if len(meant) > 1:
            raise refuse("registers.import_unit_unclear", text=text, codes=tuple(unit.code for unit in meant))
        return meant[0]


def _typed(kind: RegisterKind, entry: RegisterEntry) -> dict[str, Value | None]:
    """What the entry says, without the columns that say nothing."""
    values = {column.id: read(column, entry.values) for column in kind.columns}
    return {id_: value for id_, value in values.items() if value is not None}
