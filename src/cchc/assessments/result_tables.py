"""A frozen result to take away: a workbook that computes index and rank anew, or a CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from cchc.assessments.models import Round
from cchc.assessments.queries.results import ResultRow
from cchc.interface.errors import current_language
from cchc.records.numbers import round_half_up
from cchc.records.text import LocalText
from cchc.scoring.criteria import CriteriaSet
from cchc.tables.writing import Column, Formula, SheetToWrite, WrittenValue, write_csv, write_xlsx

FORMATS: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_TEXT: Final = "text"
_POINTS: Final = "points"
_INDEX: Final = "index"
_WHOLE: Final = "whole"
_COLUMNS: Final = (
    (LocalText("Hạng", "Rank"), _WHOLE, 8),
    (LocalText("Đơn vị", "Unit"), _TEXT, 34),
    (LocalText("Nhóm", "Group"), _TEXT, 16),
    (LocalText("Điểm tự chấm", "Own points"), _POINTS, 12),
    (LocalText("Điểm tối đa tự chấm", "Own maximum"), _POINTS, 12),
    (LocalText("Điểm thẩm định hồ sơ", "Documents appraised"), _POINTS, 12),
    (LocalText("Điểm sau kiểm tra thực tế", "After the field check"), _POINTS, 12),
    (LocalText("Điểm cuối cùng", "Final points"), _POINTS, 12),
    (LocalText("Điểm tối đa áp dụng", "Applicable maximum"), _POINTS, 12),
    (LocalText("Chỉ số", "Index"), _INDEX, 10),
    (LocalText("Xếp loại", "Class"), _TEXT, 16),
    (LocalText("Chỉ số phiên bản trước", "Index of the version before"), _INDEX, 12),
)
_ABOVE: Final = 2
_HEADING: Final = 1


def result_table(
    round_: Round, criteria: CriteriaSet, version: int, rows: Sequence[ResultRow], kind: str
) -> tuple[bytes, str]:  # fmt: skip
    """The file and its name, `kind` one of `FORMATS`."""
    language = current_language()
    name = f"ket-qua-{round_.year}-{round_.pk}-ban-{version}.{kind}"
    values = list(_values(criteria, rows))
    if kind == "csv":
        titles = [title.in_language(language) for title, _kind, _width in _COLUMNS]
        return write_csv(titles, values, delimiter=";" if language == "vi" else ","), name
    columns = tuple(
        Column(
            title.in_language(language), width, kind="text" if shape == _TEXT else "number",
            decimals=criteria.index_decimals if shape == _INDEX else None,
        )
        for title, shape, width in _COLUMNS
    )  # fmt: skip
    above = (f"{round_.title} {round_.year}", f"{criteria.title.in_language(language)} · v{version}")
    sheet = SheetToWrite(str(round_.year), columns, values, lines_above=above, frozen_columns=2)
    return write_xlsx([sheet]), name


def _values(criteria: CriteriaSet, rows: Sequence[ResultRow]) -> Iterator[tuple[WrittenValue, ...]]:
    first, last = _ABOVE + _HEADING + 1, _ABOVE + _HEADING + len(rows)
    for one in rows:
        yield (
            _rank(criteria, one, first, last),
            one.sheet.name,
            one.sheet.group,
            one.own_points,
            one.own_maximum,
            one.document,
            one.field,
            one.points,
            one.maximum,
            _index(criteria, one),
            one.band,
            _at(one.before.index, criteria) if one.before is not None else None,
        )


def _index(criteria: CriteriaSet, one: ResultRow) -> Formula:
    """Points ÷ maximum × 100, rounded once, within what the set allows."""
    quotient = "H{row}/I{row}*100"
    if criteria.index_cap is not None:
        quotient = f"MIN({quotient},{_number_text(criteria.index_cap)})"
    return Formula(f"=ROUND({quotient},{criteria.index_decimals})", _at(one.index, criteria) or Decimal(0))


def _rank(criteria: CriteriaSet, one: ResultRow, first: int, last: int) -> WrittenValue:
    """One more than units of the group with a higher index; as frozen where the set parts equal ones by criteria."""
    if criteria.tie_order:
        return one.rank
    group, index = f"$C${first}:$C${last}", f"$J${first}:$J${last}"
    return Formula(f'=1+COUNTIFS({group},C{{row}},{index},">"&J{{row}})', one.rank)


def _number_text(value: Fraction) -> str:
    """A number of a set as a formula writes it: with a point."""
    return f"{round_half_up(value, 6):f}"


def _at(index: Decimal | None, criteria: CriteriaSet) -> Decimal | None:
    """Without the zeros that the column in the database adds."""
    return None if index is None else round_half_up(Fraction(index), criteria.index_decimals)
