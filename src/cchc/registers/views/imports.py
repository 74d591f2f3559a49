"""Pages on which a file of entries is handed in, looked at and decided about; tables to take along."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.interface.access import needs
from cchc.interface.answering import by, file_answer
from cchc.interface.errors import in_words, place_in_words
from cchc.interface.shapes import Link
from cchc.organizations.exporting import handed_out
from cchc.organizations.exporting.handing_out import XLSX
from cchc.organizations.forms import ImportForm
from cchc.records.errors import DomainError
from cchc.registers.actions.imports import carry_out_entries, hand_in_entries, plan_for, set_entries_aside
from cchc.registers.addresses import register_crumbs
from cchc.registers.exports import REGISTER
from cchc.registers.exports import entries as entries_export
from cchc.registers.importing.planning import EntriesPlan
from cchc.registers.importing.reading import EntryRows, read_entries
from cchc.registers.models import EntriesImport, Register
from cchc.registers.permissions import may_follow_entries_import, may_keep_register, may_see_registers
from cchc.registers.policies import check_possible
from cchc.registers.queries.entries import EntrySearch, find_entries, standing_entries
from cchc.registers.queries.registers import get_entries_import, get_register
from cchc.registers.queries.tasks import tasks_by_entry
from cchc.registers.sheets import entries_csv, template_workbook
from cchc.registers.shown import shown_changes
from cchc.registers.views.answering import FRAME, form_page


@require_safe
@needs(may_see_registers)
def download(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """What the viewer may see of a register, as XLSX or CSV."""
    may_see_registers(request.viewer).require()
    if form == "xlsx":
        return handed_out(request, entries_export, **{REGISTER: number})
    register = get_register(request.viewer, number)
    entries = list(find_entries(request.viewer, register, EntrySearch()))
    content = entries_csv(register, entries, tasks_by_entry(request.viewer, entries))
    return file_answer(content, "text/csv; charset=utf-8", f"so-theo-doi-{number}.csv")


@require_safe
@needs(may_keep_register)
def template(request: HttpRequest, number: int) -> HttpResponse:
    """The workbook to fill in, with the entries that stand."""
    register = get_register(request.viewer, number)
    may_keep_register(request.viewer, register).require()
    return file_answer(template_workbook(register, standing_entries(register)), XLSX, f"mau-nhap-so-{number}.xlsx")


@form_page
@needs(may_keep_register)
def hand_in(request: HttpRequest, number: int) -> HttpResponse:
    """The form for a file, and the template."""
    register = get_register(request.viewer, number)
    may_keep_register(request.viewer, register).require()
    check_possible(register, "write")
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        file, official = form.cleaned_data["file"], request.viewer.official
        assert official is not None  # nobody else keeps a register
        made = hand_in_entries(
            **by(request), register=register, file=file.name, content=file.read(), official=official
        )  # fmt: skip
        return redirect("registers:import", made.pk)
    context = {
        "form": form,
        "frame": FRAME,
        "register": register,
        "template_url": reverse("registers:template", args=[register.pk]),
        "crumbs": _way(register),
    }
    return render(request, "registers/import_form.html", context, status=422 if form.errors else 200)


@require_safe
@needs(may_follow_entries_import)
def import_page(request: HttpRequest, number: int) -> HttpResponse:
    """What the file changes and what is wrong with it, by the register as it is now."""
    made = get_entries_import(number)
    may_follow_entries_import(request.viewer, made).require()
    plan = _plan(made) if made.is_open else EntriesPlan()
    context = {
        "made": made,
        "plan": plan,
        "frame": FRAME,
        "commit": reverse("registers:import-commit", args=[made.pk]),
        "set_aside": reverse("registers:import-set-aside", args=[made.pk]),
        "changes": shown_changes(made.register, plan.changes, request.viewer.day),
        "problems": [in_words(one) | {"place": place_in_words(one.place)} for one in plan.problems],
        "crumbs": [*_way(made.register), Link(made.file)],
    }
    return render(request, "registers/import.html", context)


@require_POST
@needs(may_follow_entries_import)
def commit(request: HttpRequest, number: int) -> HttpResponse:
    """Carry out what was shown."""
    made = get_entries_import(number)
    may_follow_entries_import(request.viewer, made).require()
    rows = _rows(made) if made.is_open else EntryRows()
    plan = carry_out_entries(**by(request), number=made.pk, rows=rows, digest=request.POST.get("digest", ""))
    messages.success(request, _("%(count)d entries written.") % {"count": len(plan.changes)})
    return redirect("registers:import", number)


@require_POST
@needs(may_follow_entries_import)
def set_aside(request: HttpRequest, number: int) -> HttpResponse:
    """Do not carry it out."""
    made = get_entries_import(number)
    may_follow_entries_import(request.viewer, made).require()
    set_entries_aside(**by(request), number=made.pk)
    messages.success(request, _("The file is laid aside; nothing was changed."))
    return redirect("registers:hand-in", made.register_id)


def _rows(made: EntriesImport) -> EntryRows:
    return read_entries(made.register.definition, bytes(made.content), made.file)


def _plan(made: EntriesImport) -> EntriesPlan:
    """A file that cannot be read is a finding too."""
    try:
        return plan_for(_rows(made), made.register, timezone.now())
    except DomainError as error:
        return EntriesPlan(problems=error.problems)


def _way(register: Register) -> list[Link]:
    title = _("Import from a file")
    return [*register_crumbs(register), Link(title, reverse("registers:hand-in", args=[register.pk]))]
