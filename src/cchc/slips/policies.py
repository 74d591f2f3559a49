"""What the state of a register allows, whoever asks."""

from __future__ import annotations

from datetime import date

from cchc.interface.access import ALLOWED, Verdict, denied
from cchc.slips.models import RegisterBook
from cchc.slips.states import BOOK, OPEN


def book_is_open(book: RegisterBook) -> Verdict:
    """A closed one refuses every change."""
    return ALLOWED if book.state == OPEN else denied("slips.book_closed", year=book.year)


def may_be_closed(book: RegisterBook, today: date) -> Verdict:
    """When its year is over, once."""
    if book.state not in BOOK.step("close").sources:
        return denied("slips.book_closed", year=book.year)
    return ALLOWED if today.year > book.year else denied("slips.year_runs", year=book.year)
