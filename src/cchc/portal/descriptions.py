"""What stands beside a result table: its year, place, source and bands, read from YAML.

A result table holds figures only. Everything a reader needs to judge them is described here, and the
description is checked as strictly as a criteria set.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from cchc.records.errors import refuse
from cchc.records.schema import (
    Fields,
    as_choice,
    as_count,
    as_items,
    as_local_text,
    as_number,
    as_source,
    as_text,
    reading,
)
from cchc.records.sources import Source
from cchc.records.text import LocalText
from cchc.records.yaml_text import Node, Scalar, read_yaml
from cchc.scoring.arithmetic import Band

LEVELS: Final = ("province", "department", "district", "commune")
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAX_SLUG: Final = 80
_MAX_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class DescribedBand:
    """A class with the index from which it starts; `doubt` says why that limit is unverified."""

    band: Band
    doubt: LocalText | None


@dataclass(frozen=True, slots=True)
class RoundDescription:
    """One published round without its figures. `criteria` is the decision that issued the criteria set.

    Rounds of the same `series` are compared over the years.
    """

    slug: str
    title: LocalText
    year: int
    level: str
    series: str
    place: LocalText
    published_by: LocalText
    source: Source
    criteria: Source
    decimals: int
    bands: tuple[DescribedBand, ...]


def read_description(content: str | bytes, file: str) -> RoundDescription:
    """The description written in YAML. Raises `DomainError` with file, line and next step."""
    with reading(read_yaml(content, file)) as fields:
        return RoundDescription(
            slug=_slug(fields, "slug"),
            title=as_local_text(fields.need("title")),
            year=_in_range(fields, "year", 1990, 2200),
            level=as_choice(fields.need("level"), LEVELS),
            series=_slug(fields, "series"),
            place=as_local_text(fields.need("place")),
            published_by=as_local_text(fields.need("published_by")),
            source=as_source(fields.need("source")),
            criteria=as_source(fields.need("criteria")),
            decimals=_in_range(fields, "decimals", 0, _MAX_DECIMALS),
            bands=_bands(fields.need("bands")),
        )


def _slug(fields: Fields, key: str) -> str:
    text = as_text(fields.need(key))
    if len(text) > _MAX_SLUG or _SLUG.fullmatch(text) is None:
        raise refuse("portal.not_a_slug", fields.place_of(key), text=text)
    return text


def _in_range(fields: Fields, key: str, low: int, high: int) -> int:
    number = as_count(fields.need(key))
    if not low <= number <= high:
        raise refuse("portal.out_of_range", fields.place_of(key), value=number, low=low, high=high)
    return number


def _bands(node: Node) -> tuple[DescribedBand, ...]:
    bands = tuple(map(_band, as_items(node)))
    descending = all(higher.band.start > lower.band.start for higher, lower in pairwise(bands))
    if not bands or not descending or bands[-1].band.start != 0:
        raise refuse("portal.bands_not_descending", node.place)
    if len({described.band.id for described in bands}) < len(bands):
        raise refuse("portal.band_twice", node.place)
    return bands


def _band(node: Node) -> DescribedBand:
    with reading(node) as fields:
        id, start = as_text(fields.need("id")), as_number(fields.need("from"))
        name, doubt = as_local_text(fields.need("name")), _doubt(fields.need("verified"))
    return DescribedBand(Band(id, start, name), doubt)


def _doubt(node: Node) -> LocalText | None:
    """`true`, or `{no: …}` with the reason in one or two languages."""
    if isinstance(node, Scalar):
        as_choice(node, ("true",))
        return None
    with reading(node) as fields:
        return as_local_text(fields.need("no"))
