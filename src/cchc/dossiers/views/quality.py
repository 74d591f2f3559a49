"""How dossiers fared in a period: sent back with which reasons, handed over by the appointment; the rows of numbers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.dossiers.addresses import desk_crumbs
from cchc.dossiers.exports import quality as quality_export
from cchc.dossiers.models import DossierEvent
from cchc.dossiers.permissions import may_see_dossiers
from cchc.dossiers.queries.bodies import get_body
from cchc.dossiers.queries.quality import SENDING_BACK, fared_in, quality
from cchc.dossiers.shown_adoption import after, asked_period, period_choices
from cchc.dossiers.shown_quality import (
    asked_kind,
    asked_reason,
    fared_lines,
    kind_names,
    reason_lines,
    reason_said,
    share_names,
    total_line,
    with_reasons,
)
from cchc.interface.access import needs
from cchc.interface.errors import current_language
from cchc.interface.paging import page_of, page_of_all
from cchc.interface.shapes import Link
from cchc.interface.together import answer
from cchc.organizations.exporting import handed_out
from cchc.organizations.queries.units import name_on


@require_safe
@needs(may_see_dossiers)
def report(request: HttpRequest) -> HttpResponse:
    """A line for each unit, the smallest share in time first; reasons, the most frequent first."""
    may_see_dossiers(request.viewer).require()
    period = asked_period(request)
    found = answer(quality(request.viewer, period))
    context = {
        "period": period, "periods": period_choices(request, period), "sum": total_line(found, period),
        "names": [*kind_names().values(), *share_names()], "reasons": reason_lines(found, period),
        "crumbs": [*desk_crumbs(), Link(_("How dossiers fared"))],
    }  # fmt: skip
    page = page_of_all(request, fared_lines(found, period))
    return render(request, "dossiers/quality.html", page | context)


@require_safe
@needs(may_see_dossiers)
def download(request: HttpRequest) -> HttpResponse:
    """The lines of all units as XLSX."""
    may_see_dossiers(request.viewer).require()
    return handed_out(request, quality_export)


@require_safe
@needs(may_see_dossiers)
def dossiers(request: HttpRequest) -> HttpResponse:
    """The dossiers behind a number, with what sent them back and when they were handed over; nobody's name."""
    may_see_dossiers(request.viewer).require()
    period, kind, reason = asked_period(request), asked_kind(request), asked_reason(request)
    code = request.GET.get("don-vi", "")[:100].replace("\0", "")
    day = min(period.last, request.viewer.day)
    body = get_body(code, day) if code else None
    found = fared_in(request.viewer, period, kind, reason)
    if body is not None:
        found = found.filter(unit__in=body.offices)
    named = found.annotate(unit_name=name_on(day)).select_related("procedure_version__procedure").order_by("-pk")
    page = page_of(request, named, after)
    events = DossierEvent.objects.filter(dossier__in=page["rows"], act__in=SENDING_BACK).order_by("pk")
    told = [kind_names()[kind], reason_said(*reason) if reason else "", body.name if body else ""]
    to_report = f"{reverse('dossiers:quality')}?ky={period.key}"
    context = {
        "lead": " · ".join(part for part in (period.name.in_language(current_language()), *told) if part),
        "shown": with_reasons(page["rows"], events),
        "crumbs": [*desk_crumbs(), Link(_("How dossiers fared"), to_report), Link(_("Dossiers"))],
    }
    return render(request, "dossiers/quality_dossiers.html", page | context)
