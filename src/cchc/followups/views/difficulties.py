"""Difficulties, proposals and advantages of all directives and registers in scope, compiled."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.followups.addresses import asked_difficulties, download_address, task_crumbs
from cchc.followups.difficulty_lists import difficulty_filters, shown_difficulties
from cchc.followups.exports import raised
from cchc.followups.fields import narrowed_to_directive
from cchc.followups.permissions import may_see_tasks
from cchc.followups.queries import difficulties as queries
from cchc.followups.vocabularies import OF_DIFFICULTIES
from cchc.followups.vocabularies.difficulties import about_difficulties
from cchc.interface.access import needs
from cchc.interface.day_filters import asked_days
from cchc.interface.paging import page_read
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all
from cchc.organizations.exporting import handed_out
from cchc.organizations.narrowing import narrowed_to
from cchc.papers.starting import ways_to_draft_at_all


@require_safe
@needs(may_see_tasks)
def difficulties(request: HttpRequest) -> HttpResponse:
    """The newest first, with filters in the address and counts that lead to them."""
    may_see_tasks(request.viewer).require()
    narrowing, of, days = narrowed_to(request), narrowed_to_directive(request), asked_days(request)
    asked = asked_difficulties(request, narrowing.unit, of.found, days)
    page, counts, drafting = answer_all(
        page_read(request, queries.find_difficulties(request.viewer, asked), queries.newer_first, at_once=True),
        queries.counts_of_difficulties(request.viewer, asked),
        ways_to_draft_at_all(request.viewer, OF_DIFFICULTIES, about_difficulties(asked)),
    )
    context = {
        "asked": asked,
        "narrowing": narrowing,
        "days": days,
        "of_directive": of,
        "shown": shown_difficulties(page["rows"]),
        "download": download_address(request, "followups:difficulties-taken"),
        "drafting": drafting,
        "crumbs": [*task_crumbs(), Link(_("Difficulties and proposals"))],
        **difficulty_filters(request, asked, counts),
    }
    return render(request, "followups/difficulties.html", context | page)


@require_safe
@needs(may_see_tasks)
def difficulties_taken(request: HttpRequest) -> HttpResponse:
    """All of it with the same filters. It says who raised and answered, so it is written down who took it."""
    may_see_tasks(request.viewer).require()
    return handed_out(request, raised)
