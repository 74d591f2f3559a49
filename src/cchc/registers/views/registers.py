"""Pages of registers: the list, one with its entries and how their tasks stand, opening, changing and closing it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.followups.queries.tasks import after as later_due
from cchc.followups.shown import shown_tasks
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.forms import VersionedReasonForm
from cchc.interface.paging import page_of
from cchc.interface.shapes import Link
from cchc.organizations.narrowing import narrowed_to
from cchc.organizations.queries.units import get_unit, named
from cchc.papers.starting import ways_to_draft
from cchc.registers import shown
from cchc.registers.actions import registers as actions
from cchc.registers.addresses import asked_entries, asked_group, asked_registers, register_crumbs, to_register
from cchc.registers.forms import CloseForm, OpenRegisterForm, RegisterForm, initial_of_register
from cchc.registers.kinds import known_ids
from cchc.registers.models import Register
from cchc.registers.permissions import may_keep_register, may_open_register, may_see_registers
from cchc.registers.policies import check_possible, may_become
from cchc.registers.queries import entries as entry_queries
from cchc.registers.queries import registers as queries
from cchc.registers.queries import tasks as task_queries
from cchc.registers.states import REGISTER
from cchc.registers.views.answering import answer_form, form_page
from cchc.registers.vocabularies import OF_REGISTER


@require_safe
@needs(may_see_registers)
def registers(request: HttpRequest) -> HttpResponse:
    """The newest first, of a kind or in a state if asked."""
    may_see_registers(request.viewer).require()
    asked = asked_registers(request)
    page = page_of(request, queries.find_registers(request.viewer, asked), queries.newer_first)
    context = {
        "asked": asked,
        "rows_shown": [(one, shown.shown_kind(one.kind), shown.shown_state(one)) for one in page["rows"]],
        "kinds": [(id_, shown.shown_kind(id_)) for id_ in known_ids()],
        "states": [(state.id, shown.state_name(state.id)) for state in REGISTER.states],
        "is_search": asked != queries.RegisterSearch(),
        "keepers": named(queries.keeping_units(request.viewer), request.viewer.day),
        "crumbs": register_crumbs(),
    }
    return render(request, "registers/registers.html", context | page)


@require_safe
@needs(may_see_registers)
def register_page(request: HttpRequest, number: int) -> HttpResponse:
    """One register: its entries as far as the viewer may see them, and how the tasks stand that they gave."""
    may_see_registers(request.viewer).require()
    viewer, now = request.viewer, timezone.now()
    register, narrowing = queries.get_register(viewer, number), narrowed_to(request)
    asked = asked_entries(request, narrowing.unit)
    page = page_of(request, entry_queries.find_entries(viewer, register, asked), entry_queries.after)
    units = entry_queries.names_of_units(page["rows"], register, viewer.day)
    tasks = task_queries.tasks_by_entry(viewer, page["rows"])
    of_entries, of_tasks = queries.count_all(viewer, register, now)
    keeps = may_keep_register(viewer, register)
    context = {
        "now": now,
        "register": register,
        "asked": asked,
        "narrowing": narrowing,
        "kind": shown.shown_kind(register.kind),
        "about": shown.about_kind(register),
        "state": shown.shown_state(register),
        "headings": shown.headings(register),
        "entries": shown.shown_entries(register, page["rows"], units, tasks, now),
        "tabs": shown.entry_tabs(register, of_entries, asked.which),
        "counted": shown.counted(register, of_tasks),
        "may_write": keeps and may_become(register, "write"),
        "may_reopen": keeps and may_become(register, "reopen"),
        "drafting": ways_to_draft(
            viewer, [(register.keeper, register.keeper_name or "")], OF_REGISTER, str(register.pk)
        ),
        "crumbs": register_crumbs(register),
    }
    return render(request, "registers/register.html", context | page)


@require_safe
@needs(may_see_registers)
def tasks(request: HttpRequest, number: int) -> HttpResponse:
    """The tasks that entries of a register gave: all, or those behind one of its numbers."""
    may_see_registers(request.viewer).require()
    viewer, now, group = request.viewer, timezone.now(), asked_group(request)
    register = queries.get_register(viewer, number)
    found = task_queries.tasks_of_register(viewer, register).filter(task_queries.in_group(group, now))
    page = page_of(request, found, later_due)
    context = {
        "now": now,
        "register": register,
        "group": group,
        "shown": shown_tasks(page["rows"], now),
        "counted": shown.counted(register, task_queries.count_tasks(viewer, register, now), group),
        "crumbs": [*register_crumbs(register), Link(_("Tasks"))],
    }
    return render(request, "registers/tasks.html", context | page)


@form_page
@needs(may_open_register)
def open_register(request: HttpRequest, code: str) -> HttpResponse:
    """A register that the unit keeps."""
    unit, day = get_unit(code), request.viewer.day
    may_open_register(request.viewer, unit).require()
    form = OpenRegisterForm(request.POST or None, initial={"starts_on": day}, kinds=shown.kind_choices(day))

    def save() -> str:
        kind = form.cleaned_data["kind"]
        return to_register(actions.open_register(**by(request), kind=kind, keeper=unit, facts=form.facts))

    title = _("New register or plan")
    return answer_form(request, form, save, title, [*register_crumbs(), Link(title)])


@form_page
@needs(may_keep_register)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Another title, period, document or basis."""
    register = queries.get_register(request.viewer, number)
    may_keep_register(request.viewer, register).require()
    _look(request, register, "change")
    form = RegisterForm(request.POST or None, initial=initial_of_register(register))

    def save() -> str:
        version = form.cleaned_data["version"] or 0
        actions.change_register(**by(request), register=register, facts=form.facts, expected_version=version)
        return to_register(register)

    return _answered(request, form, save, _("Change the register"), register)


@form_page
@needs(may_keep_register)
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Nothing more is written into it."""
    register = queries.get_register(request.viewer, number)
    may_keep_register(request.viewer, register).require()
    title = _("Close the register")
    return _decided(request, register, "close", CloseForm, "text", actions.close_register, title)


@form_page
@needs(may_keep_register)
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """It is written on, with a reason."""
    register = queries.get_register(request.viewer, number)
    may_keep_register(request.viewer, register).require()
    title = _("Open the register again")
    return _decided(request, register, "reopen", VersionedReasonForm, "reason", actions.reopen_register, title)


def _decided(
    request: HttpRequest, register: Register, step: str, made: type[CloseForm | VersionedReasonForm], said: str,
    act: Callable[..., Register], title: str,
) -> HttpResponse:  # fmt: skip
    """One step of the table with what is said about it, in the field of that name."""
    _look(request, register, step)
    form = made(request.POST or None, initial={"version": register.version})

    def save() -> str:
        given = form.cleaned_data
        act(**by(request), register=register, expected_version=given["version"], text=given[said])
        return to_register(register)

    return _answered(request, form, save, title, register)


def _look(request: HttpRequest, register: Register, step: str) -> None:
    """Who only looks is told at once that the step is not possible; who saves is told by the action."""
    if request.method != "POST":
        check_possible(register, step)


def _answered(
    request: HttpRequest, form: RegisterForm | CloseForm | VersionedReasonForm, save: Callable[[], str], title: str,
    register: Register,
) -> HttpResponse:  # fmt: skip
    return answer_form(
        request, form, save, title, [*register_crumbs(register), Link(title)], submit=title,
        now_seen=lambda: {"version": queries.get_register(request.viewer, register.pk).version},
    )  # fmt: skip
