"""How papers say a unit's points, in Vietnamese as they print them: `83,5/97`, decimals as far as there are any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from cchc.documents.blocks import CellValue, Column, Table
from cchc.followups.vocabularies.tables import numbered, printable
from cchc.interface.templatetags.figures import Exact
from cchc.records.numbers import format_number, round_half_up

_LANGUAGE: Final = "vi"
_UNIT: Final = "Đơn vị"
_POINTS: Final = 12
_INDEX_DECIMALS: Final = 2


@dataclass(frozen=True, slots=True)
class Reported:
    """One unit: its own points over its own maximum where they are known, the final ones, index, class and rank."""

    unit: str
    own_points: Exact | None
    own_maximum: Exact | None
    points: Exact
    maximum: Exact
    index: Decimal
    band: str
    rank: int
    group: str = ""


def said_of(one: Reported) -> str:
    """What a report says of a unit, in one sentence."""
    own = (
        f"đơn vị tự chấm {shown(one.own_points)}/{shown(one.own_maximum)} điểm; " if one.own_points is not None else ""
    )
    return (
        f"{printable(one.unit)}: {own}sau khi thẩm định và kiểm tra thực tế {shown(one.points)}/{shown(one.maximum)} "
        f"điểm; Chỉ số cải cách hành chính {shown(one.index)}; xếp loại {one.band}"
    )


def results_table(reported: Sequence[Reported]) -> Table:
    """The annex: a row for each unit, in the order given, with the group where there are several."""
    has_groups, decimals = len({one.group for one in reported}) > 1, _decimals_of_index(reported)
    columns = [
        Column(_UNIT, width=26), *([Column("Nhóm", width=14)] if has_groups else []),
        Column("Điểm tự chấm", "number", _POINTS), Column("Điểm tối đa (tự chấm)", "number", _POINTS),
        Column("Điểm đạt được", "number", _POINTS), Column("Điểm tối đa", "number", _POINTS),
        Column("Chỉ số", "number", _POINTS), Column("Xếp loại", "centred", _POINTS), Column("Xếp hạng", "centred", 9),
    ]  # fmt: skip
    return numbered(columns, (_cells(one, has_groups, decimals) for one in reported))


def classes_of(reported: Iterable[Reported], bands: Sequence[str]) -> tuple[str, ...]:
    """`Xuất sắc: 2 đơn vị (xã A, xã B)`, in the order of the bands; a class without a unit is left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in reported:
        found[one.band].append(printable(one.unit))
    return tuple(f"{band}: {len(found[band])} đơn vị ({', '.join(found[band])})" for band in bands if found[band])


def shown(value: Exact | None) -> str:
    """As papers print a figure; nothing known is empty."""
    return "" if value is None else format_number(value, _LANGUAGE)


def _cells(one: Reported, has_groups: bool, decimals: int) -> Sequence[CellValue]:
    figures = (one.own_points, one.own_maximum, one.points, one.maximum)
    return (
        printable(one.unit), *([one.group] if has_groups else []), *(_decimal(figure) for figure in figures),
        round_half_up(Fraction(one.index), decimals), one.band, str(one.rank),
    )  # fmt: skip


def _decimals_of_index(reported: Iterable[Reported]) -> int:
    """As many as the index of any unit needs, and not fewer than two: what is kept of it may have more places."""
    needed = (
        -int(exponent) for one in reported if isinstance(exponent := one.index.normalize().as_tuple().exponent, int)
    )
    return max(_INDEX_DECIMALS, *needed, 0)


def _decimal(value: Exact | None) -> CellValue:
    """Exact where it ends; else at four places, as screens show it."""
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return Decimal(shown(value).replace(".", "").replace(",", "."))
    return Decimal(value)
