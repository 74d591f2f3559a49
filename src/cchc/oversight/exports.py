"""The list of this room that is taken along: a month of a unit, all lines of the board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cchc.interface.templatetags.figures import share
from cchc.interface.together import answer
from cchc.organizations.exporting import ExportKind, Taken, Wanted
from cchc.oversight import exports_appraisal, exports_watch, shown_board
from cchc.oversight.addresses import asked_board, key_of
from cchc.oversight.permissions import may_see_delays
from cchc.oversight.queries.board import Asked, Board, reading_board
from cchc.oversight.shown_board import Line
from cchc.records.text import LocalText
from cchc.tables.writing import Column, SheetToWrite, WrittenValue


def _board(asking: HttpRequest) -> Wanted:
    asked = asked_board(asking)
    found = answer(reading_board(asked))
    people = len(shown_board.person_lines(asked, found))
    codes = {holder.code for holder, _tally in found.holders if holder.code}
    file = f"ho-so-cham-qua-han-{asked.unit.code}-{key_of(asked.month)}.xlsx"
    return Wanted(file, lambda: people, lambda: Taken(list(sheets(asked, found)), len(codes), codes))


def sheets(asked: Asked, found: Board) -> Iterator[SheetToWrite]:
    """Officials, units, procedures, and what has no name."""
    heads = [str(one.name) for one in shown_board.UNIT_FIGURES]
    yield SheetToWrite(_("Officials"), tuple(_person_columns()), list(_people(asked, found)), frozen_columns=1)
    units = shown_board.unit_lines(asked, found)
    yield SheetToWrite(_("Units"), tuple(_columns(_("Unit"), heads)), list(_rows(units)), frozen_columns=1)
    procedures = shown_board.procedure_lines(asked, found)
    yield SheetToWrite(
        _("Procedures"), tuple(_columns(_("Procedure"), heads)), list(_rows(procedures)), frozen_columns=1
    )
    others = shown_board.other_lines(asked, found)
    names = [one.name for one in others[0].numbers] if others else []
    yield SheetToWrite(
        _("Nobody in person"), tuple(_columns(_("Holder"), names)), list(_rows(others)), frozen_columns=1
    )


def _person_columns() -> Iterator[Column]:
    yield Column(_("Official"), 30)
    yield Column(_("Unit"), 30)
    for title in (_("Number of steps"), _("Steps charged")):
        yield Column(title, 12, "number", 0)
    for title in (_("Rate"), _("From"), _("To")):
        yield Column(title, 12, is_figure=True)
    for one in shown_board.HOLDER_FIGURES:
        yield Column(str(one.name), 14, "number", 0)


def _people(asked: Asked, found: Board) -> Iterator[Sequence[WrittenValue]]:
    for one in shown_board.person_lines(asked, found):
        known = one.rate is not None
        interval = (share(one.rate), share(one.low), share(one.high)) if known else (_("Too few to compare"), "", "")
        yield [one.name, one.unit, one.steps.value, one.late_steps.value, *interval, *(n.value for n in one.numbers)]


def _columns(first: str, names: Iterable[str]) -> Iterator[Column]:
    yield Column(first, 50)
    for name in names:
        yield Column(name, 14, "number", 0)


def _rows(lines: Iterable[Line]) -> Iterator[Sequence[WrittenValue]]:
    for one in lines:
        yield [one.name, *(number.value for number in one.numbers)]


board = ExportKind(
    "oversight.board", LocalText("Bảng hồ sơ chậm, quá hạn", "Slow and overdue dossiers"), may_see_delays, _board
)  # fmt: skip
forecasts = exports_watch.forecasts
appraisal = exports_appraisal.appraisal
