"""The missing list: who has not acknowledged, posted or reported in time, on pages and as a workbook."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.followups.addresses import asked_missing, download_address, task_crumbs, with_filter
from cchc.followups.exports import not_heard
from cchc.followups.permissions import may_see_tasks
from cchc.followups.queries import missing as queries
from cchc.followups.task_sheets import missing_kinds
from cchc.followups.vocabularies import OF_BEHIND
from cchc.interface.access import needs
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all
from cchc.organizations.exporting import handed_out
from cchc.organizations.narrowing import narrowed_to
from cchc.papers.starting import ways_to_draft_at_all


@require_safe
@needs(may_see_tasks)
def missing_list(request: HttpRequest) -> HttpResponse:
    """The longest due first, a page at a time; `sau` is the place behind which it goes on."""
    may_see_tasks(request.viewer).require()
    narrowing = narrowed_to(request)
    asked, behind = asked_missing(request, narrowing.unit), queries.Place.read(request.GET.get("sau", ""))
    rows, total, next_ = queries.missing_page(request.viewer, asked, timezone.now(), behind)
    about = narrowing.unit.code if narrowing.unit else ""
    (drafting,) = answer_all(ways_to_draft_at_all(request.viewer, OF_BEHIND, about))
    kinds = missing_kinds()
    context = {
        "asked": asked,
        "kinds": list(kinds.items()),
        "rows": [(row, kinds[row.kind]) for row in rows],
        "total": total,
        "next": with_filter(request, sau=str(next_)) if next_ else "",
        "narrowing": narrowing,
        "download": download_address(request, "followups:missing-taken"),
        "drafting": drafting,
        "crumbs": [*task_crumbs(), Link(_("Not reported"))],
    }
    return render(request, "followups/missing.html", context)


@require_safe
@needs(may_see_tasks)
def missing_taken(request: HttpRequest) -> HttpResponse:
    """All of it with the same filters. It names leaders, so it is written down who took it."""
    may_see_tasks(request.viewer).require()
    return handed_out(request, not_heard)
