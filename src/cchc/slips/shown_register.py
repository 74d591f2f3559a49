"""Registers as pages, prints and workbooks show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cchc.dossiers.shown_words import state_name as dossier_state_name
from cchc.dossiers.shown_words import way_name
from cchc.interface.errors import current_language
from cchc.interface.shapes import Link
from cchc.slips.models import CarriedEntry, RegisterBook
from cchc.slips.printed_forms import REGISTER, form_on
from cchc.slips.queries.books import CARRIED, LINES, OVER, STANDS, STILL_OPEN, TO_HAND_OVER, LineSearch
from cchc.slips.register_lines import Line
from cchc.slips.sheets import Signer, issuer_of, sheet_of
from cchc.slips.states import BOOK
from cchc.tables.writing import Column, Delimiter, SheetToWrite, WrittenValue, write_csv


def to_books() -> str:
    """The list of registers."""
    return reverse("slips:books")


def to_book(book: RegisterBook) -> str:
    """Its page."""
    return reverse("slips:book", args=[book.pk])


def book_crumbs(book: RegisterBook) -> list[Link]:
    """Down to one register."""
    return [Link(_("Registers of dossiers"), to_books()), Link(title_of(book), to_book(book))]


def title_of(book: RegisterBook) -> str:
    """`Sổ theo dõi hồ sơ 2026`."""
    return _("Register of dossiers %(year)s") % {"year": book.year}


def state_name(book: RegisterBook) -> str:
    """Where it stands, in the reader's language."""
    return BOOK.state(book.state).name.in_language(current_language())


def asked_lines(request: HttpRequest) -> LineSearch:
    """Which lines, with which words; what makes no sense is left out."""
    stands = request.GET.get("dang", "")
    return LineSearch(
        CARRIED if request.GET.get("xem") == CARRIED else LINES,
        request.GET.get("tim", "")[:200].replace("\0", ""),
        stands if stands in STANDS else "",
    )


def query_of(asked: LineSearch) -> str:
    """The same, for an address; empty for all lines."""
    said = {"xem": asked.which, "tim": asked.text, "dang": asked.stands}
    return urlencode({name: value for name, value in said.items() if value})


def tabs_of(asked: LineSearch, lines: int, carried: int) -> list[Link]:
    """Lines of the year, and those carried into it."""
    received, before = _("Received in the year"), _("Carried over from the year before")
    return [
        Link(f"{received} {lines}", "?", current=asked.which == LINES),
        Link(f"{before} {carried}", f"?xem={CARRIED}", current=asked.which == CARRIED),
    ]


def stands_offered() -> list[tuple[str, str]]:
    """How a dossier may stand, for the filter."""
    return [(STILL_OPEN, _("Being settled")), (TO_HAND_OVER, _("To be handed over")), (OVER, _("Over"))]


def note_of(line: Line) -> str:
    """What stands in the last column: where it stood, by which way it left, why its number is of another year."""
    parts = [dossier_state_name(line.state)]
    if line.returned_at is not None and line.dossier.handed_over_by_way:
        parts.append(way_name(line.dossier.handed_over_by_way))
    if isinstance(line.entry, CarriedEntry):
        parts.append(_("carried over, no. %(number)s of %(year)s") % {"number": line.number, "year": line.year})
    if line.is_late_entry:
        parts.append(_("received in a year that was closed already"))
    return "; ".join(parts)


def about(line: Line) -> str:
    """The procedure, and what is asked for."""
    procedure = line.dossier.procedure_version.procedure.name.in_language(current_language())
    return f"{procedure}: {line.dossier.subject}" if line.dossier.subject else procedure


def table_of(book: RegisterBook, lines: Iterable[Line], above: Sequence[str]) -> SheetToWrite:
    """The columns of the form, a line in a row."""
    return SheetToWrite(_("Register"), _columns(), _rows(lines), tuple(above), frozen_columns=2)


def csv_of(lines: Iterable[Line]) -> bytes:
    """The same as CSV."""
    mark: Delimiter = ";" if current_language() == "vi" else ","
    return write_csv([column.title for column in _columns()], _rows(lines), delimiter=mark)


def lines_above(book: RegisterBook, unit: str, asked: LineSearch) -> list[str]:
    """Over a workbook: which register, how it stands, what was asked for."""
    said = [f"{title_of(book)} · {unit}", state_name(book)]
    if book.content_hash:
        said.append(f"SHA-256: {book.content_hash}")
    if asked.which == CARRIED:
        said.append(_("Carried over from the year before"))
    stands = dict(stands_offered()).get(asked.stands, "")
    return [*said, *([stands] if stands else []), *([f"“{asked.text}”"] if asked.text else [])]


def printed_register(
    request: HttpRequest, book: RegisterBook, lines: Sequence[Line], asked: LineSearch, today: date
) -> Mapping[str, Any]:
    """A stretch of the book on A4: of the set in force on the last day of its year, or today while that runs."""
    day = min(date(book.year, 12, 31), today)
    found = form_on(REGISTER, day)
    shown = [(line, about(line), note_of(line)) for line in lines]
    said = {"lines": [(one.number, one.dossier.code, one.state) for one in lines], "book": book.content_hash}
    signers = (Signer(_("Who keeps the register")), Signer(_("Head of the unit"), _closer(book)))
    sheet = sheet_of(
        found, issuer_of(book.unit, day), on=day, said=said, url=request.build_absolute_uri(request.path),
        number=_("Year %(year)s") % {"year": book.year}, signers=signers if book.closed_at else (),
    )  # fmt: skip
    above = lines_above(book, sheet.issuer.agency, asked)[1:]
    return {"sheet": sheet, "lines": shown, "above": above, "book": book}


def _closer(book: RegisterBook) -> str:
    return book.closed_by.name if book.closed_by else ""


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Serial number"), 8, "number"), Column(_("Code of the dossier"), 26),
        Column(_("What it is about"), 50), Column(_("Owner of the dossier"), 26), Column(_("Address"), 34),
        Column(_("Phone"), 14), Column(_("Received"), 13, "date"), Column(_("Result due"), 13, "date"),
        Column(_("Result received"), 13, "date"), Column(_("Handed over"), 13, "date"), Column(_("Given by"), 22),
        Column(_("Taken by"), 26),
        Column(_("Received by the official"), 22), Column(_("Note"), 34),
    )  # fmt: skip


def _rows(lines: Iterable[Line]) -> Iterator[Sequence[WrittenValue]]:
    for line in lines:
        one = line.dossier
        yield (
            line.number, one.code, about(line), one.owner_name, one.owner_address, one.owner_phone,
            _day(one.received_at), line.due_on, _day(line.result_at),
            _day(line.returned_at), line.giver, line.taker, line.received_by, note_of(line),
        )  # fmt: skip


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else localtime(moment).date()
