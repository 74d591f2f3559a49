"""A round as a table to take away. Its headings are those of a result table, so that `cchc verify` reads it back."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from cchc.portal.figures import RoundFigures, UnitFigures
from cchc.portal.models import PublishedResult
from cchc.records.dates import format_date
from cchc.records.numbers import round_half_up
from cchc.records.text import LocalText
from cchc.tables.writing import Column, SheetToWrite, WrittenValue, write_csv
from cchc.tables.xlsx_writing import write_xlsx

FORMATS: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class _Heading(NamedTuple):
    name: LocalText
    kind: Literal["text", "printed", "points", "index"] = "text"
    width: int = 13


# What was printed stays text, with the decimals it was printed with.
_HEADINGS: Final = (
    _Heading(LocalText("Đơn vị", "Unit"), width=34),
    _Heading(LocalText("Nhóm", "Group")),
    _Heading(LocalText("Điểm tự chấm", "Self"), "points"),
    _Heading(LocalText("Điểm tự chấm tối đa", "Self_max"), "points"),
    _Heading(LocalText("Chỉ số tự chấm (tính)", "Self index (computed)"), "index"),
    _Heading(LocalText("Điểm thẩm định", "Appraised"), "points"),
    _Heading(LocalText("Điểm thẩm định tối đa", "Appraised_max"), "points"),
    _Heading(LocalText("Chỉ số (in)", "Index (printed)"), "printed"),
    _Heading(LocalText("Xếp loại (in)", "Class (printed)")),
    _Heading(LocalText("Xếp hạng (in)", "Rank (printed)"), "printed"),
    _Heading(LocalText("Chỉ số tính lại", "Recomputed index"), "index"),
    _Heading(LocalText("Xếp loại tính lại", "Recomputed class")),
    _Heading(LocalText("Xếp hạng tính lại", "Recomputed rank"), "points"),
    _Heading(LocalText("Ghi chú", "Note"), width=60),
)


def export(shown: RoundFigures, results: Iterable[PublishedResult], kind: str) -> tuple[bytes, str]:
    """The file and its name, `kind` one of `FORMATS`.

    Points and recomputed figures are numbers, with a decimal comma in the Vietnamese CSV (delimited by `;`).
    """
    published = shown.published
    rows = [_row(shown.unit(result), published.decimals) for result in results]
    name = f"{published.slug}{'' if published.is_current else f'-ban-{published.version}'}.{kind}"
    if kind == "csv":
        titles = [heading.name.in_language(shown.language) for heading in _HEADINGS]
        return write_csv(titles, rows, delimiter=";" if shown.language == "vi" else ","), name
    lines = (shown.title, _source_line(shown))
    sheet = SheetToWrite(str(published.year), _columns(shown), rows, lines_above=lines, frozen_columns=1)
    return write_xlsx([sheet]), name


def _columns(shown: RoundFigures) -> tuple[Column, ...]:
    return tuple(
        Column(
            name.in_language(shown.language),
            width,
            kind="text" if kind in {"text", "printed"} else "number",
            decimals=shown.published.decimals if kind == "index" else None,
            is_figure=kind == "printed",
        )
        for name, kind, width in _HEADINGS
    )


def _source_line(shown: RoundFigures) -> str:
    published = shown.published
    issued = format_date(published.source_on, shown.language) if published.source_on else ""
    return " · ".join(filter(None, (shown.publisher, published.source_document, issued)))


def _row(unit: UnitFigures, decimals: int) -> tuple[WrittenValue, ...]:
    result, own, appraised = unit.result, unit.self_score, unit.appraised
    return (
        result.unit_name,
        result.group,
        own.points if own else None,
        own.maximum if own else None,
        _at_decimals(result.self_index, decimals),
        appraised.points,
        appraised.maximum,
        unit.printed_index,
        unit.printed_class,
        unit.printed_rank,
        _at_decimals(result.index, decimals),
        unit.band.name,
        result.rank,
        " ".join(unit.explanations),
    )


def _at_decimals(index: Decimal | None, decimals: int) -> Decimal | None:
    """The index without the zeros that its column in the database adds: `92.850000` is 92.85."""
    return None if index is None else round_half_up(Fraction(index), decimals)
