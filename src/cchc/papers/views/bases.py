"""The library of legal bases."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cchc.interface.access import needs
from cchc.interface.errors import current_language
from cchc.interface.paging import page_of
from cchc.interface.shapes import Link
from cchc.organizations.queries.people import main_unit
from cchc.organizations.queries.units import get_unit
from cchc.organizations.viewers import Viewer
from cchc.papers.actions.bases import change_basis, enter_basis
from cchc.papers.forms import BasisChangeForm, BasisForm, initial_of_basis
from cchc.papers.kinds import BASIS_KINDS
from cchc.papers.permissions import may_change_basis, may_keep_bases, may_see_papers
from cchc.papers.queries import bases as queries
from cchc.papers.views.answering import answer_form, by, crumbs

_form_page = require_http_methods(["GET", "HEAD", "POST"])
_IN_FORCE = {"con": True, "het": False}


@require_safe
@needs(may_see_papers)
def bases(request: HttpRequest) -> HttpResponse:
    """What there is, in the order of force."""
    may_see_papers(request.viewer).require()
    text = " ".join(request.GET.get("tim", "")[:200].replace("\0", "").split())
    in_force = request.GET.get("hieu-luc", "")
    asked = queries.BasisSearch(text, request.GET.get("loai", "")[:20], _IN_FORCE.get(in_force))
    language = current_language()
    context = {
        "asked": asked,
        "in_force": in_force,
        "day": request.viewer.day,
        "kinds": [(id_, name.in_language(language)) for id_, name in BASIS_KINDS.items()],
        "is_search": asked != queries.BasisSearch(),
        "keeping_for": _keeping_for(request.viewer),
        "crumbs": _way(),
    }
    found = queries.search_bases(asked, request.viewer.day)
    return render(request, "papers/bases.html", context | page_of(request, found, queries.after))


@require_safe
@needs(may_see_papers)
def basis_page(request: HttpRequest, number: int) -> HttpResponse:
    """One basis: its days, its source, what replaces it, the words in which it is cited."""
    may_see_papers(request.viewer).require()
    basis = queries.get_basis(number)
    context = {
        "basis": basis,
        "kept_by": queries.keeper_name(basis, request.viewer.day),
        "doubts": queries.doubts(basis, request.viewer.day),
        "may_change": may_change_basis(request.viewer, basis),
        "crumbs": _way(Link(basis.name)),
    }
    return render(request, "papers/basis.html", context)


@_form_page
@needs(may_keep_bases)
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """A basis that is not in the unit's library yet."""
    unit = get_unit(code)
    may_keep_bases(request.viewer, unit).require()
    form = BasisForm(request.POST or None)

    def act() -> str:
        return reverse("papers:basis", args=[enter_basis(**by(request), unit=unit, facts=form.facts).pk])

    return answer_form(request, form, act, _("New legal basis"), _way(Link(_("New"))))


@_form_page
@needs(may_change_basis)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Correct a basis, end it, name what replaces it."""
    basis = queries.get_basis(number)
    may_change_basis(request.viewer, basis).require()
    others = queries.bases_for(basis.unit, request.viewer.day).exclude(pk=number)
    form = BasisChangeForm(others, request.POST or None, initial=initial_of_basis(basis))

    def act() -> str:
        given = form.cleaned_data
        change_basis(
            **by(request), basis=basis, facts=form.facts, replaced_by=given["replaced_by"],
            expected_version=given["version"],
        )  # fmt: skip
        return reverse("papers:basis", args=[number])

    way = _way(Link(basis.name, reverse("papers:basis", args=[number])), Link(_("Edit")))
    return answer_form(
        request, form, act, _("Change %(name)s") % {"name": basis.name}, way,
        now_seen=lambda: {"version": queries.get_basis(number).version},
    )  # fmt: skip


def _keeping_for(viewer: Viewer) -> str:
    """The code of the viewer's own unit, if the viewer keeps its library."""
    unit = None if viewer.official is None else main_unit(viewer.acting, viewer.day)
    return unit.code if unit is not None and may_keep_bases(viewer, unit) else ""


def _way(*more: Link) -> list[Link]:
    return crumbs(Link(_("Legal bases"), reverse("papers:bases")), *more)
