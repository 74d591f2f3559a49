"""Pages of entries: one with its tasks, entering, correcting, striking out, giving a task."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.audit.recording import subject_of
from cchc.files.attached import attached_to
from cchc.followups.actions.giving import Order
from cchc.followups.forms import offer_leaders, offer_reached
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.forms import VersionedReasonForm
from cchc.interface.shapes import Link
from cchc.papers.queries.bases import require_citable
from cchc.registers import shown
from cchc.registers.actions import entries as actions
from cchc.registers.addresses import entry_crumbs, register_crumbs, to_entry, to_register
from cchc.registers.forms import EntryForm, EntryOrderForm, initial_of_entry
from cchc.registers.models import RegisterEntry
from cchc.registers.permissions import may_keep_register, may_see_registers
from cchc.registers.policies import check_possible, check_stands, may_be_written
from cchc.registers.queries.entries import get_entry, names_of_units
from cchc.registers.queries.registers import get_register
from cchc.registers.queries.tasks import tasks_by_entry
from cchc.registers.views.answering import answer_form, form_page


@require_safe
@needs(may_see_registers)
def entry_page(request: HttpRequest, number: int) -> HttpResponse:
    """What it says, who wrote it when, and the tasks that it gave."""
    may_see_registers(request.viewer).require()
    viewer, now = request.viewer, timezone.now()
    entry = get_entry(viewer, number)
    register, units = entry.register, names_of_units([entry], entry.register, viewer.day)
    given = tasks_by_entry(viewer, [entry])
    may_write = may_keep_register(viewer, register) and may_be_written(entry)
    context = {
        "now": now,
        "entry": entry,
        "register": register,
        "kind": shown.shown_kind(register.kind),
        "headings": shown.headings(register),
        "one": shown.shown_entries(register, [entry], units, given, now)[0],
        "may_write": may_write,
        "attached": attached_to(viewer, subject_of(entry), may_change=may_write),
        "crumbs": entry_crumbs(entry),
    }
    return render(request, "registers/entry.html", context)


@form_page
@needs(may_keep_register)
def enter(request: HttpRequest, number: int) -> HttpResponse:
    """A new row."""
    register = get_register(request.viewer, number)
    may_keep_register(request.viewer, register).require()
    if request.method != "POST":
        check_possible(register, "write")
    form = EntryForm(register.definition, request.POST or None)

    def save() -> str:
        actions.enter_entry(**by(request), register=register, facts=form.facts)
        return to_register(register)

    title = _("New entry")
    return answer_form(request, form, save, title, [*register_crumbs(register), Link(title)])


@form_page
@needs(may_keep_register)
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Other values; what stood there stays in the history."""
    entry = get_entry(request.viewer, number)
    may_keep_register(request.viewer, entry.register).require()
    _look(request, entry)
    form = EntryForm(entry.register.definition, request.POST or None, initial=initial_of_entry(entry))

    def save() -> str:
        version = form.cleaned_data["version"] or 0
        actions.correct_entry(**by(request), entry=entry, facts=form.facts, expected_version=version)
        return to_entry(entry)

    title = _("Correct the entry")
    crumbs = [*entry_crumbs(entry), Link(title)]
    return answer_form(request, form, save, title, crumbs, now_seen=lambda: _newest(request, number))


@form_page
@needs(may_keep_register)
def strike(request: HttpRequest, number: int) -> HttpResponse:
    """It counts no longer; it can still be read, with the reason."""
    entry = get_entry(request.viewer, number)
    may_keep_register(request.viewer, entry.register).require()
    _look(request, entry)
    form = VersionedReasonForm(request.POST or None, initial={"version": entry.version})

    def save() -> str:
        given = form.cleaned_data
        actions.strike_entry(**by(request), entry=entry, expected_version=given["version"], reason=given["reason"])
        return to_entry(entry)

    title = _("Strike the entry out")
    crumbs = [*entry_crumbs(entry), Link(title)]
    return answer_form(request, form, save, title, crumbs, submit=title, now_seen=lambda: _newest(request, number))


@form_page
@needs(may_keep_register)
def give(request: HttpRequest, number: int) -> HttpResponse:
    """A task by the entry, for the unit that it concerns or others."""
    entry, day = get_entry(request.viewer, number), request.viewer.day
    register = entry.register
    may_keep_register(request.viewer, register).require()
    _look(request, entry)
    form = EntryOrderForm(request.POST or None, initial=shown.first_order(entry))
    offer_reached(form, register.keeper)
    if entry.unit is not None:
        offer_leaders(form, entry.unit)

    def save() -> str:
        given = form.cleaned_data
        require_citable(given["bases"], register.keeper, day)
        order = Order(
            given["what"], form.deadline(day), given["watcher"], given["legal_basis"], given["bases"],
            given["accepts_expired"],
        )  # fmt: skip
        actions.give_by_entry(**by(request), entry=entry, order=order, owners=given["owners"], leader=given["leader"])
        return to_entry(entry)

    title = _("Give a task")
    return answer_form(request, form, save, title, [*entry_crumbs(entry), Link(title)], submit=title)


def _look(request: HttpRequest, entry: RegisterEntry) -> None:
    """Who only looks is told at once that it is not possible; who saves is told by the action."""
    if request.method != "POST":
        check_stands(entry)


def _newest(request: HttpRequest, number: int) -> dict[str, int]:
    return {"version": get_entry(request.viewer, number).version}
