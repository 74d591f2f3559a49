"""The yearly registers: which there are, one of them with its lines, its print, its workbook, its end."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cchc.dossiers.permissions import may_see_dossiers
from cchc.interface.access import needs
from cchc.interface.answering import answer_form, by, file_answer
from cchc.interface.paging import page_of, page_read
from cchc.interface.shapes import Link
from cchc.interface.together import answer, answer_all
from cchc.organizations.exporting import handed_out
from cchc.privacy.disclosing import tell
from cchc.records.errors import refuse
from cchc.slips import exports, shown_register
from cchc.slips.actions.closing import close_book
from cchc.slips.forms import CloseBookForm
from cchc.slips.permissions import may_close_book
from cchc.slips.policies import may_be_closed
from cchc.slips.printing import printed_page
from cchc.slips.queries import books as reads
from cchc.slips.register_lines import cutoff_of, lines_of

ON_PRINT: Final = 500
"""Lines on one print: a hundred sheets of A4 are more than anybody staples."""
IN_CSV: Final = 2_000


@require_safe
@needs(may_see_dossiers)
def books(request: HttpRequest) -> HttpResponse:
    """Of the units in one's scope, the newest first."""
    may_see_dossiers(request.viewer).require()
    page = page_of(request, reads.visible_books(request.viewer), reads.books_after)
    page["rows"] = [(one, shown_register.title_of(one), shown_register.state_name(one)) for one in page["rows"]]
    return render(request, "slips/books.html", {**page, "crumbs": [Link(_("Registers of dossiers"))]})


@require_safe
@needs(may_see_dossiers)
def book(request: HttpRequest, number: int) -> HttpResponse:
    """Its lines, a page at a time."""
    may_see_dossiers(request.viewer).require()
    found, asked = reads.get_book(request.viewer, number), shown_register.asked_lines(request)
    listed = page_read(request, reads.find_lines(found, asked), reads.lines_after)
    page, (lines, carried, missing) = answer_all(listed, reads.counting_lines(found))
    tell(request, people=len(page["rows"]))
    rows = lines_of(page["rows"], cutoff_of(found))
    may_close = may_be_closed(found, request.viewer.day) and may_close_book(request.viewer, found.unit)
    context = {
        "book": found,
        "title": shown_register.title_of(found),
        "state": shown_register.state_name(found),
        "asked": asked,
        "query": shown_register.query_of(asked),
        "lines": [(one, shown_register.about(one), shown_register.note_of(one)) for one in rows],
        "tabs": shown_register.tabs_of(asked, lines, carried),
        "stands": shown_register.stands_offered(),
        "missing": missing,
        "may_close": bool(may_close),
        "crumbs": [*shown_register.book_crumbs(found)[:1], Link(shown_register.title_of(found))],
    }
    return render(request, "slips/book.html", page | context)


@require_safe
@needs(may_see_dossiers)
def book_print(request: HttpRequest, number: int) -> HttpResponse:
    """The form of the register, A4 landscape, so many lines as can be stapled."""
    may_see_dossiers(request.viewer).require()
    found, asked = reads.get_book(request.viewer, number), shown_register.asked_lines(request)
    page = page_of(request, reads.find_lines(found, asked), reads.lines_after, size=ON_PRINT)
    tell(request, people=len(page["rows"]))
    lines = lines_of(page["rows"], cutoff_of(found))
    make = partial(shown_register.printed_register, request, found, lines, asked, request.viewer.day)
    crumbs = [*shown_register.book_crumbs(found), Link(_("Printed form"))]
    links = [Link(_("The following lines"), page["next"])] if page["next"] else []
    return printed_page(request, "slips/forms/register.html", make, crumbs, links=links)


@require_safe
@needs(may_see_dossiers)
def book_download(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """The lines with the same filters, as XLSX, or as CSV where they are not too many."""
    may_see_dossiers(request.viewer).require()
    if form == "xlsx":
        return handed_out(request, exports.register, **{exports.BOOK: number})
    found, asked = reads.get_book(request.viewer, number), shown_register.asked_lines(request)
    wanted = reads.find_lines(found, asked)
    if wanted.count() > IN_CSV:
        raise refuse("slips.csv_too_long", most=IN_CSV)
    lines = lines_of(list(wanted), cutoff_of(found))
    tell(request, people=len(lines))
    name = f"so-theo-doi-ho-so-{found.unit.code}-{found.year}.csv"
    return file_answer(shown_register.csv_of(lines), "text/csv; charset=utf-8", name)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(may_close_book)
def book_close(request: HttpRequest, number: int) -> HttpResponse:
    """The end of its year, confirmed by the head."""
    found = reads.get_book(request.viewer, number)
    may_close_book(request.viewer, found.unit).require()
    if request.method != "POST":
        may_be_closed(found, request.viewer.day).require()
    lines, _carried, missing = answer(reads.counting_lines(found))
    form = CloseBookForm(request.POST or None, initial={"expected_last": lines + missing})

    def save() -> str:
        close_book(**by(request), book=found, expected_last=form.cleaned_data["expected_last"])
        return shown_register.to_book(found)

    title = _("Close the register")
    crumbs = [*shown_register.book_crumbs(found), Link(title)]
    return answer_form(
        request, form, save, title, crumbs, frame="slips/base.html", template="slips/close.html", submit=title,
        book=found, lines=lines + missing, missing=missing, said=_("The register is closed."),
        now_seen=lambda: {"expected_last": sum(answer(reads.counting_lines(found))[::2])},
    )  # fmt: skip
