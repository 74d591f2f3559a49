"""A task because of a case, an entry of a list or a late dossier: proposed, and given with one press."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cchc.followups.actions.giving import Order, give_tasks
from cchc.followups.addresses import task_crumbs
from cchc.followups.deadlines import Deadline
from cchc.followups.permissions import may_issue_directive
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.shapes import Link
from cchc.organizations.calendars import calendars_of
from cchc.organizations.models import Unit
from cchc.oversight.addresses import board_crumbs
from cchc.oversight.addresses_cases import case_crumbs
from cchc.oversight.addresses_lists import list_crumbs, to_item
from cchc.oversight.consequences import consequences_on
from cchc.oversight.forms_ordering import DelayTaskForm
from cchc.oversight.models import KeptDossier, ListedItem
from cchc.oversight.permissions import may_see_kept
from cchc.oversight.permissions_cases import may_open_case
from cchc.oversight.permissions_lists import may_see_list
from cchc.oversight.queries.cases import get_case
from cchc.oversight.queries.lists import get_item
from cchc.oversight.queries.ordering import Ordered, between, of_case, of_item, of_kept
from cchc.oversight.queries.rows import get_kept
from cchc.oversight.views.lists import answer_form, form_page
from cchc.records.errors import refuse


@form_page
@needs(may_issue_directive)
def by_case(request: HttpRequest, number: int) -> HttpResponse:
    """Because of a case."""
    case = get_case(request.viewer, number)
    may_open_case(request.viewer, case.unit).require()
    what = _("Remedy what case %(number)s is about, and report cause and result") % {"number": case.pk}
    return _giving(request, of_case(case), what, case_crumbs(case))


@form_page
@needs(may_issue_directive)
def by_item(request: HttpRequest, number: int) -> HttpResponse:
    """Because of an entry of a list."""
    item: ListedItem = get_item(request.viewer, number)
    may_see_list(request.viewer, item.listed.list).require()
    crumbs = [*list_crumbs(item.listed.list), Link(item.code, to_item(item))]
    return _giving(request, of_item(item), _settle(item.code), crumbs)


@form_page
@needs(may_issue_directive)
def by_dossier(request: HttpRequest, number: int) -> HttpResponse:
    """Because of a late dossier."""
    kept: KeptDossier = get_kept(number)
    if not may_see_kept(request.viewer, kept):
        raise refuse("oversight.dossier_not_found")
    return _giving(request, of_kept(kept), _settle(kept.code), [*board_crumbs(), Link(kept.code)])


def _giving(request: HttpRequest, ordered: Ordered, what: str, crumbs: list[Link]) -> HttpResponse:
    (issuer, watcher, owner), today = between(request.viewer, ordered.unit), localdate()
    may_issue_directive(request.viewer, issuer).require()
    start = {"what": what, "due_on": _proposed(ordered.unit)} if request.method != "POST" else {}
    form = DelayTaskForm(request.POST or None, initial=start, person=ordered.leader)

    def save() -> str:
        given = form.cleaned_data
        order = Order(given["what"], Deadline(today, given["due_on"]), issuer)
        tasks = give_tasks(
            **by(request), subject=ordered.subject, order=order, owners=[ordered.unit], leader=form.leader,
            issuer=issuer,
        )  # fmt: skip
        return task_crumbs(tasks[0])[-1].url

    title = _("Give a task")
    return answer_form(
        request, form, save, title, [*crumbs, Link(title)], template="oversight/order.html", submit=title, owner=owner,
        watcher=watcher,
    )  # fmt: skip


def _settle(code: str) -> str:
    return _("Settle dossier %(code)s, and report the cause of the delay and what is done against it") % {"code": code}


def _proposed(unit: Unit) -> Any:
    """The last of the working days that the data propose."""
    today = localdate()
    calendar = calendars_of([unit.pk], today)[unit.pk]
    until = calendar.due_in_working_days(calendar.end_of(today), consequences_on(today).value.task)
    return localdate(until - timedelta(minutes=1))
