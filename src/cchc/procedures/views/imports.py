"""Pages on which a file of procedures is handed in, looked at and decided about; tables to take along."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.interface.access import needs
from cchc.interface.answering import by, file_answer
from cchc.interface.errors import in_words, place_in_words
from cchc.interface.shapes import Link
from cchc.organizations.exporting import handed_out
from cchc.organizations.exporting.handing_out import XLSX
from cchc.organizations.queries.units import get_unit
from cchc.procedures import shown
from cchc.procedures.actions.imports import (
    ask_for_catalogue,
    carry_out_catalogue,
    hand_in_catalogue,
    set_catalogue_aside,
)
from cchc.procedures.addresses import asked_procedures, crumbs
from cchc.procedures.exports import catalogue as catalogue_export
from cchc.procedures.forms import CatalogueFileForm
from cchc.procedures.importing.planning import CataloguePlan, plan_file
from cchc.procedures.models import CatalogueImport
from cchc.procedures.permissions import may_follow_catalogue_import, may_keep_procedures, may_see_procedures
from cchc.procedures.queries.catalogue import find_procedures
from cchc.procedures.queries.imports import get_catalogue_import
from cchc.procedures.queries.versions import kept_versions, versions_to_take
from cchc.procedures.sheets import catalogue_csv, template_workbook
from cchc.procedures.views.answering import FRAME, form_page
from cchc.records.errors import DomainError

MOST_AT_ONCE = 100
"""Versions that are written while the reader waits; 2,000 take half a minute."""


@require_safe
@needs(may_see_procedures)
def download(request: HttpRequest, form: str) -> HttpResponse:
    """The catalogue as it is narrowed: what holds of each procedure, as XLSX or CSV."""
    may_see_procedures(request.viewer).require()
    if form == "xlsx":
        return handed_out(request, catalogue_export)
    found = find_procedures(request.viewer, asked_procedures(request))
    return file_answer(catalogue_csv(list(versions_to_take(found))), "text/csv; charset=utf-8", "danh-muc-thu-tuc.csv")


@require_safe
@needs(may_keep_procedures)
def template(request: HttpRequest, code: str) -> HttpResponse:
    """The workbook to fill in, with the versions of the catalogue that hold or will."""
    unit = get_unit(code)
    may_keep_procedures(request.viewer, unit).require()
    return file_answer(template_workbook(list(kept_versions(unit, request.viewer.day))), XLSX, "mau-nhap-thu-tuc.xlsx")


@form_page
@needs(may_keep_procedures)
def hand_in(request: HttpRequest, code: str) -> HttpResponse:
    """The form for a file, and the template."""
    unit = get_unit(code)
    may_keep_procedures(request.viewer, unit).require()
    form = CatalogueFileForm(request.POST, request.FILES) if request.method == "POST" else CatalogueFileForm()
    if request.method == "POST" and form.is_valid():
        file, official = form.cleaned_data["file"], request.viewer.official
        assert official is not None  # nobody else keeps a catalogue
        made = hand_in_catalogue(
            **by(request), keeper=unit, file=file.name, content=file.read(), official=official
        )  # fmt: skip
        return redirect("procedures:import", made.pk)
    context = {
        "form": form,
        "frame": FRAME,
        "template_url": reverse("procedures:template", args=[unit.code]),
        "crumbs": crumbs(None, Link(_("Import from a file"))),
    }
    return render(request, "procedures/import_form.html", context, status=422 if form.errors else 200)


@require_safe
@needs(may_follow_catalogue_import)
def import_page(request: HttpRequest, number: int) -> HttpResponse:
    """What the file changes and what is wrong with it, by the catalogue as it is now."""
    made = get_catalogue_import(number)
    may_follow_catalogue_import(request.viewer, made).require()
    plan = _plan(made) if made.is_open else CataloguePlan()
    context = {
        "made": made,
        "plan": plan,
        "frame": FRAME,
        "commit": reverse("procedures:import-commit", args=[made.pk]),
        "set_aside": reverse("procedures:import-set-aside", args=[made.pk]),
        "is_large": len(plan.changes) > MOST_AT_ONCE,
        "changes": shown.shown_changes(plan.changes),
        "problems": [in_words(one) | {"place": place_in_words(one.place)} for one in plan.problems],
        "crumbs": crumbs(None, Link(made.file)),
    }
    return render(request, "procedures/import.html", context)


@require_POST
@needs(may_follow_catalogue_import)
def commit(request: HttpRequest, number: int) -> HttpResponse:
    """Carry out what was shown; many versions by a job that tells how far it is and can be cancelled."""
    made = get_catalogue_import(number)
    may_follow_catalogue_import(request.viewer, made).require()
    if "large" in request.POST:
        job = ask_for_catalogue(**by(request), number=made.pk, digest=request.POST.get("digest", ""))
        return redirect("interface:job", job.pk)
    plan = carry_out_catalogue(**by(request), number=made.pk, digest=request.POST.get("digest", ""))
    messages.success(request, _("%(count)d versions written.") % {"count": len(plan.changes)})
    return redirect("procedures:import", number)


@require_POST
@needs(may_follow_catalogue_import)
def set_aside(request: HttpRequest, number: int) -> HttpResponse:
    """Do not carry it out."""
    made = get_catalogue_import(number)
    may_follow_catalogue_import(request.viewer, made).require()
    set_catalogue_aside(**by(request), number=made.pk)
    messages.success(request, _("The file is laid aside; nothing was changed."))
    return redirect("procedures:hand-in", made.keeper.code)


def _plan(made: CatalogueImport) -> CataloguePlan:
    """A file that cannot be read is a finding too."""
    try:
        return plan_file(bytes(made.content), made.file, made.keeper)
    except DomainError as error:
        return CataloguePlan(problems=error.problems)
