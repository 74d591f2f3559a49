"""Pages of directives: the list, one with addressees, tasks, difficulties and postings; entering and following them."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.audit.recording import subject_of
from cchc.files.attached import attached
from cchc.followups import exports
from cchc.followups.actions import directives as actions
from cchc.followups.actions.giving import Order, give_tasks
from cchc.followups.actions.urging import urge_directive
from cchc.followups.addresses import asked_words, directive_crumbs
from cchc.followups.forms import OrderForm, PostingForm, UrgeAllForm, offer_leaders, offer_reached
from cchc.followups.models import Addressee, Directive
from cchc.followups.permissions import (
    may_acknowledge,
    may_follow,
    may_follow_directive,
    may_issue_directive,
    may_note_posting,
    may_see_tasks,
)
from cchc.followups.policies import may_become
from cchc.followups.queries import directives as queries
from cchc.followups.queries.pages import parts_of_directive
from cchc.followups.shown import shown_tasks
from cchc.followups.shown_assignments import assigned_to
from cchc.followups.shown_directives import shown_changes, state_name
from cchc.followups.views.answering import answer_form, form_page, warn_of_headless, warn_of_unled
from cchc.followups.vocabularies import OF_DIRECTIVE
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.hosting.panels import panels_on
from cchc.interface.paging import page_of, page_read
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all
from cchc.organizations.exporting import handed_out
from cchc.organizations.queries.units import get_unit, named
from cchc.organizations.viewers import Viewer
from cchc.papers.queries.bases import require_citable
from cchc.papers.starting import ways_to_draft

_TASKS_SHOWN = 20


@require_safe
@needs(may_see_tasks)
def directives(request: HttpRequest) -> HttpResponse:
    """The newest first; how many units have taken note, how many tasks are done."""
    may_see_tasks(request.viewer).require()
    text = asked_words(request)
    issuers = queries.issuing_units(request.viewer)
    context = {"text": text, "issuers": named(issuers, request.viewer.day), "crumbs": directive_crumbs()}
    found = queries.find_directives(request.viewer, text)
    return render(request, "followups/directives.html", context | page_of(request, found, queries.newer_first))


@require_safe
@needs(may_see_tasks)
def directive_page(request: HttpRequest, number: int) -> HttpResponse:
    """One directive, as far as the viewer may see its tasks."""
    may_see_tasks(request.viewer).require()
    directive, now, viewer = queries.get_directive(request.viewer, number), timezone.now(), request.viewer
    _known, addressees, assigned, parts, panels = answer_all(
        viewer.getting_to_know(directive.unit_id, directive.watcher_id),  # before anybody asks what is above them
        page_read(request, queries.addressees_of(viewer, directive), queries.behind),
        assigned_to(viewer, directive),
        parts_of_directive(viewer, directive, _TASKS_SHOWN),
        panels_on("followups.directive", viewer, directive),
    )
    stands, follows = directive.is_in_force, may_follow_directive(viewer, directive)
    may_issue = stands and may_issue_directive(viewer, directive.unit)
    context = {
        "now": now,
        "directive": directive,
        "addressees": addressees,
        "hides_some": not all(one.is_shown for one in addressees["rows"]),
        "own": parts.own if stands else [],
        "own_units": {one.unit_id for one in parts.own},
        "tasks": shown_tasks(parts.tasks, now),
        "may_urge": stands and follows,
        "assigned": assigned,
        "difficulties": parts.difficulties,
        "postings": parts.postings,
        "attached": attached(parts.files, subject_of(directive), may_change=may_issue),
        "may_issue": may_issue,
        "may_post": stands and follows,
        "may_put_right": follows,
        "drafting": _drafting(viewer, directive, parts.own),
        "state": state_name(directive),
        "bases": parts.bases,
        "changes": shown_changes(parts.entries),
        "replaces": parts.replaced,
        "panels": panels,
        "crumbs": directive_crumbs(directive),
    }
    return render(request, "followups/directive.html", context)


@require_safe
@needs(may_see_tasks)
def list_download(request: HttpRequest) -> HttpResponse:
    """The list as XLSX, with the same search."""
    may_see_tasks(request.viewer).require()
    return handed_out(request, exports.issued)


@require_POST
@needs(may_see_tasks)
def table_download(request: HttpRequest, number: int) -> HttpResponse:
    """The follow-up table of a directive as XLSX. It names leaders: so it is written down who took it."""
    may_see_tasks(request.viewer).require()
    return handed_out(request, exports.followed, **{exports.DIRECTIVE: number})


@form_page
@needs(may_follow_directive)
def urge(request: HttpRequest, number: int) -> HttpResponse:
    """Urge everybody who is behind with a directive: units that have not taken note, tasks overdue or not reported."""
    directive, viewer = queries.get_directive(request.viewer, number), request.viewer
    may_follow_directive(viewer, directive).require()
    late = [task for task in queries.behind_with(viewer, directive, timezone.now()) if may_follow(viewer, task)]
    form = UrgeAllForm(request.POST or None)

    def save() -> str:
        whom = queries.to_urge(directive, late)
        urge_directive(**by(request), directive=directive, text=form.cleaned_data["text"], tasks=late)
        warn_of_headless(request, whom)
        return directive_crumbs(directive)[-1].url

    title = _("Urge all who are behind")
    crumbs = [*directive_crumbs(directive), Link(title)]
    template, unread = "followups/urge.html", queries.unread_count(directive)
    return answer_form(
        request, form, save, title, crumbs, template=template, directive=directive, late=len(late), unread=unread,
        submit=title,
    )  # fmt: skip


@form_page
@needs(may_issue_directive)
def give(request: HttpRequest, number: int) -> HttpResponse:
    """A task for units, by a directive."""
    directive = queries.get_directive(request.viewer, number)
    may_issue_directive(request.viewer, directive.unit).require()
    if request.method != "POST":
        may_become(directive, "give").require()
    start = {"legal_basis": queries.cited(directive), "watcher": directive.watcher.code, "everyone": True}
    form = OrderForm(request.POST or None, initial=start)
    offer_leaders(form, directive)
    offer_reached(form, directive.unit)

    def save() -> str:
        given = form.cleaned_data
        owners = [*(queries.addressed_units(directive) if given["everyone"] else ()), *given["owners"]]
        require_citable(given["bases"], directive.unit, request.viewer.day)
        order = Order(
            given["what"], form.deadline(directive.issued_on), given["watcher"], given["legal_basis"], given["bases"],
            given["accepts_expired"],
        )  # fmt: skip
        made = give_tasks(**by(request), subject=directive, order=order, owners=owners, leader=given["leader"])
        warn_of_unled(request, made)
        return directive_crumbs(directive)[-1].url

    title = _("Give a task")
    return answer_form(request, form, save, title, [*directive_crumbs(directive), Link(title)])


@require_POST
@needs(may_acknowledge)
def acknowledge(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """The unit has taken note of the directive and of its tasks."""
    directive, unit = queries.get_directive(request.viewer, number), get_unit(code)
    may_acknowledge(request.viewer, unit).require()
    actions.acknowledge_directive(**by(request), directive=directive, unit=unit)
    return redirect(directive_crumbs(directive)[-1].url)


@form_page
@needs(may_note_posting)
def post(request: HttpRequest, number: int) -> HttpResponse:
    """Where the directive stands on a unit's web site, and since when."""
    directive = queries.get_directive(request.viewer, number)
    own = queries.own_addressees(request.viewer, directive)
    may_note_posting(request.viewer, directive, own[0].unit if own else directive.watcher).require()
    start = {"unit": own[0].unit.code if own else "", "posted_on": request.viewer.day}
    form = PostingForm(request.POST or None, initial=start)

    def save() -> str:
        may_note_posting(request.viewer, directive, form.cleaned_data["unit"]).require()
        actions.note_posting(**by(request), directive=directive, **form.cleaned_data)
        return directive_crumbs(directive)[-1].url

    title = _("Note a posting")
    return answer_form(request, form, save, title, [*directive_crumbs(directive), Link(title)])


def _drafting(viewer: Viewer, directive: Directive, own: Iterable[Addressee]) -> list[Link]:
    """Where a paper about it may be drafted: by the unit that follows it, and by addressees of the viewer."""
    watcher = (directive.watcher, directive.watcher_name or directive.watcher.code)
    units = [watcher, *((one.unit, one.unit_name or one.unit.code) for one in own)]
    return ways_to_draft(viewer, units, OF_DIRECTIVE, str(directive.pk))
