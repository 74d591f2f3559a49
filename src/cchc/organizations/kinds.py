"""Kinds of units as dated, sourced data (`kinds.yaml`): which may stand under which, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from cchc.records.errors import refuse
from cchc.records.schema import Fields, as_choice, as_items, as_local_text, as_text, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, as_dated
from cchc.records.yaml_text import read_yaml

TOP: Final = "top"
_LEVELS: Final = ("province", "district", "commune")


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of unit. `level` is None for parts of a unit; `under` names kinds, or `top` for standing under none."""

    id: str
    name: LocalText
    level: str | None
    under: frozenset[str]


@cache
def unit_kinds() -> MappingProxyType[str, Dated[UnitKind]]:
    """Every kind by its id, in the order of the file."""
    content = (resources.files("cchc.organizations") / "kinds.yaml").read_bytes()
    with reading(read_yaml(content, "cchc/organizations/kinds.yaml")) as fields:
        dated = [as_dated(node, _kind) for node in as_items(fields.need("kinds"))]
    return MappingProxyType({record.value.id: record for record in dated})


def kind_of(id_: str) -> UnitKind:
    """Raises `organizations.unknown_kind`."""
    return _record_of(id_).value


def governs(kind: UnitKind) -> bool:
    """Whether units of the kind are the authority of an area (province, district, commune), not an agency or a part of
    one: they have a level, and stand under none of the same level.
    """
    return kind.level is not None and all(above == TOP or kind_of(above).level != kind.level for above in kind.under)


def check_place(kind: str, parent_kind: str | None, starts_on: date) -> None:
    """Refuse a kind that is not in force from that day on, or that may not stand under the parent's kind."""
    record = _record_of(kind)
    record.validity.require(starts_on, record.value.name)
    if (parent_kind or TOP) not in record.value.under:
        parent = None if parent_kind is None else kind_of(parent_kind).name
        raise refuse("organizations.wrong_parent_kind", kind=record.value.name, parent=parent)


def may_merge(kind: str, into: str) -> bool:
    """Whether a unit of this kind may go into one of that: the same kind, or the same level and neither a part of the
    other, as a commune and a ward.
    """
    if kind == into:
        return True
    one, other = kind_of(kind), kind_of(into)
    return one.level == other.level and into not in one.under and kind not in other.under


def family_of(kind: str) -> str:
    """The first of the kinds with which units of this kind may merge: it stands for all of them."""
    return next(one for one in unit_kinds() if may_merge(one, kind))


def check_merger(kind: str, into: str) -> None:
    """Raises `organizations.wrong_merger_kind` where `may_merge` says no."""
    if not may_merge(kind, into):
        raise refuse("organizations.wrong_merger_kind", kind=kind_of(kind).name, into=kind_of(into).name)


def check_lasts(kind: str, ends_on: date | None) -> None:
    """Refuse a kind that is out of force before that day, or at all while no end is known."""
    record, last = _record_of(kind), last_day_of(kind)
    if last is not None and (ends_on is None or ends_on > last):
        record.validity.require(last + timedelta(days=1), record.value.name)


def last_day_of(kind: str) -> date | None:
    """The last day on which units of this kind may exist; None while no end is known."""
    return _record_of(kind).validity.end


def _record_of(id_: str) -> Dated[UnitKind]:
    kinds = unit_kinds()
    if id_ not in kinds:
        raise refuse("organizations.unknown_kind", kind=id_, known=", ".join(kinds))
    return kinds[id_]


def _kind(fields: Fields) -> UnitKind:
    return UnitKind(
        as_text(fields.need("id")),
        as_local_text(fields.need("name")),
        fields.maybe("level", lambda node: as_choice(node, _LEVELS)),
        frozenset(as_text(node) for node in as_items(fields.need("under"))),
    )
