"""Directives entered: as they came, or from a paper that was issued here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cchc.followups.actions.directives import check_paper, enter_directive
from cchc.followups.addresses import directive_crumbs
from cchc.followups.choosing import as_directive, chosen_units
from cchc.followups.forms import DirectiveForm, offer_reached
from cchc.followups.permissions import may_issue_directive
from cchc.followups.queries import directives as queries
from cchc.followups.views.answering import answer_form, form_page, warn_of_headless
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all, made_of
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import get_unit
from cchc.papers.models import Paper
from cchc.papers.permissions import may_see_paper
from cchc.papers.queries.bases import bases_of, require_citable
from cchc.papers.queries.papers import get_paper


@form_page
@needs(may_issue_directive)
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """A directive that the unit issues or passes on."""
    unit, day = get_unit(code), request.viewer.day
    kinds, _known = answer_all(queries.finding_kinds(unit, day), request.viewer.getting_to_know(unit.pk))
    may_issue_directive(request.viewer, unit).require()
    start = {"issued_by": queries.unit_name(unit, day), "watcher": unit.code}
    return _entering(request, unit, start, kinds)


@form_page
@needs(may_issue_directive)
def from_paper(request: HttpRequest, number: int) -> HttpResponse:
    """An issued paper sent out as a directive: what stands on it is filled in."""
    paper, viewer = get_paper(number), request.viewer
    may_see_paper(viewer, paper).require()
    kinds, bases, _known = answer_all(
        queries.finding_kinds(paper.unit, viewer.day), made_of(bases_of(paper), list),
        viewer.getting_to_know(paper.unit_id),  # before anybody asks what is above it
    )  # fmt: skip
    may_issue_directive(viewer, paper.unit).require()
    if request.method != "POST":
        check_paper(paper)
    return _entering(request, paper.unit, as_directive(paper, bases), kinds, made_of=paper)


def _entering(
    request: HttpRequest, unit: Unit, start: Mapping[str, object], kinds: Sequence[tuple[str, int]],
    made_of: Paper | None = None,
) -> HttpResponse:  # fmt: skip
    day = request.viewer.day
    form = DirectiveForm(request.POST or None, initial=dict(start), kinds=kinds)
    offer_reached(form, unit)

    def save() -> str:
        given = form.cleaned_data
        require_citable(given["bases"], unit, day)
        directive = enter_directive(
            **by(request), paper=form.paper, unit=unit, watcher=given["watcher"],
            addressees=chosen_units(form, unit, day), posting_wanted=given["posting_wanted"], made_of=made_of,
        )  # fmt: skip
        warn_of_headless(request, list(queries.addressed_units(directive)))
        return directive_crumbs(directive)[-1].url

    title = _("New directive")
    template = "followups/from_paper.html" if made_of else "interface/form.html"
    crumbs = [*directive_crumbs(), Link(title)]
    return answer_form(request, form, save, title, crumbs, template=template, paper=made_of)
