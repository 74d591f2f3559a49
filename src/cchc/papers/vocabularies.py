"""The names that every unit's papers may use: the unit itself, its place, its parts, the day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from cchc.documents.blocks import Column, Table
from cchc.organizations.kinds import kind_of
from cchc.organizations.models import Placement, Unit
from cchc.organizations.queries.units import children, path
from cchc.papers.vocabulary import Value, Vocabulary, Word
from cchc.records.text import LocalText

OF_UNIT: Final = "papers.unit"
_COMMITTEE: Final = "Ủy ban nhân dân"
_WITH_COMMITTEE: Final = frozenset({"province", "district", "township", "commune", "ward", "special_zone"})
_KIND_IN_NAME: Final = re.compile(r"(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)\s+", re.IGNORECASE)


def body_of(placement: Placement) -> str:
    """Who issues for a unit: its People's Committee where it is a province, district or commune, else itself."""
    return f"{_COMMITTEE} {placement.name_vi}" if placement.kind in _WITH_COMMITTEE else placement.name_vi


def superior_of(way: Sequence[Placement]) -> str:
    """The body above the last unit of a way; a People's Committee names none."""
    *above, unit = way
    return body_of(above[-1]) if above and unit.kind not in _WITH_COMMITTEE else ""


def place_of(way: Sequence[Placement]) -> str:
    """`Kon Rẫy`: the name of the commune, district or province in which the last unit of a way stands."""
    named = next((one for one in reversed(way) if one.kind in _WITH_COMMITTEE), None)
    return "" if named is None else _KIND_IN_NAME.sub("", named.name_vi, count=1)


def values_of_unit(unit: Unit, day: date) -> dict[str, Value]:
    """What `UNIT_WORDS` stand for."""
    way = path(unit, day)
    if not way:
        return {"year": str(day.year), "today": day}
    return {
        "unit.name": way[-1].name_vi,
        "unit.body": body_of(way[-1]),
        "unit.superior": superior_of(way) or None,
        "unit.symbol": way[-1].symbol or None,
        "unit.place": place_of(way) or None,
        "year": str(day.year),
        "today": day,
    }


def _gather(unit: Unit, day: date, about: str) -> Mapping[str, Value]:
    parts, values = list(children(unit, day)), values_of_unit(unit, day)
    if "unit.name" not in values:
        return values
    return values | {
        "unit.parts": tuple(part.name_vi for part in parts),
        "unit.parts_table": _table([part.name_vi for part in parts], [kind_of(part.kind).name.vi for part in parts]),
    }


def _table(names: Sequence[str], kinds: Sequence[str]) -> Table:
    rows = tuple((number, *row) for number, row in enumerate(zip(names, kinds, strict=True), start=1))
    return Table((Column("STT", "centred", 6), Column("Đơn vị", "text", 40), Column("Loại", "text", 24)), rows)


UNIT_WORDS: Final = (
    Word("unit.name", LocalText("Tên đơn vị", "Name of the unit"), "xã Mẫu"),
    Word("unit.body", LocalText("Cơ quan ban hành", "Body that issues"), "Ủy ban nhân dân xã Mẫu"),
    Word("unit.superior", LocalText("Cơ quan chủ quản", "Body above it"), "Ủy ban nhân dân tỉnh Mẫu"),
    Word("unit.symbol", LocalText("Ký hiệu của đơn vị", "Symbol of the unit"), "UBND"),
    Word("unit.place", LocalText("Địa danh", "Place"), "Mẫu"),
    Word("year", LocalText("Năm soạn", "Year of the draft"), "2026"),
    Word("today", LocalText("Ngày soạn", "Day of the draft"), date(2026, 2, 1), "date"),
)
"""Of the unit that writes and the day; vocabularies of other rooms begin with them."""
_SAMPLE_PARTS: Final = ("Văn phòng HĐND và UBND", "Phòng Kinh tế")
VOCABULARIES: Final = {
    OF_UNIT: Vocabulary(
        LocalText("Đơn vị soạn văn bản", "The unit that writes"),
        (
            *UNIT_WORDS,
            Word("unit.parts", LocalText("Các đơn vị trực thuộc", "Units under it"), _SAMPLE_PARTS, "list"),
            Word(
                "unit.parts_table",
                LocalText("Bảng đơn vị trực thuộc", "Table of the units under it"),
                _table(_SAMPLE_PARTS, ("Phòng, ban", "Phòng, ban")),
                "table",
            ),
        ),
        _gather,
    )
}
