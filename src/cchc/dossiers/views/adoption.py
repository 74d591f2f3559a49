"""How far units use the system: the report, the rows of its numbers, and what came on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.dossiers.actions.paper_volumes import note_paper
from cchc.dossiers.addresses import desk_crumbs
from cchc.dossiers.exports import use as use_export
from cchc.dossiers.forms.adoption import PaperForm
from cchc.dossiers.models import Channel, PaperVolume
from cchc.dossiers.permissions import may_note_paper, may_see_dossiers
from cchc.dossiers.queries.adoption import adoption, received_in, unused_procedures
from cchc.dossiers.queries.bodies import get_body
from cchc.dossiers.queries.electronic import gaps_by_unit, gaps_of_procedures
from cchc.dossiers.shown_adoption import (
    after,
    asked_list,
    asked_period,
    line_of,
    listed,
    narrowed,
    period_choices,
    shown_thresholds,
    tabs,
    use_csv,
)
from cchc.dossiers.shown_electronic import asked_gap, gap_names, procedure_lines, unit_lines
from cchc.dossiers.thresholds import thresholds_on
from cchc.dossiers.views.answering import answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import by, file_answer
from cchc.interface.errors import current_language
from cchc.interface.paging import page_of, page_of_all
from cchc.interface.shapes import Link
from cchc.interface.together import answer, answer_all
from cchc.organizations.exporting import handed_out
from cchc.organizations.queries.units import get_unit, name_on
from cchc.procedures.queries.catalogue import after as procedures_after
from cchc.procedures.shown import online_name


@require_safe
@needs(may_see_dossiers)
def report(request: HttpRequest) -> HttpResponse:
    """A line for each unit, nothing received first; online levels; procedures that nobody used."""
    may_see_dossiers(request.viewer).require()
    period, which = asked_period(request), asked_list(request)
    dated, found = thresholds_on(period.last), answer(adoption(request.viewer, period))
    lines = [line_of(one, period, dated.value) for one in listed(found, which, dated.value)]
    context = {
        "period": period, "year": period.first.year, "periods": period_choices(request, period), "which": which,
        "found": found,
        "levels": [(one, online_name(one.online)) for one in found.levels],
        "sum": line_of(found.total, period, dated.value), "tabs": tabs(found, which, period, dated.value),
        **shown_thresholds(dated), "crumbs": [*desk_crumbs(), Link(_("Use of the system"))],
    }  # fmt: skip
    page = page_of_all(request, lines)
    return render(request, "dossiers/adoption.html", page | context)


@require_safe
@needs(may_see_dossiers)
def download(request: HttpRequest, form: str) -> HttpResponse:
    """The lines of all units, as XLSX or CSV."""
    may_see_dossiers(request.viewer).require()
    if form == "xlsx":
        return handed_out(request, use_export)
    found = answer(adoption(request.viewer, asked_period(request)))
    return file_answer(use_csv(found.units), "text/csv; charset=utf-8", "su-dung-he-thong.csv")


@require_safe
@needs(may_see_dossiers)
def received(request: HttpRequest) -> HttpResponse:
    """The dossiers behind a number: code, procedure, channel, day; nobody's name."""
    may_see_dossiers(request.viewer).require()
    period, code = asked_period(request), request.GET.get("don-vi", "")[:100]
    day, channel = min(period.last, request.viewer.day), request.GET.get("kenh", "")
    body = get_body(code, day) if code else None
    found = narrowed(received_in(request.viewer, period), body.offices if body else None, request.GET)
    found = found.annotate(unit_name=name_on(day)).select_related("procedure_version__procedure").order_by("-pk")
    context = {
        "period_name": period.name.in_language(current_language()), "channel": dict(Channel.choices).get(channel, ""),
        "unit_name": body.name if body else "",
        "crumbs": [*desk_crumbs(), Link(_("Use of the system"), _to_report(period.key)), Link(_("Dossiers received"))],
    }  # fmt: skip
    return render(request, "dossiers/adoption_dossiers.html", context | page_of(request, found, after))


@require_safe
@needs(may_see_dossiers)
def procedures(request: HttpRequest) -> HttpResponse:
    """Procedures in force by which nothing was received."""
    may_see_dossiers(request.viewer).require()
    period = asked_period(request)
    context = {
        "period_name": period.name.in_language(current_language()),
        "crumbs": [*desk_crumbs(), Link(_("Use of the system"), _to_report(period.key)), Link(_("Procedures"))],
    }
    found = unused_procedures(request.viewer, period)
    return render(request, "dossiers/adoption_procedures.html", context | page_of(request, found, procedures_after))


@require_safe
@needs(may_see_dossiers)
def electronic(request: HttpRequest) -> HttpResponse:
    """Procedures that are not carried out electronically though dossiers came by them: by unit, and each."""
    may_see_dossiers(request.viewer).require()
    period, gap, code = asked_period(request), asked_gap(request), request.GET.get("don-vi", "")[:100]
    body = get_body(code, min(period.last, request.viewer.day)) if code else None
    by_unit, found = answer_all(
        gaps_by_unit(request.viewer, period),
        gaps_of_procedures(request.viewer, period, body.offices if body else None, gap),
    )
    page = page_of_all(request, procedure_lines(found, period, code))
    context = {
        "period": period, "periods": period_choices(request, period), "gap": gap, "gaps": gap_names(), "code": code,
        "unit_name": body.name if body else "", "units": unit_lines(by_unit, period),
        "crumbs": [*desk_crumbs(), Link(_("Use of the system"), _to_report(period.key)), Link(_("Not electronic"))],
    }  # fmt: skip
    return render(request, "dossiers/electronic.html", page | context)


@form_page
@needs(may_note_paper)
def paper(request: HttpRequest, unit: str) -> HttpResponse:
    """What the unit received on paper alone, month by month, with everything noted before."""
    found = get_unit(unit)
    may_note_paper(request.viewer, found).require()
    form = PaperForm(request.POST or None, day=request.viewer.day)

    def save() -> str:
        note_paper(**by(request), unit=found, on_paper=form.given())
        return reverse("dossiers:paper", args=[found.code])

    noted = PaperVolume.objects.filter(unit=found).select_related("noted_by").order_by("-month", "-pk")[:60]
    title = _("Received on paper")
    crumbs = [*desk_crumbs(), Link(_("Use of the system"), reverse("dossiers:adoption")), Link(title)]
    return answer_form(request, form, save, title, crumbs, template="dossiers/paper.html", noted=noted, unit=found)


def _to_report(period: str) -> str:
    return f"{reverse('dossiers:adoption')}?ky={period}"
