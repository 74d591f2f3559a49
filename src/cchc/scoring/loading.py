"""Reading a criteria set: YAML text to typed records, refusing the unclear with file, line and next step."""

from __future__ import annotations

from fractions import Fraction
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal, cast

from cchc.records.errors import Place, refuse, unreadable
from cchc.records.schema import (
    Collector,
    as_choice,
    as_count,
    as_entries,
    as_items,
    as_local_text,
    as_source,
    as_text,
    as_validity,
    as_verification,
    reading,
)
from cchc.records.yaml_text import Node, Scalar, read_yaml
from cchc.scoring.arithmetic import Band
from cchc.scoring.checking import SetPlaces, check_set
from cchc.scoring.criteria import ClassCap, CriteriaSet
from cchc.scoring.criterion_loading import CriterionReader
from cchc.scoring.rules.base import as_not_negative, as_positive, as_word, read_list
from cchc.scoring.rules.terms import as_condition

_INDEX_DECIMALS: Final = 2
_MAX_DECIMALS: Final = 6
_SHARED_TIES: Final = "shared"


def load(source: str | Path) -> CriteriaSet:
    """A set from a file, or one that the product ships, by its id (`tt01-2018`)."""
    path = Path(source)
    if path.is_file():
        return load_bytes(_read(path), path.name)
    if str(source) in shipped_ids():
        packaged = _shipped_folder() / f"{source}.yaml"
        return load_bytes(packaged.read_bytes(), packaged.name)
    raise unreadable("scoring.set_not_found", Place(str(source)), shipped=shipped_ids())


def shipped_ids() -> tuple[str, ...]:
    """The ids of the sets that come with the product, in order."""
    names = (entry.name for entry in _shipped_folder().iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def load_bytes(content: bytes | str, file: str) -> CriteriaSet:
    """A set from the text of a YAML file; `file` is what problems name."""
    return load_node(read_yaml(content, file))


def load_node(node: Node) -> CriteriaSet:
    """A set from text nodes, wherever they came from (YAML or a workbook). All problems are raised together."""
    collector = Collector()
    reader = CriterionReader(collector)
    made = collector.attempt(lambda: _read_set(node, reader))
    collector.check()
    assert made is not None
    check_set(made, SetPlaces(as_entries(node).key_places, reader.places, reader.rule_places))
    return made


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable("scoring.set_not_readable", Place(str(path)), detail=error.strerror or "") from error


def _shipped_folder() -> Traversable:
    return resources.files("cchc.scoring") / "sets"


def _read_set(node: Node, reader: CriterionReader) -> CriteriaSet:
    with reading(node) as fields:
        bands_on, bands = _read_bands(fields.need("bands"))
        index_decimals, index_cap = fields.maybe("index", _read_index) or (None, None)
        return CriteriaSet(
            id=as_text(fields.need("id")),
            title=as_local_text(fields.need("title")),
            applies_to=read_list(fields.need("applies_to"), as_word),
            validity=as_validity(fields.need("valid")),
            source=as_source(fields.need("source")),
            verification=as_verification(fields.need("verified")),
            total=as_not_negative(fields.need("total")),
            bands=bands,
            bands_on=bands_on,
            points_decimals=fields.maybe("points_decimals", as_decimals),
            index_decimals=_INDEX_DECIMALS if index_decimals is None else index_decimals,
            index_cap=index_cap,
            tie_order=fields.maybe("ties", _read_ties) or (),
            class_caps=fields.maybe("class_caps", _read_class_caps) or (),
            bonus_cap=fields.maybe("bonus_cap", as_not_negative),
            penalty_cap=fields.maybe("penalty_cap", as_not_negative),
            fields=reader.fields(fields.need("fields")),
        )


def as_decimals(node: Node) -> int:
    """How many decimals to round at. Raises `scoring.too_many_decimals`."""
    decimals = as_count(node)
    if decimals > _MAX_DECIMALS:
        raise refuse("scoring.too_many_decimals", node.place, limit=_MAX_DECIMALS)
    return decimals


def _read_index(node: Node) -> tuple[int | None, Fraction | None]:
    with reading(node) as fields:
        return fields.maybe("decimals", as_decimals), fields.maybe("cap", as_positive)


def _read_bands(node: Node) -> tuple[Literal["index", "points"], tuple[Band, ...]]:
    """Bands from high to low, the last from 0. Raises `scoring.bands_not_descending`, `scoring.bands_not_to_zero`."""
    with reading(node) as fields:
        on = fields.maybe("on", _as_what_bands_read) or "index"
        steps = fields.need("steps")
        bands = read_list(steps, _read_band)
    for higher, lower in pairwise(bands):
        if lower.start >= higher.start:
            raise refuse("scoring.bands_not_descending", steps.place, higher=higher.id, lower=lower.id)
    if bands[-1].start != 0:
        raise refuse("scoring.bands_not_to_zero", steps.place, start=bands[-1].start)
    if len({band.id for band in bands}) < len(bands):
        raise refuse("scoring.duplicate_band", steps.place)
    return on, bands


def _as_what_bands_read(node: Node) -> Literal["index", "points"]:
    return cast(Literal["index", "points"], as_choice(node, ("index", "points")))


def _read_band(node: Node) -> Band:
    with reading(node) as fields:
        return Band(
            as_text(fields.need("id")), as_not_negative(fields.need("from")), as_local_text(fields.need("name"))
        )


def _read_ties(node: Node) -> tuple[str, ...]:
    """`shared`, or `{order: [codes]}`."""
    if isinstance(node, Scalar):
        as_choice(node, (_SHARED_TIES,))
        return ()
    with reading(node) as fields:
        return read_list(fields.need("order"), as_text)


def _read_class_caps(node: Node) -> tuple[ClassCap, ...]:
    return tuple(_read_class_cap(item) for item in as_items(node))


def _read_class_cap(node: Node) -> ClassCap:
    with reading(node) as fields:
        return ClassCap(as_condition(fields.need("when")), as_text(fields.need("at_most")))
