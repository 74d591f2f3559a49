"""Reading the shipped units: provinces with those they took in, communes of one province, some former districts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final, TypeVar

from cchc.records.schema import (
    Fields,
    as_date,
    as_items,
    as_local_text,
    as_source,
    as_text,
    as_verification,
    reading,
)
from cchc.records.sources import Source, Verification
from cchc.records.text import LocalText
from cchc.records.yaml_text import Node, read_yaml
from cchc.tables.reading import read_tables

T = TypeVar("T")
_COMMUNES: Final = re.compile(r"communes-(.+)\.csv")


@dataclass(frozen=True, slots=True)
class Named:
    """A unit as it is written down: `into` is the code of what it became, `took_in` whom it took in."""

    code: str
    kind: str
    name: LocalText
    into: str = ""
    took_in: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Reform:
    """Units before and after a day, with the decision behind it."""

    effective_on: date
    source: Source
    verification: Verification


@dataclass(frozen=True, slots=True)
class Provinces:
    """All provinces; the register begins with `since`."""

    reform: Reform
    since: date
    units: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class District:
    """A former district of a former province, with the communes it had; `since` is its day of founding."""

    reform: Reform
    former_province: str
    district: Named
    since: date
    units: tuple[Named, ...]


@cache
def shipped_provinces() -> Provinces:
    """The 34 provinces since 1/7/2025."""

    def read(fields: Fields) -> Provinces:
        listed = tuple(_province(node) for node in as_items(fields.need("provinces")))
        return Provinces(_reform(fields), as_date(fields.need("since")), listed)

    return _read("provinces.yaml", read)


DISTRICTS: Final = ("kon-ray", "kon-plong")
"""Those of which the communes are shipped."""


@cache
def shipped_district(name: str) -> District:
    """A former district and its communes."""

    def read(fields: Fields) -> District:
        with reading(fields.need("district")) as of:
            district = Named(_text(of, "code"), "district", as_local_text(of.need("name")))
            since = as_date(of.need("since"))
        communes = tuple(_commune(node) for node in as_items(fields.need("communes")))
        return District(_reform(fields), _text(fields, "former_province"), district, since, communes)

    return _read(f"{name}.yaml", read)


def districts_of(province: str) -> tuple[str, ...]:
    """The names of the former districts that lay in a province, or in one that went into it."""
    took_in = {one.code for now in shipped_provinces().units if now.code == province for one in now.took_in}
    return tuple(name for name in DISTRICTS if shipped_district(name).former_province in {province, *took_in})


def provinces_with_communes() -> tuple[str, ...]:
    """The codes of provinces whose communes are shipped."""
    names = (file.name for file in resources.files("cchc.organizations.shipped").iterdir())
    return tuple(sorted(found[1] for name in names if (found := _COMMUNES.fullmatch(name))))


@cache
def shipped_communes(province: str) -> tuple[Named, ...]:
    """The communes, wards and special zones of a province since 1/7/2025.

    `FileNotFoundError` for a province of which none are shipped.
    """
    name = f"communes-{province}.csv"
    (grid,) = read_tables((resources.files("cchc.organizations.shipped") / name).read_bytes(), name)
    _heading, *rows = grid.rows
    columns = ([row.cell(index).text for index in range(3)] for row in rows)
    return tuple(Named(code, kind, LocalText(name)) for code, kind, name in columns)


def _read(name: str, read: Callable[[Fields], T]) -> T:
    content = (resources.files("cchc.organizations.shipped") / name).read_bytes()
    with reading(read_yaml(content, f"cchc/organizations/shipped/{name}")) as fields:
        return read(fields)


def _reform(fields: Fields) -> Reform:
    return Reform(
        as_date(fields.need("effective_on")),
        as_source(fields.need("source")),
        as_verification(fields.need("verified")),
    )


def _province(node: Node) -> Named:
    with reading(node) as fields:
        took_in = fields.maybe("took_in", lambda listed: tuple(_province(one) for one in as_items(listed))) or ()
        return Named(_text(fields, "code"), "province", as_local_text(fields.need("name")), took_in=took_in)


def _commune(node: Node) -> Named:
    with reading(node) as fields:
        name = as_local_text(fields.need("name"))
        return Named(_text(fields, "code"), _text(fields, "kind"), name, into=_text(fields, "into"))


def _text(fields: Fields, key: str) -> str:
    return as_text(fields.need(key))
