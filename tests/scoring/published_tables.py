"""Result tables for tests, written as people see them: cells between bars."""

from __future__ import annotations

from cchc.tables.grid import Cell, Grid, Row

KON_RAY_2022 = (
    "Đơn vị | Điểm tự chấm | Điểm thẩm định | Chỉ số CCHC năm 2022 | Xếp loại | Xếp hạng",
    "TT Đăk Rve | 83,5/97 | 75,42/94 | 80,23 | Tốt | 7",
    "Đăk Tờ Re | 86,5/100 | 76,97/94 | 81,88 | Tốt | 6",
    "Đăk Kôi | 88/100 | 81,18/93 | 87,29 | Tốt | 3",
    "Tân Lập | 85,5/95,5 | 84,17/93 | 90,51 | Xuất sắc | 2",
    "Đăk Pnê | 87,5/100 | 79,63/94 | 84,41 | Tốt | 5",
    "Đăk Ruông | 86,55/92,5 | 81,1/93 | 87,2 | Tốt | 4",
    "Đăk Tơ Lung | 89/94,5 | 86,35/93 | 92,85 | Xuất sắc | 1",
)


def grid(*lines: str, sheet: str | None = None, hidden: bool = False) -> Grid:
    """One sheet; rows count from 1, empty lines are left out as by a reader."""
    rows = (
        Row(number, tuple(Cell(text.strip()) for text in line.split("|")))
        for number, line in enumerate(lines, 1)
        if line.strip(" |")
    )
    return Grid("bang.csv" if sheet is None else "bang.xlsx", sheet, tuple(rows), hidden)
