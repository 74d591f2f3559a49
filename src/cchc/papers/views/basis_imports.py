"""Pages on which a file of legal bases is handed in, looked at and decided about."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc.interface.access import needs
from cchc.interface.errors import in_words, place_in_words
from cchc.interface.shapes import Link
from cchc.organizations.forms import ImportForm
from cchc.organizations.queries.units import get_unit
from cchc.papers.actions.basis_imports import carry_out_bases, hand_in_bases, plan_for, set_bases_aside
from cchc.papers.importing.planning import BasisPlan
from cchc.papers.importing.reading import BasisRows, read_bases
from cchc.papers.importing.template import template_workbook
from cchc.papers.models import BasesImport
from cchc.papers.permissions import may_follow_bases_import, may_keep_bases
from cchc.papers.queries.bases import get_bases_import, kept_by
from cchc.papers.shown_imports import shown_changes
from cchc.papers.views.answering import by, crumbs
from cchc.records.errors import DomainError

_FRAME: Final = "papers/base.html"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(may_keep_bases)
def hand_in(request: HttpRequest, code: str) -> HttpResponse:
    """The form for a file, and the template."""
    unit = get_unit(code)
    may_keep_bases(request.viewer, unit).require()
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        official = request.viewer.official
        assert official is not None  # nobody else keeps a library
        made = hand_in_bases(**by(request), unit=unit, file=file.name, content=file.read(), official=official)
        return redirect("papers:bases-import", made.pk)
    context = {
        "form": form,
        "frame": _FRAME,
        "template_url": reverse("papers:bases-template", args=[unit.code]),
        "crumbs": _way(Link(_("Import from a file"))),
    }
    return render(request, "papers/bases_import_form.html", context, status=422 if form.errors else 200)


@require_safe
@needs(may_keep_bases)
def template(request: HttpRequest, code: str) -> HttpResponse:
    """The workbook to fill in, with the library of the unit."""
    unit = get_unit(code)
    may_keep_bases(request.viewer, unit).require()
    headers = {"Content-Disposition": 'attachment; filename="can-cu.xlsx"', "Cache-Control": "private, no-store"}
    return HttpResponse(template_workbook(kept_by(unit)), content_type=_XLSX, headers=headers)


@require_safe
@needs(may_follow_bases_import)
def import_page(request: HttpRequest, number: int) -> HttpResponse:
    """What the file changes and what is wrong with it, by the library as it is now."""
    made = _mine(request, number)
    plan = _plan(made) if made.is_open else BasisPlan()
    context = {
        "made": made,
        "plan": plan,
        "frame": _FRAME,
        "commit": reverse("papers:bases-commit", args=[made.pk]),
        "set_aside": reverse("papers:bases-set-aside", args=[made.pk]),
        "changes": list(shown_changes(plan.changes)),
        "problems": [in_words(one) | {"place": place_in_words(one.place)} for one in plan.problems],
        "crumbs": _way(
            Link(_("Import from a file"), reverse("papers:bases-hand-in", args=[made.unit.code])), Link(made.file)
        ),
    }
    return render(request, "papers/bases_import.html", context)


@require_POST
@needs(may_follow_bases_import)
def commit(request: HttpRequest, number: int) -> HttpResponse:
    """Carry out what was shown."""
    made = _mine(request, number)
    digest = request.POST.get("digest", "")
    rows = _rows(made) if made.is_open else BasisRows()
    plan = carry_out_bases(**by(request), number=made.pk, rows=rows, digest=digest)
    messages.success(request, _("%(count)d bases entered or changed.") % {"count": len(plan.changes)})
    return redirect("papers:bases-import", number)


@require_POST
@needs(may_follow_bases_import)
def set_aside(request: HttpRequest, number: int) -> HttpResponse:
    """Do not carry it out."""
    made = _mine(request, number)
    set_bases_aside(**by(request), number=made.pk)
    messages.success(request, _("The file is laid aside; nothing was changed."))
    return redirect("papers:bases-hand-in", made.unit.code)


def _mine(request: HttpRequest, number: int) -> BasesImport:
    made = get_bases_import(number)
    may_follow_bases_import(request.viewer, made).require()
    return made


def _rows(made: BasesImport) -> BasisRows:
    return read_bases(bytes(made.content), made.file)


def _plan(made: BasesImport) -> BasisPlan:
    """A file that cannot be read is a finding too."""
    try:
        return plan_for(_rows(made), made.unit, timezone.now())
    except DomainError as error:
        return BasisPlan(problems=error.problems)


def _way(*more: Link) -> list[Link]:
    return crumbs(Link(_("Legal bases"), reverse("papers:bases")), *more)
