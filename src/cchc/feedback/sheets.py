"""Results as tables to take along: units of a period with their counts and averages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _

from cchc.feedback.shown_results import Line
from cchc.interface.errors import current_language
from cchc.tables.writing import Column, SheetToWrite, WrittenValue, write_csv, write_xlsx

FORMATS: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def table_of(lines: Iterable[Line], title: str, kind: str) -> bytes:
    """One row a unit, `kind` one of `FORMATS`; shares and averages exactly as fractions that the table rounds."""
    rows = [_row(line) for line in lines]
    if kind == "csv":
        return write_csv(_headings(), rows, delimiter=";" if current_language() == "vi" else ",")
    columns = tuple(
        Column(name, 34 if not place else 14, "percent" if place == 5 else "number" if place else "text",
               {5: 1, 6: 2}.get(place))
        for place, name in enumerate(_headings())
    )  # fmt: skip
    return write_xlsx([SheetToWrite(_("Ratings"), columns, rows, lines_above=(title,), frozen_columns=1)])


def _headings() -> list[str]:
    return [
        _("Unit"), _("Dossiers handed in"), _("Forms handed out"), _("Forms taken in"), _("Rated"),
        _("Share rated"), _("Overall, average"), _("Overall, points"), _("Overall, answers"),
    ]  # fmt: skip


def _row(line: Line) -> Sequence[WrittenValue]:
    counts, overall = line.counts, line.overall
    averages = (None, None, None) if overall is None else (overall.value, overall.points, overall.number)
    return (
        line.name, counts.dossiers, counts.handed_out, counts.taken_in, counts.rated, counts.share, *averages,
    )  # fmt: skip
