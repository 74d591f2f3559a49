"""Pages of cases of responsibility: what is overdue with and without one, all cases, one, what is done to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.files.attached import attached, listed
from cchc.followups.addresses import task_crumbs
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.errors import current_language
from cchc.interface.paging import page_of, page_read
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all, made_of
from cchc.organizations.calendars import calendars_of
from cchc.organizations.queries.people import get_official
from cchc.organizations.queries.units import get_unit
from cchc.oversight import shown_cases as shown
from cchc.oversight.actions import cases as actions
from cchc.oversight.addresses import asked_month, record_address, said_month
from cchc.oversight.addresses_cases import (
    act_crumbs,
    act_of,
    asked_part,
    asked_state,
    case_crumbs,
    cases_crumbs,
    to_case,
)
from cchc.oversight.citations_cases import may_add_papers, subject_of_case
from cchc.oversight.consequences import consequences_on
from cchc.oversight.forms_cases import FORMS, ConcludeForm, OpenCaseForm
from cchc.oversight.models import ResponsibilityCase
from cchc.oversight.permissions_cases import may_move_case, may_open_case, may_see_case, may_see_cases
from cchc.oversight.policies import may_case_become
from cchc.oversight.queries import cases as queries
from cchc.oversight.queries.grounds import Origin, concerned_by, get_listed
from cchc.oversight.queries.ordering import tasks_of
from cchc.oversight.queries.rows import get_kept
from cchc.oversight.shown_cases_words import case_act
from cchc.oversight.states_cases import RESPONSIBILITY_CASE
from cchc.oversight.views.lists import answer_form, form_page
from cchc.privacy.disclosing import tell
from cchc.records.errors import refuse

_ACTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "ask": actions.ask_case, "explain": actions.explain_case, "conclude": actions.conclude_case,
    "close": actions.close_case, "withdraw": actions.withdraw_case,
}  # fmt: skip


@require_safe
@needs(may_see_cases)
def cases(request: HttpRequest) -> HttpResponse:
    """By unit what was overdue in a month, with and without a case; then the cases, in one state or all."""
    may_see_cases(request.viewer).require()
    month, state, now = asked_month(request), asked_state(request), timezone.now()
    counted = queries.counted_by_unit(queries.overdue_shares(request.viewer, month, now), request.viewer.day)
    found = queries.kept_cases(request.viewer, state)
    units, page = answer_all(made_of(counted, list), page_read(request, found, queries.cases_after, size=queries.PAGE))
    tell(request, people=len({one.official_id for one in page["rows"] if one.official_id}))
    language = current_language()
    context = {
        "month": month,
        "state": state,
        "states": [(one.id, one.name.in_language(language)) for one in RESPONSIBILITY_CASE.states],
        "units": shown.unit_lines(units, month),
        "heads": [part.name for part in queries.PARTS.values()],
        "lines": [shown.CaseLine(one, now) for one in page["rows"]],
        "rules": consequences_on(request.viewer.day),
        "crumbs": cases_crumbs(),
    }
    return render(request, "oversight/cases.html", context | page)


@require_safe
@needs(may_see_cases)
def case_rows(request: HttpRequest) -> HttpResponse:
    """The overdue dossiers behind a figure of a unit, each with its cases."""
    may_see_cases(request.viewer).require()
    month, part, now = asked_month(request), asked_part(request), timezone.now()
    unit = request.GET.get("don-vi", "")[:100]
    shares = queries.shares_in(queries.overdue_shares(request.viewer, month, now), unit, part)
    page = page_of(request, shares, queries.newest_first)
    tell(request, people=len({one.official_id for one in page["rows"] if one.official_id}))
    context = {
        "month": said_month(month),
        "part": queries.PARTS[part].name,
        "lines": shown.share_lines(page["rows"], queries.cases_of_shares(page["rows"])),
        "crumbs": [*cases_crumbs(), Link(str(queries.PARTS[part].name))],
    }
    return render(request, "oversight/case_rows.html", context | page)


@require_safe
@needs(may_see_case)
def case_page(request: HttpRequest, number: int) -> HttpResponse:
    """Where a case stands: its grounds, what was asked, explained and concluded, its papers and history."""
    case, viewer = queries.get_case(request.viewer, number), request.viewer
    may_see_case(viewer, case).require()
    subject = subject_of_case(case)
    grounds, entries, files, tasks = answer_all(
        made_of(queries.grounds_in(case), list), made_of(queries.history_of(case), list),
        made_of(listed(viewer, subject), list), made_of(tasks_of(viewer, case), list),
    )  # fmt: skip
    context = {
        "case": case,
        "line": shown.CaseLine(case, timezone.now()),
        "grounds": [shown.GroundLine(one) for one in grounds],
        "late": sum(one.late for one in grounds),
        "offered": shown.offered(viewer, case),
        "task_url": shown.task_url(viewer, case),
        "tasks": [(one, task_crumbs(one)[-1].url) for one in tasks],
        "attached": attached(files, subject, may_change=may_add_papers(viewer, case)),
        "history": shown.history_lines(entries),
        "crumbs": case_crumbs(case, is_kept=bool(may_see_cases(viewer))),
    }
    return render(request, "oversight/case.html", context)


@form_page
@needs(may_move_case)
def act(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """A step of a case. Once it is typed, the action says what the state allows, and what changed meanwhile."""
    case, what = queries.get_case(request.viewer, number), act_of(slug)
    may_move_case(request.viewer, case, what).require()
    if request.method != "POST":
        may_case_become(case, what).require()
    form = _form_for(request, case, what)

    def save() -> str:
        _ACTIONS[what](**by(request), case=case, **form.given())
        return to_case(case)

    title = case_act(what)
    crumbs = act_crumbs(case, what, is_kept=bool(may_see_cases(request.viewer)))
    return answer_form(
        request, form, save, title, crumbs, template="oversight/case_act.html", case=case, submit=title,
        line=shown.CaseLine(case, timezone.now()),
        now_seen=lambda: {"version": queries.get_case(request.viewer, case.pk).version},
        said=_("Done: %(act)s") % {"act": title},
    )  # fmt: skip


@form_page
@needs(may_open_case)
def of_listed(request: HttpRequest, number: int) -> HttpResponse:
    """A case from somebody whom a frozen list names."""
    found = get_listed(request.viewer, number)
    may_open_case(request.viewer, found.unit or found.list.unit).require()
    lead = Link(f"{found.name} · {said_month(found.list.month)}", "")
    return _opening(request, Origin(listed=found), lead)


@form_page
@needs(may_open_case)
def of_dossier(request: HttpRequest, number: int) -> HttpResponse:
    """A case from a late dossier."""
    kept = get_kept(number)
    units = {one.unit_id: one.unit for one in kept.spells.all() if one.unit is not None}
    answers = [may_open_case(request.viewer, unit) for unit in units.values()]
    if not answers:
        raise refuse("oversight.dossier_not_found")
    max(answers, key=bool).require()
    return _opening(request, Origin(kept=kept), Link(kept.code, ""))


@form_page
@needs(may_open_case)
def of_record(request: HttpRequest, official: str, unit: str) -> HttpResponse:
    """A case from the record of a month."""
    person, place = get_official(official), get_unit(unit)
    may_open_case(request.viewer, place).require()
    month = asked_month(request)
    lead = Link(f"{person.name} · {said_month(month)}", record_address(unit, official, month))
    return _opening(request, Origin(official=person, unit=place, month=month), lead)


def _opening(request: HttpRequest, origin: Origin, lead: Link) -> HttpResponse:
    offered = concerned_by(origin, request.viewer)
    form = OpenCaseForm(request.POST or None, offered=offered)

    def save() -> str:
        return to_case(actions.open_case(**by(request), origin=origin, **form.given()))

    title = _("Open a case of responsibility")
    return answer_form(
        request, form, save, title, [*cases_crumbs(), Link(title)], template="oversight/case_new.html", submit=title,
        about=lead, offered=offered,
    )  # fmt: skip


def _form_for(request: HttpRequest, case: ResponsibilityCase, what: str) -> Any:
    data, initial, today = request.POST or None, {"version": case.version}, localdate()
    rules = consequences_on(today).value
    if what == "conclude":
        return ConcludeForm(data, initial=initial, rules=rules, about=case.about)
    if what == "ask":
        calendar = calendars_of([case.unit_id], today)[case.unit_id]
        until = calendar.due_in_working_days(calendar.end_of(today), rules.explain)
        initial |= {"due_on": localdate(until - timedelta(minutes=1))}
    return FORMS[what](data, initial=initial | {"text": case.explanation})
