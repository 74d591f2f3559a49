"""What holds for all dossiers, as dated, sourced data (`rules.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from cchc.records.schema import Fields, as_choice, as_count, as_items, as_local_text, as_text, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import Node, read_yaml

_TOLD: Final = ("one_stop_head", "unit_head")


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """How many years the papers of a dossier are kept, from the end of the year in which it was over; None for ever."""

    id: str
    name: LocalText
    years: int | None


@dataclass(frozen=True, slots=True)
class Escalating:
    """So many working days past its appointment a dossier is reported to those who hold the role `to`."""

    id: str
    working_days: int
    to: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Within `advice` working days an opinion is answered, unless whoever asks says another limit; a dossier that is
    over is kept in one of the classes of `retention`; one that is late is reported up by `escalate`.
    """

    advice: int
    retention: tuple[RetentionClass, ...]
    escalate: tuple[Escalating, ...]


def rules_on(day: date) -> Dated[Rules]:
    """Raises `records.not_in_force`."""
    return _timeline().as_of(day)


@cache
def _timeline() -> Timeline[Rules]:
    return read_rules((resources.files("cchc.dossiers") / "rules.yaml").read_bytes(), "cchc/dossiers/rules.yaml")


def read_rules(content: bytes, file: str) -> Timeline[Rules]:
    """All records of a file. Raises what `records` refuses, with file and line."""
    with reading(read_yaml(content, file)) as fields:
        dated = [as_dated(node, _rules) for node in as_items(fields.need("rules"))]
    return Timeline(LocalText("Quy định chung về hồ sơ", "Rules of all dossiers"), dated)


def _rules(fields: Fields) -> Rules:
    classes = tuple(_retention(node) for node in as_items(fields.need("retention")))
    levels = tuple(_escalating(node) for node in as_items(fields.need("escalate")))
    return Rules(as_count(fields.need("advice")), classes, levels)


def _escalating(node: Node) -> Escalating:
    with reading(node) as fields:
        return Escalating(
            as_text(fields.need("id")), as_count(fields.need("working_days")), as_choice(fields.need("to"), _TOLD)
        )


def _retention(node: Node) -> RetentionClass:
    with reading(node) as fields:
        return RetentionClass(
            as_text(fields.need("id")), as_local_text(fields.need("name")), fields.maybe("years", as_count)
        )
