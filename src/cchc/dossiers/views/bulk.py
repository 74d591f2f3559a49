"""Many dossiers at once: a file is handed in, looked at, carried out; or rows are typed; what became of each row."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.dossiers.actions import bulk as actions
from cchc.dossiers.addresses import intake_crumbs
from cchc.dossiers.bulk.planning import BatchPlan, plan_file
from cchc.dossiers.bulk.sheets import results_workbook, template_workbook
from cchc.dossiers.forms.bulk import CarryOutForm, SeveralForm
from cchc.dossiers.models import IntakeBatch
from cchc.dossiers.permissions import may_receive
from cchc.dossiers.queries import bulk as queries
from cchc.dossiers.shown_bulk import context_of
from cchc.dossiers.views.answering import FRAME, answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import by, file_answer
from cchc.interface.errors import current_language, in_words, status_of
from cchc.interface.shapes import Link
from cchc.organizations.exporting.handing_out import XLSX
from cchc.organizations.forms import ImportForm
from cchc.organizations.queries.units import get_unit
from cchc.privacy.disclosing import tell
from cchc.records.errors import DomainError, refuse


@form_page
@needs(may_receive)
def hand_in(request: HttpRequest, unit: str) -> HttpResponse:
    """The form for a file, the template, and the last lists of this counter."""
    counter, viewer = get_unit(unit), request.viewer
    may_receive(viewer, counter).require()
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        file, who = form.cleaned_data["file"], {"official": viewer.official, "principal": viewer.principal}
        made = actions.hand_in_batch(**by(request), unit=counter, file=file.name, content=file.read(), **who)
        return redirect("dossiers:batch", made.pk)
    context = {
        "form": form,
        "frame": FRAME,
        "unit": counter,
        "earlier": queries.batches_of(counter),
        "template_url": reverse("dossiers:bulk-template", args=[counter.code]),
        "crumbs": [*intake_crumbs(counter), Link(_("Receive from a file"))],
    }
    return render(request, "dossiers/bulk.html", context, status=422 if form.errors else 200)


@require_safe
@needs(may_receive)
def template(request: HttpRequest, unit: str) -> HttpResponse:
    """The workbook to fill in, for all procedures that are received here or those that the address names (`?ma=`)."""
    counter = get_unit(unit)
    may_receive(request.viewer, counter).require()
    asked = set(request.GET.getlist("ma"))
    held = queries.received_here(counter, request.viewer.day)
    named = [version for code, version in held.items() if not asked or code in asked]
    if not named:
        raise refuse("dossiers.procedure_not_found")
    return file_answer(template_workbook(named), XLSX, "mau-tiep-nhan-ho-so.xlsx")


@require_safe
@needs(may_receive)
def batch_page(request: HttpRequest, number: int) -> HttpResponse:
    """What is wrong with the file, before; how far it is and what became of each row, afterwards."""
    batch = queries.get_batch(number)
    may_receive(request.viewer, batch.unit).require()
    return _page(request, batch, CarryOutForm())


def _page(
    request: HttpRequest, batch: IntakeBatch, form: CarryOutForm, error: DomainError | None = None
) -> HttpResponse:
    now = timezone.now()
    plan = plan_file(bytes(batch.content), batch.file, batch.unit, now) if batch.is_open else BatchPlan()
    if error is not None and plan.problems and form.is_bound:
        form.add_error("skips_faulty", _("Tick this to go on without them, or upload the mended file."))
    refusals = [] if error is None or plan.problems else [in_words(one) for one in error.problems]
    shown = context_of(batch, plan, now)
    tell(request, people=len(shown["rows"]))
    context = {**shown, "form": form, "refusals": refusals}
    status = 200 if error is None else status_of(error)
    return render(request, "dossiers/batch.html", context, status=status)


@require_POST
@needs(may_receive)
def carry_out(request: HttpRequest, number: int) -> HttpResponse:
    """The rows are received in the background."""
    batch = queries.get_batch(number)
    may_receive(request.viewer, batch.unit).require()
    form = CarryOutForm(request.POST)
    form.full_clean()
    try:
        actions.carry_out_batch(**by(request), number=number, **form.cleaned_data)
    except DomainError as error:
        return _page(request, queries.get_batch(number), form, error)
    return redirect("dossiers:batch", number)


@require_POST
@needs(may_receive)
def set_aside(request: HttpRequest, number: int) -> HttpResponse:
    """Nothing of it is received."""
    batch = queries.get_batch(number)
    may_receive(request.viewer, batch.unit).require()
    try:
        actions.set_batch_aside(**by(request), number=number)
    except DomainError as error:
        return _page(request, queries.get_batch(number), CarryOutForm(), error)
    messages.success(request, _("The file is laid aside; nothing was changed."))
    return redirect("dossiers:bulk", batch.unit.code)


@require_safe
@needs(may_receive)
def results(request: HttpRequest, number: int) -> HttpResponse:
    """Row, code or why not, to take along."""
    batch = queries.get_batch(number)
    may_receive(request.viewer, batch.unit).require()
    rows = list(queries.rows_of(batch))
    tell(request, people=len(rows))
    return file_answer(results_workbook(batch, rows), XLSX, f"ket-qua-tiep-nhan-{number}.xlsx")


@form_page
@needs(may_receive)
def several(request: HttpRequest, unit: str, code: str) -> HttpResponse:
    """Up to twenty dossiers of one procedure, typed row by row."""
    counter, viewer = get_unit(unit), request.viewer
    may_receive(viewer, counter).require()
    version = queries.received_here(counter, viewer.day).get(code)
    if version is None:
        raise refuse("dossiers.procedure_not_found")
    form = SeveralForm(request.POST or None)

    def save() -> str:
        who = {"official": viewer.official, "principal": viewer.principal}
        made = actions.receive_several(**by(request), unit=counter, rows=form.rows_of(code), **who)
        return reverse("dossiers:batch", args=[made.pk])

    title = version.procedure.name.in_language(current_language())
    crumbs = [*intake_crumbs(counter), Link(title, reverse("dossiers:receive", args=[unit, code])), Link(_("Several"))]
    return answer_form(
        request, form, save, title, crumbs, template="dossiers/several.html", version=version,
        submit=_("Receive all rows"), said=_("The rows are being received."),
    )  # fmt: skip
