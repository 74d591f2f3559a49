"""Pages of lists of a month for those in office: all lists, one, what is done to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cchc.documents.formats import FORMATS
from cchc.interface import answering
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.errors import current_language
from cchc.interface.jobs.showing import job_shown
from cchc.interface.shapes import Link
from cchc.interface.together import read_together
from cchc.oversight import shown_lists as shown
from cchc.oversight.actions import lists, publishing
from cchc.oversight.actions.drafting import ask_for_draft
from cchc.oversight.addresses_lists import (
    act_crumbs,
    act_of,
    asked_month,
    list_crumbs,
    lists_crumbs,
    to_compiled,
    to_draft,
    to_list,
    to_public,
)
from cchc.oversight.forms_lists import FORMS, CorrectForm, DraftListForm
from cchc.oversight.handing_out import paper_answer, papers_answer
from cchc.oversight.list_papers import kept_paper
from cchc.oversight.models import MonthlyList
from cchc.oversight.notice_papers import notice_papers
from cchc.oversight.permissions_cases import keeps_cases_of
from cchc.oversight.permissions_lists import may_draft_list, may_move_list, may_see_list, may_see_lists
from cchc.oversight.policies import may_become
from cchc.oversight.queries import lists as queries
from cchc.oversight.queries.compiled import compiling
from cchc.oversight.queries.drafts import draft_shown
from cchc.oversight.shown_lists_words import act_name
from cchc.oversight.states_lists import PUBLISHED, WITHDRAWN
from cchc.oversight.timetable import timetable_on
from cchc.privacy.disclosing import tell
from cchc.records.errors import refuse

FRAME: Final = "oversight/list_base.html"
answer_form = partial(answering.answer_form, frame=FRAME)
form_page = require_http_methods(["GET", "HEAD", "POST"])
_ACTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "notify": lists.notify_list, "close": lists.close_replies, "approve": lists.approve_list,
    "put_forward": publishing.put_forward, "back": lists.send_back, "freeze": publishing.freeze_list,
    "publish": publishing.publish_list, "correct": publishing.correct_list, "withdraw": lists.withdraw_list,
}  # fmt: skip


@require_safe
@needs(may_see_lists)
def all_lists(request: HttpRequest) -> HttpResponse:
    """Lists of a month in one's scope, and the bodies that have not published one."""
    may_see_lists(request.viewer).require()
    month = asked_month(request, localdate())
    found, missing = queries.of_month(request.viewer, month), queries.without_publication(request.viewer, month)
    kept, above = queries.kept_bodies(request.viewer), compiling(request.viewer)
    read_together(found, missing, kept, above)
    begun = {one.unit_id for one in found if one.state != WITHDRAWN}
    context = {
        "month": month,
        "rows": [shown.ListLine(one) for one in found],
        "missing": missing,
        "compiled": [(one.name_in(current_language()), to_compiled(one.unit, month)) for one in above],
        "to_draft": {one.unit_id for one in kept} - begun,
        "rules": timetable_on(month),
        "last_day": timetable_on(month).value.last_day_of(month),
        "cut_off": timetable_on(month).value.cut_off_day(month),
        "doubt": timetable_on(month).verification.doubt_in(current_language()),
        "crumbs": lists_crumbs(),
    }
    return render(request, "oversight/lists.html", context)


@form_page
@needs(may_draft_list)
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """A list of the unit is drafted; where a job does it, the page shows how far it is."""
    body = queries.get_body(code, request.viewer.day)
    may_draft_list(request.viewer, body.unit).require()
    month = asked_month(request, localdate())
    form = DraftListForm(request.POST or None, initial={"month": f"{month:%Y-%m}"})

    def save() -> str:
        made = ask_for_draft(**by(request), unit=body.unit, month=form.cleaned_data["month"])
        return to_list(made) if isinstance(made, MonthlyList) else to_draft(body.unit, form.cleaned_data["month"])

    title = _("Draft a monthly list")
    crumbs = [*lists_crumbs(), Link(body.name_in(current_language())), Link(title)]
    at_work = draft_shown(body.unit, month)
    return answer_form(
        request, form, save, title, crumbs, template="oversight/list_draft.html", submit=title, month=month,
        job=None if at_work is None else job_shown(at_work, timezone.now()),
    )  # fmt: skip


@require_safe
@needs(may_see_list)
def list_page(request: HttpRequest, number: int) -> HttpResponse:
    """Where a list stands, whom it names, what was replied and decided, who was told, its versions and history."""
    list_ = queries.get_list(request.viewer, number)
    may_see_list(request.viewer, list_).require()
    listed, items, notices = queries.listed_in(list_), queries.items_in(list_), queries.notices_of(list_)
    versions, entries = queries.versions_of(list_), queries.history_of(list_)
    read_together(listed, items, notices, versions, entries)
    people = shown.people_lines(listed, items, partial(keeps_cases_of, request.viewer, list_))
    context = {
        "list": list_,
        "forms": list(FORMATS),
        "state": shown.ListLine(list_).state,
        "people": [one for one in people if one.listed.is_named],
        "unnamed": [one for one in people if not one.listed.is_named],
        "notices": notices,
        "notice_parts": range(1, -(-len(notices) // queries.PART) + 1),
        "versions": versions,
        "history": shown.history_lines(entries),
        "offered": shown.offered(request.viewer, list_),
        "to_decide": shown.to_decide(list_, items),
        "public_url": to_public(list_) if list_.state == PUBLISHED else "",
        "crumbs": list_crumbs(list_),
    }
    return render(request, "oversight/list.html", context)


@require_safe
@needs(may_see_list)
def paper(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """A list with all that is kept of it, on paper."""
    list_ = queries.get_list(request.viewer, number)
    may_see_list(request.viewer, list_).require()
    listed, items = queries.listed_in(list_), queries.items_in(list_)
    read_together(listed, items)
    document = kept_paper(list_, shown.people_lines(listed, items), request.viewer.day)
    tell(request, list_, people=len(listed))
    return paper_answer(document, form, f"danh-sach-{list_.unit.code}-{list_.month:%Y-%m}-{list_.pk}")


@require_safe
@needs(may_see_list)
def notices(request: HttpRequest, number: int, part: int) -> HttpResponse:
    """Notices of a list on paper, a part of them in one file."""
    list_ = queries.get_list(request.viewer, number)
    may_see_list(request.viewer, list_).require()
    told = queries.told_in(list_, part)
    if not told:
        raise refuse("oversight.notice_not_found")
    tell(request, list_, people=len(told))
    papers = dict(zip([f"thong-bao-{one.pk}" for one in told], notice_papers(list_, told), strict=True))
    return papers_answer(papers, f"thong-bao-{list_.unit.code}-{list_.month:%Y-%m}-phan-{part}")


@form_page
@needs(may_move_list)
def act(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """A step of a list. Once it is typed, the action says what the state allows, and what changed meanwhile."""
    list_, what = queries.get_list(request.viewer, number), act_of(slug)
    may_move_list(request.viewer, list_, what).require()
    if request.method != "POST" or what == "correct":
        may_become(list_, what).require()
    form = _form_for(request, list_, what)

    def save() -> str:
        _ACTIONS[what](**by(request), list_=list_, **form.given())
        return to_list(list_)

    title = act_name(what)
    return answer_form(
        request, form, save, title, act_crumbs(list_, what), template="oversight/list_act.html", list=list_,
        submit=title, now_seen=lambda: {"version": queries.get_list(request.viewer, list_.pk).version},
        said=_("Done: %(act)s") % {"act": title},
    )  # fmt: skip


def _form_for(request: HttpRequest, list_: MonthlyList, what: str) -> Any:
    today = localdate()
    data, initial = request.POST or None, {"version": list_.version, "noticed_on": today, "decided_on": today}
    if what == "correct":
        return CorrectForm(data, initial=initial, content=publishing.newest(list_))
    return FORMS[what](data, initial=initial)
