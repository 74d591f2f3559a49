"""The list of this room that is taken along, however long: a register of dossiers."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from cchc.dossiers.permissions import may_see_dossiers
from cchc.interface.paging import is_key
from cchc.organizations.exporting import ExportKind, Taken, Wanted
from cchc.records.text import LocalText
from cchc.slips.queries.books import find_lines, get_book
from cchc.slips.register_lines import cutoff_of, lines_of
from cchc.slips.shown_register import asked_lines, lines_above, table_of

BOOK: Final = "so"


def _register(asking: HttpRequest) -> Wanted:
    """It names owners and officials, so it is written down who took it."""
    number = asking.GET.get(BOOK, "")
    book = get_book(asking.viewer, int(number) if is_key(number) else 0)
    asked = asked_lines(asking)
    found = find_lines(book, asked)

    def read() -> Taken:
        lines = lines_of(list(found), cutoff_of(book))
        return Taken([table_of(book, lines, lines_above(book, book.unit_name, asked))], len(lines))

    return Wanted(f"so-theo-doi-ho-so-{book.unit.code}-{book.year}.xlsx", found.count, read)


register = ExportKind(
    "slips.register", LocalText("Sổ theo dõi hồ sơ", "Register of dossiers"), may_see_dossiers, _register
)
