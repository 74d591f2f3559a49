"""Below which shares the report of use marks a unit, as dated, sourced data (`adoption.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Final

from cchc.records.errors import refuse
from cchc.records.schema import Fields, as_count, as_items, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import read_yaml

_WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares: `system` of all that was received, `online` and `post` of what stands on the system."""

    system: Fraction
    online: Fraction
    post: Fraction


def thresholds_on(day: date) -> Dated[Thresholds]:
    """Raises `records.not_in_force`."""
    return _timeline().as_of(day)


@cache
def _timeline() -> Timeline[Thresholds]:
    content = (resources.files("cchc.dossiers") / "adoption.yaml").read_bytes()
    return read_thresholds(content, "cchc/dossiers/adoption.yaml")


def read_thresholds(content: bytes, file: str) -> Timeline[Thresholds]:
    """All records of a file. Raises what `records` refuses, with file and line, and `dossiers.not_a_percentage`."""
    with reading(read_yaml(content, file)) as fields:
        dated = [as_dated(node, _thresholds) for node in as_items(fields.need("rules"))]
    return Timeline(LocalText("Ngưỡng sử dụng hệ thống", "Thresholds of use"), dated)


def _thresholds(fields: Fields) -> Thresholds:
    return Thresholds(*(_share(fields, name) for name in ("system", "online", "post")))


def _share(fields: Fields, name: str) -> Fraction:
    node = fields.need(name)
    percent = as_count(node)
    if percent > _WHOLE:
        raise refuse("dossiers.not_a_percentage", node.place, name=name, percent=percent)
    return Fraction(percent, _WHOLE)
