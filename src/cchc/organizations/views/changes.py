"""Who changed what, across everything one looks after; and whether the chain that says so is whole."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.audit.queries import stored_head
from cchc.interface.access import needs
from cchc.interface.answering import file_answer
from cchc.interface.day_filters import AskedDays, asked_days
from cchc.interface.paging import is_key, with_key
from cchc.interface.shapes import Link
from cchc.interface.together import answer, answer_all
from cchc.organizations.actions.chain import ask_chain_check
from cchc.organizations.models import Unit
from cchc.organizations.narrowing import narrowed_to, narrowed_to_person
from cchc.organizations.permissions import may_check_chain, may_read_changes
from cchc.organizations.queries import changes as queries
from cchc.organizations.shown_changes import changes_table, shown_changes, shown_check, types_to_choose
from cchc.organizations.views.answering import by
from cchc.privacy.disclosing import tell
from cchc.records.errors import refuse

_FORMATS: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@require_safe
@needs(may_read_changes)
def changes(request: HttpRequest) -> HttpResponse:
    """The newest first, with filters in the address; the chain's head in plain words."""
    may_read_changes(request.viewer).require()
    unit, person, days = narrowed_to(request), narrowed_to_person(request), asked_days(request)
    asked = _asked(request, unit.found, "" if person.found is None else person.found.code, days)
    before = request.GET.get("truoc", "")
    found = queries.find_changes(request.viewer, asked)
    events = queries.events_before(found, int(before) if is_key(before) else None)
    shown, check = answer_all(shown_changes(request.viewer, events[: queries.PAGE_SIZE]), shown_check())
    tell(request, people=len(shown))
    context = {
        "asked": asked,
        "unit": unit,
        "person": person,
        "days": days,
        "types": types_to_choose(),
        "changes": shown,
        "next": with_key(request, shown[-1].event.sequence, "truoc") if len(events) > queries.PAGE_SIZE else "",
        "query": request.GET.urlencode(),
        "head": stored_head(),
        "check": check,
        "may_check": may_check_chain(request.viewer),
        "crumbs": [Link(_("Who changed what"))],
    }
    return render(request, "organizations/changes.html", context)


@require_safe
@needs(may_read_changes)
def changes_taken(request: HttpRequest, kind: str) -> HttpResponse:
    """What the filters leave, as a table: `xlsx` or `csv`."""
    may_read_changes(request.viewer).require()
    if kind not in _FORMATS:
        raise refuse("organizations.format_not_found", kind=kind)
    unit, person, days = narrowed_to(request), narrowed_to_person(request), asked_days(request)
    if unit.refusal or person.refusal or days.refusal:
        raise refuse("organizations.changes_unclear")
    asked = _asked(request, unit.found, "" if person.found is None else person.found.code, days)
    events = queries.events_to_take(queries.find_changes(request.viewer, asked))
    shown = answer(shown_changes(request.viewer, events))
    tell(request, people=len(shown))
    return file_answer(changes_table(shown, kind), _FORMATS[kind], f"nhat-ky-thay-doi.{kind}")


@require_POST
@needs(may_check_chain)
def check_chain(request: HttpRequest) -> HttpResponse:
    """Have the whole chain walked by a worker; how far it is, the job's page shows."""
    may_check_chain(request.viewer).require()
    return redirect(reverse("interface:job", args=[ask_chain_check(**by(request)).pk]))


def _asked(request: HttpRequest, under: Unit | None, who: str, days: AskedDays) -> queries.ChangesAsked:
    given = request.GET
    known = dict(types_to_choose())
    chosen = given.get("loai", "")
    return queries.ChangesAsked(
        who=who,
        under=under,
        subject_type=chosen if chosen in known else "",
        start=days.start,
        end=days.end,
    )
