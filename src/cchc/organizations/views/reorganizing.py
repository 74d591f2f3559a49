"""Merging, splitting and ending units, in three steps: the decision, what becomes of people and parts, and yes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.interface.access import needs
from cchc.interface.answering import LOOK_UP
from cchc.interface.drafts import draft_is_over
from cchc.interface.errors import in_words, status_of
from cchc.organizations.actions.reorganizing import carry_out, check_kinds
from cchc.organizations.addresses import unit_crumbs
from cchc.organizations.forms import DecisionForm, EndForm, FatesForm, MergerForm, SplitForm
from cchc.organizations.models import Unit
from cchc.organizations.permissions import may_change_unit, may_found_unit
from cchc.organizations.queries import units
from cchc.organizations.queries.leaving import overview
from cchc.organizations.reorganizing import Arrangement
from cchc.organizations.shown_arrangements import effect_of, fate_lines, shown_arrangement, title_of
from cchc.organizations.viewers import Viewer
from cchc.organizations.views.answering import by, life_of
from cchc.records.errors import DomainError, refuse
from cchc.records.sources import Source

FRAME: Final = "organizations/base.html"
_STEP: Final = "buoc"
_CHOSEN, _CONFIRMED = "chon", "xac-nhan"
_OWN_FIELDS: Final = ("csrfmiddlewaretoken", "reason", _STEP, LOOK_UP)
_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
@needs(may_change_unit)
def merge(request: HttpRequest, code: str) -> HttpResponse:
    """Other units go into this one."""
    life = life_of(request, code)
    unit, last = life.unit, life.history[0]
    may_change_unit(request.viewer, unit).require()
    form = MergerForm(request.POST or None, kind=last.kind)

    def arrangement() -> Arrangement:
        given = form.cleaned_data
        _require_all(request.viewer, given["predecessors"])
        if unit in given["predecessors"]:
            raise refuse("organizations.no_successor")
        return Arrangement(
            "merger", given["predecessors"], [unit], given["starts_on"], _source(form), new_name=given["new_name"]
        )

    return _answer(request, life, form, arrangement, _("Merge into %(name)s") % {"name": last.name_vi})


@_form_page
@needs(may_change_unit)
def split(request: HttpRequest, code: str) -> HttpResponse:
    """The unit turns into several, there already or founded for it; it may go on itself."""
    life = life_of(request, code)
    unit, last = life.unit, life.history[0]
    may_change_unit(request.viewer, unit).require()
    form = SplitForm(request.POST or None, kind=last.kind)

    def arrangement() -> Arrangement:
        given, founded = form.cleaned_data, form.new_units()
        into = [one for one in given["into"] if one != unit]
        _require_all(request.viewer, into)
        if founded:
            may_found_unit(request.viewer, last.parent).require()
        if not into and not founded:
            raise refuse("organizations.nothing_to_split_into")
        into += [unit] if given["goes_on"] else []
        return Arrangement("split", [unit], into, given["starts_on"], _source(form), founded)

    return _answer(request, life, form, arrangement, _("Split %(name)s") % {"name": last.name_vi})


@_form_page
@needs(may_change_unit)
def end(request: HttpRequest, code: str) -> HttpResponse:
    """The unit is no more, and nobody carries it on; its parts may stand under what it stood under."""
    life = life_of(request, code)
    unit, last = life.unit, life.history[0]
    may_change_unit(request.viewer, unit).require()
    form = EndForm(request.POST or None)

    def arrangement() -> Arrangement:
        above = last.parent if may_found_unit(request.viewer, last.parent) else None
        return Arrangement("dissolution", [unit], [], form.cleaned_data["starts_on"], _source(form), above=above)

    return _answer(request, life, form, arrangement, _("End %(name)s") % {"name": last.name_vi})


def _answer(
    request: HttpRequest, life: units.Life, form: DecisionForm, arrangement: Callable[[], Arrangement], title: str
) -> HttpResponse:
    """The decision until it holds; then the lines; then the question; then the unit's page."""
    form.pick_as(request.viewer)
    page = {"title": title, "crumbs": unit_crumbs(life.way), "frame": FRAME}
    status = 200
    if request.method == "POST" and (asked := request.POST.get(LOOK_UP)):
        form.look_up(asked)
    elif request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _settle(request, life.unit, arrangement(), page)
            except DomainError as error:
                form.add_refusal(error)
                status = status_of(error)
    return render(request, "interface/form.html", page | {"form": form, "submit": _("Continue")}, status=status)


def _settle(request: HttpRequest, unit: Unit, arrangement: Arrangement, page: dict[str, Any]) -> HttpResponse:
    """Raises what only another decision can mend."""
    known = overview(arrangement)
    check_kinds(arrangement, known.placements)
    step, shown = request.POST.get(_STEP, ""), shown_arrangement(arrangement, known.placements)
    form = FatesForm(request.POST if step else None, lines=fate_lines(request.viewer, shown, known.left))
    reason, error, status = request.POST.get("reason", ""), "", 200
    is_chosen = form.is_valid() if step else not form.lines
    fates = form.fates() if step and is_chosen else {}
    if step == _CONFIRMED and is_chosen and reason.strip():
        carry_out(**by(request), arrangement=arrangement, fates=fates, reason=reason)
        messages.success(request, _("Saved."))
        return draft_is_over(request, redirect(reverse("organizations:unit", args=[unit.code])))
    if step and not is_chosen:
        status = 422
    elif step == _CONFIRMED:
        status, error = 422, _reasonless()
    context = {
        "form": form,
        "shown": shown,
        "typed": [(key, value) for key, values in request.POST.lists() for value in values if _is_typed(key, form)],
        "chosen": {key: fate.key for key, fate in fates.items()},
        "asks": is_chosen,
        "question": title_of(shown),
        "effect": effect_of(shown, fates),
        "reason": reason or arrangement.source.document,
        "error": error,
    }
    return render(request, "organizations/reorganize.html", page | context, status=status)


def _require_all(viewer: Viewer, others: Sequence[Unit]) -> None:
    """May the viewer change each of them? What stands above those that are there was read when they were picked."""
    for other in others:
        may_change_unit(viewer, other).require()


def _is_typed(key: str, form: FatesForm) -> bool:
    return key not in _OWN_FIELDS and key not in form.fields


def _reasonless() -> str:
    return in_words(refuse("organizations.no_reason").problems[0])["sentence"]


def _source(form: DecisionForm) -> Source:
    source = form.source()
    assert source is not None  # the form asks for it
    return source
