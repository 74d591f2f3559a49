"""The page of leaders, the rows behind its numbers, and reminders."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.dossiers.actions import reminding
from cchc.dossiers.addresses import asked_rows, desk_crumbs, leader_crumbs, reminding_words
from cchc.dossiers.permissions import may_lead, may_remind
from cchc.dossiers.queries.desk import dossiers_after, steps_after
from cchc.dossiers.queries.dossiers import get_step
from cchc.dossiers.queries.leading import KINDS, find_led_dossiers, find_led_steps, flowing, tallying
from cchc.dossiers.queries.naming import finding_workplaces
from cchc.dossiers.shown import rows_of_dossiers, rows_of_steps
from cchc.dossiers.shown_leading import kind_names, offices_of, panels_of, shown_weeks, title_of
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.paging import page_read
from cchc.interface.shapes import Link
from cchc.interface.together import answer, answer_all
from cchc.privacy.disclosing import tell


@require_safe
@needs(may_lead)
def overview(request: HttpRequest) -> HttpResponse:
    """Who has what, the worst first; what came and went in the last weeks."""
    may_lead(request.viewer).require()
    viewer, now = request.viewer, timezone.now()
    tallies, weeks = answer_all(tallying(viewer, now), flowing(viewer, now))
    works, names = answer(finding_workplaces(tallies, viewer.day))
    panels, periods, most = panels_of(weeks)
    context = {
        "now": now,
        "offices": offices_of(tallies, works, names),
        "kinds": [kind_names()[kind] for kind in KINDS],
        "weeks": shown_weeks(weeks),
        "panels": panels,
        "periods": periods,
        "most": most,
        "crumbs": [*desk_crumbs(), Link(_("Leader's view"))],
    }
    return render(request, "dossiers/leading.html", context)


@require_safe
@needs(may_lead)
def rows(request: HttpRequest) -> HttpResponse:
    """The rows behind a number."""
    may_lead(request.viewer).require()
    viewer, now, asked = request.viewer, timezone.now(), asked_rows(request)
    is_steps = asked.week is None
    if is_steps:
        page = answer(page_read(request, find_led_steps(viewer, asked, now), steps_after))
    else:
        page = answer(page_read(request, find_led_dossiers(viewer, asked), dossiers_after))
    tell(request, people=len(page["rows"]))
    title = title_of(asked)
    shown = rows_of_steps(viewer, page["rows"], now) if is_steps else rows_of_dossiers(page["rows"], now)
    context = {"rows": shown, "is_steps": is_steps, "title": title, "now": now, "crumbs": leader_crumbs(title)}
    return render(request, "dossiers/leader_rows.html", page | context)


@require_POST
@needs(may_remind)
def remind(request: HttpRequest, number: int) -> HttpResponse:
    """Whoever holds the step is reminded, in the words of the button or in others."""
    step = get_step(request.viewer, number)
    may_remind(request.viewer, step).require()
    reminding.remind(**by(request), step=step, text=reminding_words(request))
    messages.success(request, _("Reminded: %(code)s") % {"code": step.dossier.code})
    return redirect("dossiers:leading")
