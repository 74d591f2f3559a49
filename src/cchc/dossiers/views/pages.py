"""Pages to read: the desk, one dossier, why it is due when it is."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.dossiers import shown
from cchc.dossiers.addresses import asked_desk, desk_crumbs, dossier_crumbs
from cchc.dossiers.permissions import LEADERS, MANAGERS, RECEIVERS, may_see_dossiers
from cchc.dossiers.queries import desk as lists
from cchc.dossiers.queries.absences import finding_stood_in_for
from cchc.dossiers.queries.dossiers import get_dossier, parts_of
from cchc.dossiers.shown_advice import rows_of_advice
from cchc.dossiers.shown_archive import class_name, corrected, more_links
from cchc.dossiers.shown_charges import charges_of
from cchc.dossiers.shown_desk import desk_tabs
from cchc.dossiers.shown_words import synchronisation_name
from cchc.dossiers.states import PAUSED, RUNNING
from cchc.dossiers.timing import timing_from, timing_of
from cchc.interface.access import needs
from cchc.interface.hosting.panels import panels_on
from cchc.interface.paging import page_read, page_uncounted
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all
from cchc.privacy.disclosing import tell


@require_safe
@needs(may_see_dossiers)
def desk(request: HttpRequest) -> HttpResponse:
    """What one has, what waits in the queue, everything at work, what is ready; the worst first."""
    may_see_dossiers(request.viewer).require()
    viewer, now, asked = request.viewer, timezone.now(), asked_desk(request)
    if asked.which in lists.OF_STEPS:
        found = page_read(request, lists.find_steps(viewer, asked), lists.steps_after, beside=lists.beside_steps)
    elif asked.which == lists.ALL:
        found = page_uncounted(request, partial(lists.finding_newest, viewer, asked.text))
    else:
        ready = lists.find_dossiers(viewer, asked)
        found = page_read(request, ready, lists.dossiers_after, beside=lists.beside_dossiers)
    page, counts = answer_all(found, lists.counting_lists(viewer))
    tell(request, people=len(page["rows"]))
    is_steps = asked.which in lists.OF_STEPS
    context = {
        "now": now,
        "asked": asked,
        "is_steps": is_steps,
        "rows": shown.rows_of_steps(viewer, page["rows"], now)
        if is_steps
        else shown.rows_of_dossiers(page["rows"], now),
        "tabs": desk_tabs(asked, counts),
        "may_receive": viewer.holds_anywhere(*RECEIVERS),
        "may_lead": viewer.holds_anywhere(*LEADERS),
        "may_reassign": viewer.holds_anywhere(*MANAGERS),
        "crumbs": desk_crumbs(),
    }
    return render(request, "dossiers/desk.html", page | context)


@require_safe
@needs(may_see_dossiers)
def dossier_page(request: HttpRequest, number: int) -> HttpResponse:
    """Where it stands, its steps with what may be done now, its papers, everything that happened."""
    may_see_dossiers(request.viewer).require()
    viewer, now, dossier = request.viewer, timezone.now(), get_dossier(request.viewer, number)
    needed = (parts_of(dossier), panels_on("dossiers.dossier", viewer, dossier), finding_stood_in_for(viewer))
    parts, panels, _away = answer_all(*needed)
    timing = timing_from(dossier, parts.pauses, parts.appointments)
    minutes = shown.minutes_of(dossier, now)
    context = {
        "now": now,
        "dossier": dossier,
        "procedure": shown.Row(dossier, None, None, 0, False).procedure,
        "state": shown.state_name(dossier.state),
        "minutes": minutes,
        "chip": shown.chip_of(dossier, minutes),
        "runs": dossier.state in RUNNING,
        "is_paused": dossier.state in PAUSED,
        "parts": parts,
        "earlier": getattr(dossier, "earlier_reception", None),
        "steps": shown.standing_steps(viewer, dossier, parts, now),
        "drawn": shown.drawn_steps(dossier, parts, timing, now),
        "offered": [*shown.offered(viewer, dossier), *more_links(viewer, dossier)],
        "corrections": corrected(parts.corrections),
        "laid": [(one, class_name(one.retention_class, viewer.day)) for one in parts.laid],
        "synchronisation": synchronisation_name(dossier.synchronisation),
        "advice": rows_of_advice(viewer, dossier, parts, now),
        "charges": charges_of(dossier, parts, now),
        "history": shown.history_of(dossier, parts.events),
        "slip_url": shown.to_slip(dossier),
        "panels": panels,
        "crumbs": dossier_crumbs(dossier),
    }
    return render(request, "dossiers/dossier.html", context)


@require_safe
@needs(may_see_dossiers)
def why(request: HttpRequest, number: int) -> HttpResponse:
    """Day by day to the first appointment, then what moved it."""
    may_see_dossiers(request.viewer).require()
    dossier = get_dossier(request.viewer, number)
    timing = timing_of(dossier)
    found = timing.clock(timezone.now())
    context = {
        "dossier": dossier,
        "clock": found,
        "sheet": None if found is None else shown.why_first(timing, found),
        "crumbs": [*dossier_crumbs(dossier), Link(_("Why this date?"))],
    }
    return render(request, "dossiers/why.html", context)
