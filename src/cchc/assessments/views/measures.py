"""Pages of what the product measured: bound to a criterion, shown with the dossiers that were counted."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.assessments import shown
from cchc.assessments.actions.measures import bind_measure, unbind_measure
from cchc.assessments.addresses import round_crumbs, sheet_crumbs, to_criterion, to_sheet
from cchc.assessments.criteria import set_of
from cchc.assessments.measure_forms import BindForm
from cchc.assessments.permissions import may_arrange_round, may_see_sheet
from cchc.assessments.policies import may_be_bound
from cchc.assessments.queries.measures import dossiers_measured, get_binding
from cchc.assessments.queries.rounds import get_round
from cchc.assessments.queries.sheets import get_sheet
from cchc.assessments.shown_measures import basis_of, measure_name
from cchc.assessments.views.answering import answer_confirmation, answer_form, form_page
from cchc.dossiers.models import Dossier
from cchc.dossiers.shown import chip_of, minutes_of
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.errors import current_language
from cchc.interface.paging import page_of
from cchc.interface.shapes import Confirmation, Link
from cchc.records.errors import refuse


@form_page
@needs(may_arrange_round)
def bind(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Hold a figure of a criterion against a measure, in all sheets."""
    round_ = get_round(request.viewer, number)
    may_arrange_round(request.viewer, round_).require()
    criteria = set_of(round_)
    criterion = criteria.criterion(code)
    if not criterion.counted:
        raise refuse("assessments.not_measurable", criterion=code)
    if request.method != "POST":
        may_be_bound(round_).require()
    form = BindForm(criterion, request.POST or None)

    def save() -> str:
        bind_measure(**by(request), round_=round_, code=code, **form.cleaned_data)
        return to_criterion(round_, code)

    title, name = _("Bind a measure"), shown.code_name(criteria, code)
    crumbs = [*round_crumbs(round_), Link(name, to_criterion(round_, code)), Link(title)]
    return answer_form(
        request, form, save, title, crumbs, submit=_("Bind"), effect=name,
        said=_("The measure stands beside the figure."),
    )  # fmt: skip


@form_page
@needs(may_arrange_round)
def unbind(request: HttpRequest, number: int) -> HttpResponse:
    """The measure is shown no more, with a reason."""
    binding = get_binding(request.viewer, number)
    round_ = binding.round
    may_arrange_round(request.viewer, round_).require()
    if request.method != "POST":
        may_be_bound(round_).require()
    asked = Confirmation(_("Show this measure no more?"), measure_name(binding.measure), _("Show no more"))

    def act(reason: str) -> str:
        unbind_measure(**by(request), binding=binding, reason=reason)
        return to_criterion(round_, binding.criterion)

    return answer_confirmation(request, asked, act, round_crumbs(round_), said=_("The measure is shown no more."))


@require_safe
@needs(may_see_sheet)
def measured_page(request: HttpRequest, number: int, key: int) -> HttpResponse:
    """The very dossiers behind a measured figure of a sheet, without whose they are."""
    viewer, now = request.viewer, timezone.now()
    sheet = get_sheet(viewer, number)
    may_see_sheet(viewer, sheet).require()
    binding = get_binding(viewer, key)
    if binding.round_id != sheet.round_id:
        raise refuse("assessments.binding_not_found")
    page = page_of(request, dossiers_measured(sheet, binding.measure, now), _after)
    name = shown.code_name(set_of(sheet.round), binding.criterion)
    context = {
        "sheet": sheet,
        "round": sheet.round,
        "name": name,
        "back": to_sheet(sheet, binding.criterion),
        "measure": measure_name(binding.measure),
        "basis": basis_of(binding.measure, sheet.round.assessed_to),
        "now": now,
        "lines": [_line(one, now) for one in page["rows"]],
        "crumbs": [*sheet_crumbs(sheet), Link(name, to_sheet(sheet, binding.criterion)), Link(_("Measured"))],
    }  # fmt: skip
    return render(request, "assessments/measured.html", page | context)


def _line(dossier: Dossier, now: datetime) -> tuple[Dossier, str, int | None, tuple[str, str]]:
    """A dossier, its procedure, working minutes left to its appointment now or when it ended, and what came of that."""
    minutes = minutes_of(dossier, now)
    name = dossier.procedure_version.procedure.name.in_language(current_language())
    return dossier, name, minutes, chip_of(dossier, minutes)


def _after(found: QuerySet[Dossier], last: Dossier | None) -> QuerySet[Dossier]:
    return found if last is None else found.filter(pk__lt=last.pk)
