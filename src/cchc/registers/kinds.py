"""Kinds of registers as dated, sourced data (`kinds.yaml`): their columns, what names an entry, what makes two one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from cchc.records.errors import Place, Problem, problem, refuse
from cchc.records.schema import Collector, Fields, as_choice, as_flag, as_items, as_local_text, as_text, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import Node, read_yaml
from cchc.tables.headings import plain_name

UNIT: Final = "unit"
"""What stands for the unit concerned among the columns that make two rows one."""
TEXT, NUMBER, DATE, CHOICE = "text", "number", "date", "choice"
_TYPES: Final = (TEXT, NUMBER, DATE, CHOICE, UNIT)
_REQUIRED, _NONE = "required", "none"
_NEEDS: Final = (_REQUIRED, "optional", _NONE)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `choices`: the name of each that may stand there, by its id. `not_before`: the column with the day
    before which this one's day does not lie; empty without one.
    """

    id: str
    name: LocalText
    type: str
    required: bool
    choices: Mapping[str, LocalText]
    not_before: str = ""


@dataclass(frozen=True, slots=True)
class RegisterKind:
    """A kind of register. `unit_name` is what the column of the unit concerned is called, None where there is none.

    `task` is the column with whose words a task by an entry begins.
    """

    id: str
    name: LocalText
    about: LocalText
    unit_name: LocalText | None
    needs_unit: bool
    columns: tuple[Column, ...]
    title: str
    task: str
    same: tuple[str, ...]
    gives_tasks: bool

    def column(self, id_: str) -> Column:
        """Raises `LookupError`."""
        return {column.id: column for column in self.columns}[id_]


def kind_on(id_: str, day: date) -> Dated[RegisterKind]:
    """The kind as it holds on that day. Raises `registers.unknown_kind`, `records.not_in_force`."""
    found = _shipped().get(id_)
    if found is None:
        raise refuse("registers.unknown_kind", kind=id_)
    return found.as_of(day)


def kinds_on(day: date) -> Mapping[str, Dated[RegisterKind]]:
    """All that hold on that day, in the order of the file."""
    known = _shipped().items()
    dated = {id_: [one for one in line.records if one.validity.holds_on(day)] for id_, line in known}
    return {id_: there[0] for id_, there in dated.items() if there}


def kind_name(id_: str) -> LocalText:
    """What a kind is, or was last, called. Raises `registers.unknown_kind`."""
    found = _shipped().get(id_)
    if found is None:
        raise refuse("registers.unknown_kind", kind=id_)
    return found.records[-1].value.name


def known_ids() -> tuple[str, ...]:
    """Every kind that ever held."""
    return tuple(_shipped())


@cache
def _shipped() -> Mapping[str, Timeline[RegisterKind]]:
    return read_kinds((resources.files("cchc.registers") / "kinds.yaml").read_bytes(), "cchc/registers/kinds.yaml")


def read_kinds(content: bytes, file: str) -> Mapping[str, Timeline[RegisterKind]]:
    """The records of every kind by its id. Raises all that is wrong, each with its place: `registers.column_twice`,
    `registers.choices_wanted`, `registers.no_such_column`, `registers.title_no_text`, what `records` refuses.
    """
    with reading(read_yaml(content, file)) as fields:
        found = Collector()
        read = [found.attempt(lambda node=node: as_dated(node, _kind)) for node in as_items(fields.need("kinds"))]  # type: ignore[misc]
        found.check()
    grouped: dict[str, list[Dated[RegisterKind]]] = {}
    for one in read:
        assert one is not None  # the check would have raised
        grouped.setdefault(one.value.id, []).append(one)
    return MappingProxyType(
        {id_: Timeline(records[0].value.name, records, gaps_allowed=True) for id_, records in grouped.items()}
    )


def _kind(fields: Fields) -> RegisterKind:
    unit = as_choice(fields.need("unit"), _NEEDS)
    kind = RegisterKind(
        as_text(fields.need("id")),
        as_local_text(fields.need("name")),
        as_local_text(fields.need("about")),
        None if unit == _NONE else as_local_text(fields.need("unit_name")),
        unit == _REQUIRED,
        tuple(_column(node) for node in as_items(fields.need("columns"))),
        as_text(fields.need("title")),
        fields.maybe("task", as_text) or as_text(fields.need("title")),
        tuple(as_text(node) for node in as_items(fields.need("same"))),
        as_flag(fields.need("gives_tasks")),
    )
    faults = Collector()
    faults.problems.extend(_faults(kind, fields))
    faults.check()
    return kind


def _column(node: Node) -> Column:
    with reading(node) as fields:
        id_, type_ = as_text(fields.need("id")), as_choice(fields.need("type"), _TYPES)
        listed = fields.maybe("choices", as_items)
        if (type_ == CHOICE) != bool(listed):
            raise refuse("registers.choices_wanted", fields.place_of("choices"), column=id_)
        choices = dict(_choice(one) for one in listed or ())
        if len(choices) < len(listed or ()):
            raise refuse("registers.choice_twice", fields.place_of("choices"), column=id_)
        name, required = as_local_text(fields.need("name")), as_flag(fields.need("required"))
        not_before = fields.maybe("not_before", as_text) or ""
        return Column(id_, name, type_, required, MappingProxyType(choices), not_before)


def _choice(node: Node) -> tuple[str, LocalText]:
    with reading(node) as fields:
        return as_text(fields.need("id")), as_local_text(fields.need("name"))


def _faults(kind: RegisterKind, fields: Fields) -> Iterator[Problem]:
    """What contradicts itself, and headings that could not be told apart in a file."""
    ids = [column.id for column in kind.columns]
    headings = [*(column.name for column in kind.columns), *([kind.unit_name] if kind.unit_name else [])]
    names = [text for name in headings for text in {plain_name(name.vi), plain_name(name.en or name.vi)}]
    for twice in _twice([*ids, UNIT]) + _twice(names):
        yield problem("registers.column_twice", fields.place_of("columns"), column=twice)
    allowed = [*ids, *([UNIT] if kind.unit_name else [])]
    for lost in [one for one in (kind.title, kind.task, *kind.same) if one not in allowed]:
        yield _lost(lost, allowed, fields.place)
    days = [column.id for column in kind.columns if column.type == DATE]
    for column in kind.columns:
        if column.not_before and not {column.id, column.not_before} <= set(days):
            yield _lost(column.not_before, days, fields.place)
    named = next((column for column in kind.columns if column.id == kind.title), None)
    if named is not None and not (named.type == TEXT and named.required):
        yield problem("registers.title_no_text", fields.place_of("title"), column=named.id)


def _lost(column: str, allowed: Sequence[str], place: Place) -> Problem:
    return problem("registers.no_such_column", place, column=column, known=", ".join(allowed))


def _twice(texts: Sequence[str]) -> list[str]:
    return sorted({text for text in texts if texts.count(text) > 1})
