"""Starting, writing and discarding drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cchc.interface.access import needs
from cchc.interface.forms import VersionedReasonForm
from cchc.interface.shapes import Link
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import get_unit, path
from cchc.papers.actions.drafts import change_draft, discard_draft, draft_paper, renew_values
from cchc.papers.composing import draft_document, layout_of
from cchc.papers.forms import DraftForm, initial_of_draft, kind_choices
from cchc.papers.models import Paper
from cchc.papers.permissions import may_change_paper, may_discard_paper, may_draft_paper
from cchc.papers.queries.bases import bases_for, citations_of, cited_by
from cchc.papers.queries.papers import get_paper
from cchc.papers.queries.templates import get_version_for, versions_for
from cchc.papers.sheets import Sheet, sheet_of
from cchc.papers.views.answering import answer_form, by, crumbs, paper_crumbs, to_paper
from cchc.papers.views.writing import answer_writing
from cchc.papers.vocabularies import OF_UNIT
from cchc.papers.vocabulary import vocabulary_of
from cchc.records.errors import refuse

_LONGEST_ID = 100
_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
@needs(may_draft_paper)
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a template, or a kind of paper to write from nothing; about the unit, or about what the address names."""
    unit = get_unit(code)
    may_draft_paper(request.viewer, unit).require()
    about = _asked_about(request, unit)
    if request.method == "POST":
        return redirect("papers:draft", number=_started(request, unit, about).pk)
    way = path(unit, request.viewer.day)
    context = {
        "unit": unit,
        "name": way[-1].name_vi if way else unit.code,
        "about": about,
        "versions": list(versions_for(unit, request.viewer.day).filter(template__vocabulary=about.vocabulary)),
        "kinds": kind_choices(),
        "crumbs": crumbs(Link(_("New paper"))),
    }
    return render(request, "papers/start.html", context)


@dataclass(frozen=True, slots=True)
class _About:
    """What a paper is about: one thing (its id) of which a vocabulary speaks, called `name`, or the unit itself."""

    vocabulary: str
    thing: str = ""
    name: str = ""


def _asked_about(request: HttpRequest, unit: Unit) -> _About:
    """`ve`: the vocabulary, `so`: the id of the thing. Raises what the vocabulary says of a thing none of the unit's
    affairs.
    """
    vocabulary, thing = request.GET.get("ve", ""), request.GET.get("so", "")[:_LONGEST_ID].replace("\0", "")
    if not vocabulary:
        return _About(OF_UNIT)
    return _About(vocabulary, thing, vocabulary_of(vocabulary).name_of(unit, request.viewer.day, thing))


def _started(request: HttpRequest, unit: Unit, about: _About) -> Paper:
    """`mau`: the number of a version of a template; otherwise `loai`: a kind of paper."""
    template, viewer = request.POST.get("mau", ""), request.viewer
    given = {**by(request), "unit": unit, "drafted_by": viewer.official}
    given |= {"vocabulary": about.vocabulary, "about": about.thing}
    if not template:
        return draft_paper(**given, kind=request.POST.get("loai", "")[:20])
    if not template.isdecimal() or len(template) > 15:
        raise refuse("papers.template_not_found", code=template)
    version = get_version_for(unit, viewer.day, int(template), about.vocabulary)
    return draft_paper(**given, kind=version.template.kind, template=version)


@_form_page
@needs(may_change_paper)
def write(request: HttpRequest, number: int) -> HttpResponse:
    """The draft's texts, frame and bases; what they become stands beside."""
    paper = get_paper(number)
    may_change_paper(request.viewer, paper).require()
    vocabulary = vocabulary_of(paper.vocabulary)
    choice = bases_for(paper.unit, request.viewer.day)
    initial = initial_of_draft(paper, cited_by(paper))
    form = DraftForm(vocabulary, choice, request.viewer.day, request.POST or None, initial=initial)

    def act() -> str:
        change_draft(
            **by(request), paper=paper, texts=form.texts, frame=form.frame, bases=list(form.cleaned_data["bases"]),
            expected_version=form.cleaned_data["version"],
        )  # fmt: skip
        return to_paper(paper)

    title = _("Draft %(number)s") % {"number": paper.full_number}
    return answer_writing(
        request, form, act, lambda: _preview(paper, form, request), title, paper_crumbs(paper, Link(_("Write"))),
        shown=_sheet(paper, citations_of(paper), request.viewer.day), words=vocabulary.listed(),
        now_seen=lambda: {"version": get_paper(number).version},
    )  # fmt: skip


def _preview(paper: Paper, form: DraftForm, request: HttpRequest) -> Sheet:
    """What the form would become; the paper in hand takes it without being saved."""
    for name, text in {**asdict(form.texts), **asdict(form.frame)}.items():
        setattr(paper, name, text)
    return _sheet(paper, [basis.citation for basis in form.cleaned_data["bases"]], request.viewer.day)


def _sheet(paper: Paper, citations: Sequence[str], day: date) -> Sheet:
    document = draft_document(paper, citations, day)
    return sheet_of(document, layout_of(document, day))


@require_POST
@needs(may_change_paper)
def renew(request: HttpRequest, number: int) -> HttpResponse:
    """Gather anew what the names of the draft stand for."""
    paper = get_paper(number)
    may_change_paper(request.viewer, paper).require()
    renew_values(**by(request), paper=paper)
    return redirect("papers:paper", number=number)


@_form_page
@needs(may_discard_paper)
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """The draft will not be issued."""
    paper = get_paper(number)
    may_discard_paper(request.viewer, paper).require()
    form = VersionedReasonForm(request.POST or None, initial={"version": paper.version})

    def act() -> str:
        given = form.cleaned_data
        discard_draft(**by(request), paper=paper, reason=given["reason"], expected_version=given["version"])
        return to_paper(paper)

    return answer_form(
        request, form, act, _("Discard the draft"), paper_crumbs(paper, Link(_("Discard"))),
        now_seen=lambda: {"version": get_paper(number).version},
    )  # fmt: skip
