"""Dossiers are entered in the register of their unit and year, under running numbers without gap or twin."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.models import Dossier
from cchc.organizations.models import Unit
from cchc.slips.audit_kinds import BOOK_OPENED, ENTERED
from cchc.slips.models import RegisterBook, RegisterEntry
from cchc.slips.queries.books import not_entered
from cchc.slips.states import BOOK, OPEN


@action
def enter(*, actor: Actor, now: datetime, dossier: Dossier) -> RegisterEntry:
    """A received dossier gets the next line of its book; with the first of a year all that came before it in that year.
    One that is entered already keeps its line.
    """
    assert dossier.received_at is not None  # what was refused stands in no register
    book = open_book(dossier.unit, localdate(dossier.received_at).year, now)
    if not book.last:
        enter_missing(book, now)
    given = RegisterEntry.objects.filter(dossier=dossier).order_by("pk").first()
    if given is None:
        return _entered(book, dossier, now)
    nothing_changed()  # where it got its line with those before it, that is recorded
    return given


def open_book(unit: Unit, year: int, now: datetime) -> RegisterBook:
    """The book of a unit and year, locked, opened where there is none; where it is closed, the first one behind it that
    is not: whatever comes late is entered there.
    """
    fresh = {"state": BOOK.first, "opened_at": now}
    while True:
        book, is_new = RegisterBook.objects.select_for_update().get_or_create(unit=unit, year=year, defaults=fresh)
        if is_new:
            record(BOOK_OPENED, book, after=values_of(book))
        if book.state == OPEN:
            return book
        year += 1


def enter_missing(book: RegisterBook, now: datetime) -> int:
    """Dossiers of the year that have no line, in the order of reception; how many there were. The book is locked."""
    missing = list(not_entered(book.unit_id, book.year))
    for dossier in missing:
        _entered(book, dossier, now)
    return len(missing)


def _entered(book: RegisterBook, dossier: Dossier, now: datetime) -> RegisterEntry:
    book.last += 1
    book.save(update_fields=["last"])
    entry = RegisterEntry.objects.create(book=book, number=book.last, dossier=dossier, entered_at=now)
    record(ENTERED, entry, after=values_of(entry))
    return entry
