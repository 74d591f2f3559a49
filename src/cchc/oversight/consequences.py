"""What follows from delays, as dated, sourced data (`consequences.yaml`): time to explain, proposed days, measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from cchc.records.errors import refuse
from cchc.records.schema import Fields, as_choice, as_count, as_flag, as_items, as_local_text, as_text, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import Node, read_yaml

OFFICIAL: Final = "official"
HEAD: Final = "head"
UNIT: Final = "unit"
ABOUT: Final = (OFFICIAL, HEAD, UNIT)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a conclusion may name, of whom, and whether a document carries it out."""

    id: str
    name: LocalText
    about: tuple[str, ...]
    is_commendation: bool
    needs_document: bool


@dataclass(frozen=True, slots=True)
class Consequences:
    """All that holds on a day; the numbers are working days."""

    explain: int
    task: int
    measures: Mapping[str, Measure]

    def of(self, about: str) -> tuple[Measure, ...]:
        """Measures that may be taken of an official, a head or a unit."""
        return tuple(one for one in self.measures.values() if about in one.about)

    def measure_of(self, id_: str, about: str) -> Measure:
        """Raises `oversight.measure_unknown`."""
        measure = self.measures.get(id_)
        if measure is None or about not in measure.about:
            raise refuse("oversight.measure_unknown")
        return measure


def consequences_on(day: date) -> Dated[Consequences]:
    """Raises `records.not_in_force`."""
    return _timeline().as_of(day)


def measure_named(id_: str) -> LocalText:
    """What a measure of any time is called; its key where no record has it."""
    for dated in reversed(_timeline().records):
        if id_ in dated.value.measures:
            return dated.value.measures[id_].name
    return LocalText(id_, id_)


def commendations() -> frozenset[str]:
    """The keys of all measures that honour, of any time."""
    values = (dated.value for dated in _timeline().records)
    return frozenset(one.id for value in values for one in value.measures.values() if one.is_commendation)


@cache
def _timeline() -> Timeline[Consequences]:
    content = (resources.files("cchc.oversight") / "consequences.yaml").read_bytes()
    return read_consequences(content, "cchc/oversight/consequences.yaml")


def read_consequences(content: bytes, file: str) -> Timeline[Consequences]:
    """All records of a file. Raises what `records` refuses, with file and line."""
    with reading(read_yaml(content, file)) as fields:
        dated = [as_dated(node, _consequences) for node in as_items(fields.need("consequences"))]
    return Timeline(LocalText("Hệ quả của chậm, quá hạn", "Consequences of delays"), dated)


def _consequences(fields: Fields) -> Consequences:
    measures = [_measure(node) for node in as_items(fields.need("measures"))]
    return Consequences(
        as_count(fields.need("explain")), as_count(fields.need("task")), {one.id: one for one in measures}
    )


def _measure(node: Node) -> Measure:
    with reading(node) as fields:
        return Measure(
            as_text(fields.need("id")),
            as_local_text(fields.need("name")),
            tuple(as_choice(one, ABOUT) for one in as_items(fields.need("about"))),
            as_flag(fields.need("is_commendation")),
            as_flag(fields.need("needs_document")),
        )
