"""A round as a table to take away. Its headings are those of a result table, so that `cchc verify` reads it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from cchc.portal.figures import RoundFigures, UnitFigures
from cchc.portal.models import PublishedResult
from cchc.records.dates import format_date
from cchc.records.numbers import parse_number
from cchc.records.text import Language
from cchc.tables.writing import Column, SheetToWrite, WrittenValue, write_csv
from cchc.tables.xlsx_writing import write_xlsx

Format = Literal["xlsx", "csv"]
FORMATS: Final[dict[str, str]] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_HEADINGS: Final[dict[Language, tuple[str, ...]]] = {
    "vi": (
        "Đơn vị", "Nhóm", "Điểm tự chấm", "Điểm tự chấm tối đa", "Chỉ số tự chấm (tính)", "Điểm thẩm định",
        "Điểm thẩm định tối đa", "Chỉ số (in)", "Xếp loại (in)", "Xếp hạng (in)", "Chỉ số tính lại",
        "Xếp loại tính lại", "Xếp hạng tính lại", "Ghi chú",
    ),
    "en": (
        "Unit", "Group", "Self", "Self_max", "Self index (computed)", "Appraised", "Appraised_max",
        "Index (printed)", "Class (printed)", "Rank (printed)", "Recomputed index", "Recomputed class",
        "Recomputed rank", "Note",
    ),
}  # fmt: skip
_WIDE: Final = {"Đơn vị": 34, "Unit": 34, "Ghi chú": 60, "Note": 60}
_INDEXES: Final = {"Chỉ số tự chấm (tính)", "Chỉ số tính lại", "Self index (computed)", "Recomputed index"}


def export(round: RoundFigures, results: Iterable[PublishedResult], format: Format) -> tuple[bytes, str, str]:
    """The file, its media type and its name.

    Points and recomputed figures are numbers, with a decimal comma in the Vietnamese CSV (delimited by `;`); what was
    printed stays text, with the decimals it was printed with.
    """
    rows = [_row(round.unit(result)) for result in results]
    published = round.published
    version = "" if published.is_current else f"-ban-{published.version}"
    name = f"{published.slug}{version}.{format}"
    headings = _HEADINGS[round.language]
    if format == "csv":
        return write_csv(headings, rows, delimiter=";" if round.language == "vi" else ","), FORMATS[format], name
    columns = tuple(
        Column(heading, _WIDE.get(heading, 13), "number" if heading in _INDEXES else "text", published.decimals)
        for heading in headings
    )
    lines = (round.title, _source_line(round))
    sheet = SheetToWrite(str(published.year), columns, rows, lines_above=lines, frozen_columns=1)
    return write_xlsx([sheet]), FORMATS[format], name


def _source_line(round: RoundFigures) -> str:
    published = round.published
    issued = format_date(published.source_on, round.language) if published.source_on else ""
    return " · ".join(filter(None, (round.publisher, published.source_document, issued)))


def _row(unit: UnitFigures) -> tuple[WrittenValue, ...]:
    result, own, appraised = unit.result, unit.self_score, unit.appraised
    return (
        result.unit_name,
        result.group,
        own.points if own else None,
        own.maximum if own else None,
        result.self_index,
        appraised.points,
        appraised.maximum,
        unit.printed_index,
        unit.printed_class,
        int(unit.printed_rank) if unit.printed_rank else None,
        result.index,
        unit.band.name,
        result.rank,
        " ".join(unit.explanations),
    )
