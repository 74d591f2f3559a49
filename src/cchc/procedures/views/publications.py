"""Pages of the publication register and of reviews."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.audit.recording import subject_of
from cchc.files.attached import attached_to
from cchc.followups.addresses import require_clear
from cchc.interface.access import needs
from cchc.interface.answering import by, file_answer
from cchc.interface.errors import current_language
from cchc.interface.forms import ReasonForm
from cchc.interface.paging import page_of
from cchc.interface.shapes import Link
from cchc.organizations.exporting import handed_out
from cchc.organizations.narrowing import narrowed_to
from cchc.organizations.queries.people import main_unit
from cchc.procedures.actions.publications import Posting, note_publication, note_review, strike_publication
from cchc.procedures.addresses import (
    asked_publications,
    crumbs,
    publication_crumbs,
    to_procedure,
    to_publication,
    version_crumbs,
)
from cchc.procedures.exports import publications as publications_export
from cchc.procedures.forms import PublicationForm, ReviewForm
from cchc.procedures.permissions import (
    may_keep_procedure,
    may_note_publication,
    may_note_publications,
    may_see_procedures,
    may_strike_publication,
)
from cchc.procedures.policies import check_published, check_stands, may_be_struck
from cchc.procedures.queries import publications as queries
from cchc.procedures.queries.catalogue import get_procedure
from cchc.procedures.queries.versions import get_version
from cchc.procedures.rules import rules_on
from cchc.procedures.sheets import publications_csv
from cchc.procedures.views.answering import answer_form, form_page


@require_safe
@needs(may_see_procedures)
def publications(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    may_see_procedures(request.viewer).require()
    narrowing = narrowed_to(request)
    asked = asked_publications(request, narrowing.unit)
    dated = rules_on(request.viewer.day)
    context = {
        "asked": asked,
        "narrowing": narrowing,
        "is_search": asked != queries.PublicationSearch(),
        "query": request.GET.urlencode(),
        "allowed": dated.value.publish,
        "source": dated.source.document,
        "verified": dated.verification.verified,
        "doubt": dated.verification.doubt_in(current_language()),
        "crumbs": crumbs(None, Link(_("Publication register"))),
    }
    found = queries.find_publications(request.viewer, asked)
    return render(request, "procedures/publications.html", context | page_of(request, found, queries.after))


@require_safe
@needs(may_see_procedures)
def download(request: HttpRequest, form: str) -> HttpResponse:
    """The register as it is narrowed, as XLSX or CSV."""
    may_see_procedures(request.viewer).require()
    if form == "xlsx":
        return handed_out(request, publications_export)
    asked = asked_publications(request, require_clear(narrowed_to(request)).unit)
    found = queries.find_publications(request.viewer, asked)
    return file_answer(publications_csv(found), "text/csv; charset=utf-8", "so-cong-khai-thu-tuc.csv")


@require_safe
@needs(may_see_procedures)
def publication_page(request: HttpRequest, number: int) -> HttpResponse:
    """One line with its files, such as what the page looked like."""
    may_see_procedures(request.viewer).require()
    line = queries.get_publication(request.viewer, number)
    may_strike = may_strike_publication(request.viewer, line) and may_be_struck(line)
    context = {
        "line": line,
        "may_strike": may_strike,
        "attached": attached_to(request.viewer, subject_of(line), may_change=may_strike),
        "crumbs": publication_crumbs(line),
    }
    return render(request, "procedures/publication.html", context)


@form_page
@needs(may_note_publications)
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Where a version stands open, at a unit that the viewer answers for."""
    viewer = request.viewer
    may_note_publications(viewer).require()
    version = get_version(viewer, number)
    if request.method != "POST":
        check_published(version)
    own = main_unit(viewer.acting, viewer.day)
    form = PublicationForm(request.POST or None, initial={"unit": own.code if own else "", "posted_on": viewer.day})

    def save() -> str:
        given = form.cleaned_data
        may_note_publication(viewer, given["unit"]).require()
        posting = Posting(given["unit"], given["place"], given["posted_on"], given["link"])
        return to_publication(note_publication(**by(request), version=version, posting=posting))

    title = _("Note where it stands open")
    return answer_form(request, form, save, title, version_crumbs(version, Link(title)))


@form_page
@needs(may_strike_publication)
def strike(request: HttpRequest, number: int) -> HttpResponse:
    """A line that is not true, with the reason."""
    line = queries.get_publication(request.viewer, number)
    may_strike_publication(request.viewer, line).require()
    if request.method != "POST":
        check_stands(line)
    form = ReasonForm(request.POST or None)

    def save() -> str:
        strike_publication(**by(request), publication=line, reason=form.cleaned_data["reason"])
        return to_publication(line)

    title = _("Strike the line out")
    return answer_form(request, form, save, title, publication_crumbs(line, Link(title)), submit=title)


@form_page
@needs(may_keep_procedure)
def review(request: HttpRequest, code: str) -> HttpResponse:
    """When it was reviewed and what came of it."""
    procedure = get_procedure(request.viewer, code)
    may_keep_procedure(request.viewer, procedure).require()
    form = ReviewForm(request.POST or None, initial={"reviewed_on": request.viewer.day})

    def save() -> str:
        note_review(**by(request), procedure=procedure, **form.cleaned_data)
        return to_procedure(procedure)

    title = _("Note a review")
    return answer_form(request, form, save, title, crumbs(procedure, Link(title)))
