"""Registers in the viewer's scope, their lines, and what is not entered yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import make_aware

from cchc.dossiers.models import Dossier
from cchc.dossiers.permissions import READERS
from cchc.dossiers.states import OPEN as RUNNING
from cchc.dossiers.states import SETTLED
from cchc.interface.together import Reads, all_of, made_of, number_of
from cchc.organizations.queries.units import name_on, within
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse
from cchc.records.search import fold
from cchc.slips.models import CarriedEntry, IssuedForm, RegisterBook, RegisterEntry
from cchc.slips.states import OPEN

LINES: Final = ""
CARRIED: Final = "chuyen-sang"

STILL_OPEN: Final = "dang-giai-quyet"
TO_HAND_OVER: Final = "cho-tra"
OVER: Final = "da-xong"
STANDS: Final = (STILL_OPEN, TO_HAND_OVER, OVER)

_RELATED: Final = ("dossier__procedure_version__procedure", "dossier__unit", "dossier__settling_unit")


@dataclass(frozen=True, slots=True)
class LineSearch:
    """Which list, words of code, owner, subject or procedure, how the dossier stands now; nothing of it: all."""

    which: str = LINES
    text: str = ""
    stands: str = ""


def visible_books(viewer: Viewer) -> QuerySet[RegisterBook]:
    """Of units over which a role of the one-stop is held, by their names of today, the newest first."""
    if not viewer.is_signed_in or not viewer.holds_anywhere(*READERS):
        return RegisterBook.objects.none()
    found = RegisterBook.objects.filter(within(viewer.units_held(*READERS), viewer.day, "unit"))
    named = found.annotate(unit_name=name_on(viewer.day, "unit"), carried_over=_carried_over())
    return named.select_related("unit", "closed_by").order_by("-year", "unit__code", "pk")


def books_after(found: QuerySet[RegisterBook], last: RegisterBook | None) -> QuerySet[RegisterBook]:
    """What follows one of them."""
    if last is None:
        return found
    code = last.unit.code
    same = Q(year=last.year) & (Q(unit__code__gt=code) | Q(unit__code=code, pk__gt=last.pk))
    return found.filter(Q(year__lt=last.year) | same)


def get_book(viewer: Viewer, number: int) -> RegisterBook:
    """Raises `slips.book_not_found`."""
    book = visible_books(viewer).filter(pk=number).first()
    if book is None:
        raise refuse("slips.book_not_found")
    return book


def find_lines(book: RegisterBook, asked: LineSearch) -> QuerySet[RegisterEntry]:
    """Lines of the book in the order of their numbers, or those carried over in that of their first books: each with
    its dossier; `line` of what was carried over is its first line.
    """
    if asked.which == CARRIED:
        found = CarriedEntry.objects.filter(book=book).select_related("dossier__register_entry__book")
        ordered = found.order_by("dossier__register_entry__book__year", "dossier__register_entry__number", "pk")
    else:
        ordered = RegisterEntry.objects.filter(book=book).select_related("book").order_by("number")
    return _narrowed(ordered.select_related(*_RELATED), asked)


def lines_after(found: QuerySet, last: RegisterEntry | CarriedEntry | None) -> QuerySet:
    """What follows one of them, in the order in which they stand."""
    if last is None:
        return found
    if isinstance(last, RegisterEntry):
        return found.filter(number__gt=last.number)
    first = RegisterEntry.objects.select_related("book").get(dossier=last.dossier_id)
    year, number = "dossier__register_entry__book__year", "dossier__register_entry__number"
    return found.filter(
        Q(**{f"{year}__gt": first.book.year}) | Q(**{year: first.book.year, f"{number}__gt": first.number})
    )


def counting_lines(book: RegisterBook) -> Reads[tuple[int, int, int]]:
    """Lines, those carried over, and dossiers of the year that have none yet."""
    reads = [
        number_of(RegisterEntry.objects.filter(book=book)),
        number_of(CarriedEntry.objects.filter(book=book)),
        number_of(not_entered(book.unit_id, book.year)),
    ]
    return all_of(reads).made(lambda found: (found[0], found[1], found[2]))


def not_entered(unit: int, year: int) -> QuerySet[Dossier]:
    """Received by the unit in that year without a line, in the order of reception."""
    start, end = bounds_of(year)
    has_line = Exists(RegisterEntry.objects.filter(dossier=OuterRef("pk")))
    found = Dossier.objects.filter(~has_line, unit=unit, received_at__gte=start, received_at__lt=end)
    return found.order_by("received_at", "pk")


def earlier_open(book: RegisterBook) -> RegisterBook | None:
    """The oldest book of the unit before this one that is not closed."""
    found = RegisterBook.objects.filter(unit=book.unit_id, year__lt=book.year, state=OPEN)
    return found.order_by("year").first()


def bounds_of(year: int) -> tuple[datetime, datetime]:
    """Its first moment and the first of the next."""
    start, end = (make_aware(datetime.combine(date(one, 1, 1), time.min)) for one in (year, year + 1))
    return start, end


def line_of(dossier: Dossier) -> Reads[RegisterEntry | None]:
    """Its line in a register, with the book."""
    found = RegisterEntry.objects.filter(dossier=dossier).select_related("book").order_by("pk")
    return Reads([found], lambda: next(iter(found), None))


def numbers_of(dossier: Dossier) -> Reads[Mapping[int, IssuedForm]]:
    """The numbers that its forms were given, by the act."""
    found = IssuedForm.objects.filter(event__dossier=dossier).order_by("pk")
    return made_of(found, lambda given: {one.event_id: one for one in given})


def number_of_form(event: int) -> IssuedForm | None:
    """The number that the form of an act was given."""
    return IssuedForm.objects.filter(event=event).order_by("pk").first()


def _narrowed(found: QuerySet, asked: LineSearch) -> QuerySet:
    if asked.stands == STILL_OPEN:
        found = found.filter(dossier__state__in=RUNNING)
    elif asked.stands == TO_HAND_OVER:
        found = found.filter(dossier__state=SETTLED)
    elif asked.stands == OVER:
        found = found.exclude(dossier__state__in=(*RUNNING, SETTLED))
    for word in fold(asked.text).split():
        found = found.filter(dossier__search_key__contains=word)
    return found


def _carried_over() -> Coalesce:
    carried = CarriedEntry.objects.filter(book=OuterRef("pk")).order_by().values("book").annotate(n=Count("pk"))
    return Coalesce(Subquery(carried.values("n")), 0)
