"""Pages on which an administrator hands in a file of units and officials, looks at what it changes and decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc.interface.access import needs
from cchc.interface.answering import file_answer
from cchc.interface.jobs.showing import job_shown
from cchc.interface.paging import page_of
from cchc.interface.shapes import Job, Link
from cchc.organizations import exports
from cchc.organizations.actions.imports import (
    ask_for_import,
    check_import,
    hand_in_import,
    set_aside_import,
)
from cchc.organizations.addresses import unit_crumbs
from cchc.organizations.exporting import handed_out
from cchc.organizations.exporting.handing_out import XLSX
from cchc.organizations.forms import ImportForm
from cchc.organizations.models import RegisterImport
from cchc.organizations.permissions import may_follow_import, may_import
from cchc.organizations.queries import imports
from cchc.organizations.shown_imports import (
    KINDS,
    carried_out,
    changes_table,
    count_links,
    count_of,
    problems_table,
    shown_lines,
)
from cchc.organizations.views.answering import by
from cchc.privacy.disclosing import tell

_MOST_LISTED: Final = 20


@require_http_methods(["GET", "HEAD", "POST"])
@needs(may_import)
def hand_in(request: HttpRequest) -> HttpResponse:
    """The form for a file, the template, and what was handed in before."""
    may_import(request.viewer).require()
    form = ImportForm(request.POST or None, request.FILES or None) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        file, viewer = form.cleaned_data["file"], request.viewer
        who = {"official": viewer.official, "principal": viewer.principal}
        made = hand_in_import(**by(request), file=file.name, content=file.read(), **who)
        return redirect("organizations:import", made.pk)
    crumbs = unit_crumbs([], Link(_("Import from a file")))
    context = {"form": form, "earlier": imports.imports_of(request.viewer)[:_MOST_LISTED], "crumbs": crumbs}
    return render(request, "organizations/imports.html", context, status=422 if form.errors else 200)


@require_safe
@needs(may_import)
def template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in, with the units there are and nobody in them."""
    may_import(request.viewer).require()
    return handed_out(request, exports.template)


@require_POST
@needs(may_import)
def export(request: HttpRequest) -> HttpResponse:
    """The same with all officials of these units: personal data, so it is written down who took it."""
    may_import(request.viewer).require()
    return handed_out(request, exports.register)


@require_safe
@needs(may_follow_import)
def import_page(request: HttpRequest, number: int) -> HttpResponse:
    """What the file changes, what is wrong with it; or how far its check, or its carrying out, is."""
    made = _mine(request, number)
    kind = request.GET.get("loai", "")
    kind = kind if kind in KINDS else ""
    address = reverse("organizations:import", args=[number])
    context = {
        "made": made,
        "job": _job_of(made),
        "links": count_links(made, address, kind),
        "done": carried_out(made) if made.committed_at else [],
        "unchanged": {"units": made.counts.get("unchanged_units"), "officials": made.counts.get("unchanged_officials")},
        "changes": sum(count_of(made, one) for one in KINDS if one not in {"problem", "remark"}),
        "problems": count_of(made, "problem"),
        "crumbs": unit_crumbs([], Link(_("Import from a file"), reverse("organizations:imports")), Link(made.file)),
    }
    page = page_of(request, imports.lines_of(made, kind), imports.after)
    return render(request, "organizations/import.html", context | page | {"lines": list(shown_lines(page["rows"]))})


@require_safe
@needs(may_follow_import)
def problems(request: HttpRequest, number: int) -> HttpResponse:
    """Every error and remark as a workbook."""
    made = _mine(request, number)
    lines = list(imports.lines_of(made).filter(kind__in=["problem", "remark"]))
    tell(request, made, people=len(lines))
    return file_answer(problems_table(lines), XLSX, _("errors.xlsx"))


@require_safe
@needs(may_follow_import)
def changes(request: HttpRequest, number: int) -> HttpResponse:
    """Every change as a workbook."""
    made = _mine(request, number)
    lines = list(imports.lines_of(made).exclude(kind__in=["problem", "remark"]))
    tell(request, made, people=len(lines))
    return file_answer(changes_table(lines), XLSX, _("changes.xlsx"))


@require_POST
@needs(may_follow_import)
def check_again(request: HttpRequest, number: int) -> HttpResponse:
    """Compare the file with the register as it is now."""
    return _decide(request, number, check_import)


@require_POST
@needs(may_follow_import)
def commit(request: HttpRequest, number: int) -> HttpResponse:
    """Carry it out."""
    return _decide(request, number, ask_for_import)


@require_POST
@needs(may_follow_import)
def set_aside(request: HttpRequest, number: int) -> HttpResponse:
    """Do not."""
    _decide(request, number, set_aside_import)
    messages.success(request, _("The file is laid aside; nothing was changed."))
    return redirect("organizations:imports")


def _decide(request: HttpRequest, number: int, decide: Callable[..., RegisterImport]) -> HttpResponse:
    made = _mine(request, number)
    decide(**by(request), number=made.pk)
    return redirect("organizations:import", number)


def _mine(request: HttpRequest, number: int) -> RegisterImport:
    made = imports.get_import(number)
    may_follow_import(request.viewer, made).require()
    return made


def _job_of(made: RegisterImport) -> Job | None:
    """The job that is at work, or that failed; none once what it was to find is there."""
    if made.committed_at is not None or made.set_aside_at is not None:
        return None
    job = made.committing or (made.checking if made.checked_at is None else None)
    return None if job is None else job_shown(job, timezone.now())
