"""Lists and pages of papers, and taking them away."""

from __future__ import annotations

import re
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.audit.recording import subject_of
from cchc.documents.formats import FORMATS
from cchc.documents.model import Document
from cchc.files.attached import attached
from cchc.interface.access import needs
from cchc.interface.errors import current_language, in_words
from cchc.interface.hosting.panels import panels_on
from cchc.interface.paging import page_of
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all
from cchc.organizations.queries.people import main_unit
from cchc.organizations.queries.units import get_unit
from cchc.organizations.viewers import Viewer
from cchc.papers.actions.issuing import Issuing, hindrances
from cchc.papers.composing import draft_document, frozen_document, layout_of
from cchc.papers.forms import kind_choices
from cchc.papers.models import Paper
from cchc.papers.permissions import (
    may_attach_signed,
    may_change_paper,
    may_discard_paper,
    may_draft_paper,
    may_issue_paper,
    may_see_paper,
    may_see_papers,
    may_withdraw_paper,
)
from cchc.papers.queries import papers as queries
from cchc.papers.queries.bases import citations_of, cited_by, doubts_about
from cchc.papers.queries.pages import parts_of_paper
from cchc.papers.queries.signed import signed_files
from cchc.papers.sheets import sheet_of
from cchc.papers.states import PAPER
from cchc.papers.views.answering import paper_crumbs
from cchc.records.search import fold

_LONGEST_NAME: Final = 80


@require_safe
@needs(may_see_papers)
def papers(request: HttpRequest) -> HttpResponse:
    """What was issued, and the drafts that the viewer may see."""
    may_see_papers(request.viewer).require()
    asked = _asked(request)
    context = {
        "asked": asked,
        "kinds": kind_choices(),
        "states": [(state.id, state.name.in_language(current_language())) for state in PAPER.states],
        "years": queries.years_of(request.viewer),
        "is_search": asked != queries.PaperSearch(),
        "drafting_for": _drafting_for(request.viewer),
        "crumbs": [Link(_("Papers"))],
    }
    found = queries.search_papers(request.viewer, asked)
    return render(request, "papers/papers.html", context | page_of(request, found, queries.after))


@require_safe
@needs(may_see_paper)
def paper_page(request: HttpRequest, number: int) -> HttpResponse:
    """A paper as it would be or was printed, with its bases, its signed files, and what can be done with it."""
    paper, viewer = _seen(request, number), request.viewer
    day = queries.day_of(paper, viewer.day)
    document = document_of(paper, viewer)
    obstacles = hindrances(paper, Issuing(viewer.day, accepts_expired=True)) if paper.is_draft else ()
    parts, asked, panels, _known = answer_all(
        parts_of_paper(viewer, paper),
        panels_on("papers.asked", viewer, paper),
        panels_on("papers.paper", viewer, paper),
        viewer.getting_to_know(paper.unit_id),
    )
    may_cite = may_change_paper(viewer, paper) if paper.is_draft else may_attach_signed(viewer, paper)
    context = {
        "paper": paper,
        "sheet": sheet_of(document, layout_of(document, viewer.day)),
        "bases": cited_by(paper),
        "doubts": doubts_about(paper, day),
        "hindrances": [in_words(one) for one in obstacles],
        "signed": signed_files(parts.signed),
        "replaces": parts.replaces,
        "attached": attached(parts.files, subject_of(paper), may_change=may_cite),
        "asked": asked,
        "panels": panels,
        "may_change": may_change_paper(viewer, paper),
        "may_issue": may_issue_paper(viewer, paper),
        "may_discard": may_discard_paper(viewer, paper),
        "may_attach": may_attach_signed(viewer, paper),
        "may_withdraw": may_withdraw_paper(viewer, paper),
        "crumbs": paper_crumbs(paper),
    }
    return render(request, "papers/paper.html", context)


@require_safe
@needs(may_see_paper)
def download(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """The paper as DOCX, PDF or XLSX: what was issued, or the draft marked as one."""
    paper = _seen(request, number)
    if form not in FORMATS:
        raise Http404
    write, content_type = FORMATS[form]
    document = document_of(paper, request.viewer)
    content = write(document, layout_of(document, request.viewer.day))
    name = content_disposition_header(True, f"{_file_name(paper)}.{form}")
    headers = {"Content-Disposition": name or "attachment", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type, headers=headers | {"Cache-Control": "private, no-store"})


def document_of(paper: Paper, viewer: Viewer) -> Document:
    """What was frozen, or the draft as of today."""
    return frozen_document(paper) if paper.is_issued else draft_document(paper, citations_of(paper), viewer.day)


def _seen(request: HttpRequest, number: int) -> Paper:
    paper = queries.get_paper(number)
    may_see_paper(request.viewer, paper).require()
    return paper


def _asked(request: HttpRequest) -> queries.PaperSearch:
    query = request.GET
    year, under = query.get("nam", ""), query.get("don-vi", "")[:80]
    return queries.PaperSearch(
        text=" ".join(query.get("tim", "")[:200].replace("\0", "").split()),
        kind=query.get("loai", "")[:20],
        state=query.get("trang-thai", "")[:20],
        year=int(year) if re.fullmatch(r"[0-9]{4}", year) else None,
        under=get_unit(under) if under else None,
    )


def _drafting_for(viewer: Viewer) -> str:
    """The code of the viewer's own unit, if papers are drafted there by the viewer."""
    unit = None if viewer.official is None else main_unit(viewer.acting, viewer.day)
    return unit.code if unit is not None and may_draft_paper(viewer, unit) else ""


def _file_name(paper: Paper) -> str:
    """`01-BC-UBND`, `du-thao-ket-qua-…`: letters that every system takes."""
    stem = paper.full_number if paper.is_issued else f"du thao {paper.title}"
    return re.sub(r"[^a-z0-9]+", "-", fold(stem)).strip("-")[:_LONGEST_NAME]
