"""Samples of many units at one glance: a heat matrix, small multiples."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from cchc.interface.shapes import HeatCell, HeatRow, Link, Panel

PERIODS: Final = ("2018", "2019", "2020", "2021", "2022")
_CRITERIA: Final = tuple(f"TC {number}" for number in range(1, 9))
# Percent of the maximum, a line per unit, both sides of every step.
_PERCENT: Final = (
    ("Xã Mẫu Một", (95, 88, 61, 100, 79, 80, 92, 59)),
    ("Xã Mẫu Hai", (90, 72, 70, 40, 39, 60, 85, 19)),
    ("Thị trấn Ẳng Mẫu", (0, 20, 55, 66, 99, 81, 47, 33)),
)
_INDEXES: Final = (
    ("Xã Mẫu Một", "78.1 80.4 83.2 88.9 91.24"),
    ("Xã Mẫu Hai", "71.5 75 74.2 80.66 84.71"),
    ("Thị trấn Ẳng Mẫu", "82 79.25 81.3 83 84.71"),
    ("Xã Mẫu Ba", "65.4 68.9 – 70.1 74.3"),
    ("Xã Mẫu Bốn", "88.2 86.1 84 81.7 80.5"),
    ("Xã Mẫu Năm", "– – – 77.7 79.1"),
    ("Xã Mẫu Sáu", "72.2 73 – – 75.6"),
)


def comparing() -> dict[str, Any]:
    """`criteria`, `heat_rows`; `panels`, `periods`. The second unit of each is the reader's own."""
    return {
        "criteria": [*(Link(code, "#g-comparing") for code in _CRITERIA[:-1]), Link(_CRITERIA[-1])],
        "heat_rows": [*_heat_rows(), _not_locked()],
        "panels": [
            Panel(name, [None if text == "–" else Decimal(text) for text in line.split()], url, i == 1)
            for i, ((name, line), url) in enumerate(zip(_INDEXES, [*["#g-comparing"] * 6, ""], strict=True))
        ],
        "periods": PERIODS,
    }


def _heat_rows() -> list[HeatRow]:
    return [
        HeatRow(name, [HeatCell(value, "#g-comparing") for value in values], "#g-comparing", is_own=i == 1)
        for i, (name, values) in enumerate(_PERCENT)
    ]


def _not_locked() -> HeatRow:
    return HeatRow("Xã Mẫu Ba", [HeatCell(None)] * len(_CRITERIA), note=_("not locked yet"))
