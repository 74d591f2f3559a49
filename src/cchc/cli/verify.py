"""`cchc verify TABLE`: recompute a published result table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cchc.cli.output import working, write_json
from cchc.cli.session import json_option, language_option, session_of
from cchc.records.errors import DomainError
from cchc.records.numbers import decimal_text
from cchc.records.text import Language
from cchc.records.words import say, tell
from cchc.scoring.arithmetic import DEFAULT_BANDS, Band, parse_bands
from cchc.scoring.published import CheckedRow, CheckedTable, check_table
from cchc.tables.reading import read_path

_MOST_DECIMALS = 6


def _read_bands(ctx: click.Context, param: click.Parameter, text: str | None) -> tuple[Band, ...]:
    """The bands of `--bands`; a usage error that says what is wrong with them."""
    if text is None:
        return DEFAULT_BANDS
    try:
        return parse_bands(text)
    except DomainError as error:
        sentence = tell(error.problems[0].message, session_of(ctx).language)
        raise click.BadParameter(sentence, ctx, param) from error


@click.command(epilog="Example: cchc verify ket-qua-2022.xlsx --decimals 2 --bands 'Đạt:50,Không đạt:0'")
@click.argument("table", type=click.Path(path_type=Path))
@click.option(
    "--decimals",
    type=click.IntRange(0, _MOST_DECIMALS),
    default=2,
    show_default=True,
    help="Decimals of the computed index; class and rank read it rounded.",
)
@click.option(
    "--bands",
    callback=_read_bands,
    metavar="NAME:FROM,…",
    help="Classes (xếp loại) and the index from which each starts, in any order; decimals take a point. "
    "Default: Xuất sắc:90,Tốt:80,Khá:70,Trung bình:50,Yếu:0.",
)
@json_option
@language_option
@click.pass_context
def command(
    ctx: click.Context, table: Path, decimals: int, bands: tuple[Band, ...], as_json: bool, language: Language
) -> None:
    """Recompute the published result table TABLE (bảng kết quả, CSV or XLSX).

    The index, class and rank that follow from each unit's appraised points (điểm thẩm định) and maximum (điểm tối đa)
    are set beside the printed ones. Of a workbook the first visible sheet with a result table is read. An empty group
    (nhóm) continues the one above. A unit with an error gets no computed figures, and its group no ranks.

    Exit code 0 when everything agrees, 1 when a figure disagrees or a row has an error, 2 when the table cannot be
    read or has no heading.
    """
    with working(str(table)):
        checked = check_table(read_path(table), decimals=decimals, bands=bands)
    if as_json:
        write_json(as_document(checked, language))
    else:
        from cchc.cli.verify_report import print_report  # rich takes a while to load

        print_report(checked, language)
    ctx.exit(0 if checked.agrees else 1)


def as_document(table: CheckedTable, language: Language) -> dict[str, Any]:
    """The checked table in the shape of `--json`."""
    return {
        "rows": [_row(row, language) for row in table.rows],
        "disagreements": table.disagreements,
        "skipped": [
            {"row": skipped.row, "text": skipped.text, "reason": say(skipped.reason, language)}
            for skipped in table.skipped
        ],
        "ignored": list(table.ignored),
    }


def _row(row: CheckedRow, language: Language) -> dict[str, Any]:
    printed, computed = row.printed, row.computed
    points = {
        "self": printed.self_points,
        "self_max": printed.self_max,
        "appraised": printed.appraised,
        "appraised_max": printed.maximum,
    }
    return {
        "row": row.row,
        "unit": row.unit,
        "group": row.group,
        "printed": {
            **{name: None if value is None else decimal_text(value) for name, value in points.items()},
            "index": None if printed.index is None else f"{printed.index:f}",
            "class": printed.class_name,
            "rank": printed.rank,
        },
        "computed": {
            "index": None if computed.index is None else f"{computed.index:f}",
            "class": computed.class_name,
            "rank": computed.rank,
        },
        "disagree": list(row.disagree),
        "errors": [tell(message, language) for message in row.errors],
    }
