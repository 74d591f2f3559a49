"""What the receiver of reports refused, and sending it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.dossiers.actions.reporting import send_again as send_again_now
from cchc.dossiers.addresses import desk_crumbs
from cchc.dossiers.permissions import may_see_failures, may_send_again
from cchc.dossiers.queries.progress import failures, failures_after, get_report
from cchc.dossiers.shown_progress import rows_of_failures
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.paging import page_read
from cchc.interface.shapes import Link
from cchc.interface.together import answer


@require_safe
@needs(may_see_failures)
def failed(request: HttpRequest) -> HttpResponse:
    """Each with the reason that the receiver gave and what to do."""
    may_see_failures(request.viewer).require()
    page = answer(page_read(request, failures(request.viewer), failures_after))
    context = {"rows": rows_of_failures(page["rows"]), "crumbs": [*desk_crumbs(), Link(_("Failed synchronisation"))]}
    return render(request, "dossiers/failed.html", page | context)


@require_POST
@needs(may_send_again)
def send_again(request: HttpRequest, number: int) -> HttpResponse:
    """It waits for the next export."""
    report = get_report(number)
    may_send_again(request.viewer, report.dossier).require()
    send_again_now(**by(request), report=report)
    messages.success(request, _("It is in the next export."))
    return redirect("dossiers:failed")
