"""Figures for appraisal and emulation, as they are taken along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cchc.interface.templatetags.figures import share
from cchc.interface.together import answer
from cchc.organizations.exporting import ExportKind, Taken, Wanted
from cchc.oversight.addresses import key_of
from cchc.oversight.appraising import COUNTED, NAMES
from cchc.oversight.permissions_cases import may_see_cases
from cchc.oversight.queries.appraising import Appraised, figures_of, reading_lines
from cchc.oversight.shown_appraisal import AppraisalLine, asked_stretch
from cchc.records.text import LocalText
from cchc.tables.writing import Column, SheetToWrite, WrittenValue


def _appraisal(asking: HttpRequest) -> Wanted:
    stretch = asked_stretch(asking)
    people, units = answer(reading_lines(stretch, figures_of(stretch)))
    codes = {one.code for one in people}
    file = f"danh-gia-{stretch.unit.code}-{key_of(stretch.first)}-{key_of(stretch.last)}.xlsx"
    return Wanted(
        file, lambda: len(people) + len(units), lambda: Taken(list(_sheets(people, units)), len(codes), codes)
    )


def _sheets(people: Sequence[Appraised], units: Sequence[Appraised]) -> Iterator[SheetToWrite]:
    """Officials, then units: the figures of the page."""
    named = (Column(_("Official"), 30), Column(_("Code"), 16), Column(_("Unit"), 30))
    people_rows = [[one.name, one.code, one.unit_name, *_figures(one)] for one in people]
    yield SheetToWrite(_("Officials"), (*named, *_columns()), people_rows, frozen_columns=1)
    unit_rows = [[one.name, one.unit_code, *_figures(one)] for one in units]
    placed = (Column(_("Unit"), 40), Column(_("Code"), 16))
    yield SheetToWrite(_("Units"), (*placed, *_columns()), unit_rows, frozen_columns=1)


def _columns() -> Iterable[Column]:
    yield from (Column(str(NAMES[name]), 14, "number", 0) for name in COUNTED)
    yield Column(_("Steps charged of all"), 16, is_figure=True)


def _figures(line: Appraised) -> Iterator[WrittenValue]:
    yield from (getattr(line.figures, name) for name in COUNTED)
    yield share(AppraisalLine(line, ()).rate)


appraisal = ExportKind(
    "oversight.appraisal", LocalText("Số liệu phục vụ đánh giá, thi đua", "Figures for appraisal and emulation"),
    may_see_cases, _appraisal,
)  # fmt: skip
