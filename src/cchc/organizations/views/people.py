"""Pages of officials: who works where, moving them, giving them roles and an account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cchc.interface.access import needs
from cchc.interface.hosting.panels import panels_on
from cchc.interface.paging import page_of
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all, made_of
from cchc.organizations.actions.people import change_official, engage_official, transfer_official
from cchc.organizations.actions.rights import grant_role, withdraw_role
from cchc.organizations.addresses import asked_day, unit_crumbs
from cchc.organizations.confirmations import of_role
from cchc.organizations.forms import GrantForm, OfficialChangeForm, OfficialForm
from cchc.organizations.models import Official, Posting, RoleGrant, Unit
from cchc.organizations.permissions import (
    may_delegate,
    may_end_posting,
    may_import,
    may_manage_people,
    may_manage_rights,
    may_see_contact,
    may_see_units,
)
from cchc.organizations.posting_forms import TransferForm
from cchc.organizations.queries import people, units
from cchc.organizations.queries.person import parts_of
from cchc.organizations.roles import role_of
from cchc.organizations.shown import RemainingRole
from cchc.organizations.shown_postings import shown_postings
from cchc.organizations.shown_roles import held_roles, keys_of, remaining_roles, require_to_end, ticked
from cchc.organizations.viewers import Viewer
from cchc.organizations.views.accounts import shown_account
from cchc.organizations.views.answering import answer_confirmation, answer_form, by, unit_of
from cchc.privacy.disclosing import tell
from cchc.records.errors import refuse

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(may_see_units)
def officials(request: HttpRequest) -> HttpResponse:
    """Everybody in office, by given name."""
    may_see_units(request.viewer).require()
    text = request.GET.get("tim", "")[:200].replace("\0", "")
    administers = may_import(request.viewer)
    missing = request.GET.get("thieu", "")[:20] if administers else ""
    found = people.lacking(people.search_officials(text, asked_day(request)), missing, request.viewer.day)
    page = page_of(request, found, people.after)
    context = {"text": text, "missing": missing, "may_import": administers, "crumbs": [Link(_("Officials"))]} | page
    tell(request, people=len(context["rows"]))
    return render(request, "organizations/officials.html", context)


@require_safe
@needs(may_see_units)
def official_page(request: HttpRequest, code: str) -> HttpResponse:
    """One official: posts, roles, deputies."""
    may_see_units(request.viewer).require()
    official, day = people.get_official(code), request.viewer.day
    facts = request.viewer.facts_of(official)
    unit, home = facts.works_in, facts.home
    beside = panels_on("organizations.official", request.viewer, official)
    panels, parts = answer_all(beside, parts_of(official, unit, day))
    works_in = [one.unit for one in parts.postings if one.holds_on(day)]
    roles = held_roles(request.viewer, official)
    tell(request, official)
    context = {
        "official": official,
        "day": day,
        "panels": panels,
        **_posts(request.viewer, official, parts.postings, home),
        "roles": roles,
        "may_end_roles": any(one.may_end for one in roles),
        "deputies": parts.deputies,
        **shown_account(request, official, home, parts.account),
        "may_see_contact": any(may_see_contact(request.viewer, official, one) for one in works_in or [None]),
        "may_manage": may_manage_people(request.viewer, home) if home else None,
        "may_delegate": may_delegate(request.viewer, official, unit),
        "crumbs": [*unit_crumbs(parts.way), Link(official.name)],
    }
    return render(request, "organizations/official.html", context)


def _posts(viewer: Viewer, official: Official, postings: Sequence[Posting], home: Unit | None) -> dict[str, object]:
    """The posts, and what the reader may do about them."""
    shown = shown_postings(viewer, official, postings, home)
    is_posted = any(one.ends_on is None or one.ends_on >= viewer.day for one in postings)
    return {
        "postings": shown,
        "may_act": any(one.may_act for one in shown),
        "is_posted": is_posted,
        "may_leave": may_end_posting(viewer, official, home) if home and is_posted else None,
    }


@_form_page
@needs(may_manage_people)
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """A new official of a unit."""
    unit = units.get_unit(code)
    may_manage_people(request.viewer, unit).require()
    form = OfficialForm(request.POST or None)

    def act() -> str:
        return _to(engage_official(**by(request), unit=unit, **form.cleaned_data))

    return answer_form(request, form, act, _("New official"), _way(request, unit))


@_form_page
@needs(may_manage_people)
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Another name or contact."""
    official = people.get_official(code)
    unit = unit_of(official, request)
    may_manage_people(request.viewer, unit).require()
    tell(request, official)
    seen = {name: getattr(official, name) for name in ("name", "email", "phone", "version")}
    form = OfficialChangeForm(request.POST or None, initial=seen)

    def act() -> str:
        given = dict(form.cleaned_data)
        change_official(**by(request), official=official, expected_version=given.pop("version"), **given)
        return _to(official)

    title = _("Change %(name)s") % {"name": official.name}
    return answer_form(
        request, form, act, title, _way(request, unit), now_seen=lambda: {"version": people.get_official(code).version}
    )


@_form_page
@needs(may_manage_people)
def transfer(request: HttpRequest, code: str) -> HttpResponse:
    """The official works elsewhere, or in another post, from a day on."""
    official = people.get_official(code)
    unit = unit_of(official, request)
    may_manage_people(request.viewer, unit).require()
    remaining, way = answer_all(
        remaining_roles(request.viewer, official, unit), made_of(units.way_to(unit, request.viewer.day), list)
    )
    latest = request.viewer.facts_of(official).latest_posting
    form = TransferForm(request.POST or None, initial=_seen(latest, unit, remaining), remaining=remaining)

    def act() -> str:
        given = form.cleaned_data
        may_manage_people(request.viewer, given["unit"]).require()
        require_to_end(request.viewer, official, form.ended())
        transfer_official(
            **by(request), official=official, unit=given["unit"], post=given["post"], starts_on=given["starts_on"],
            is_head=given["is_head"], expected_latest=given["latest"], ending=form.ended(),
            expected_roles=form.seen_roles(), reason=given.get("reason", ""),
        )  # fmt: skip
        return _to(official)

    return answer_form(
        request, form, act, _("Transfer of %(name)s") % {"name": official.name}, unit_crumbs(way),
        template="organizations/transfer.html", others=[one for one in remaining if not one.may_end],
        now_seen=lambda: {"latest": people.latest_posting(official), "roles": keys_of(remaining)},
    )  # fmt: skip


@_form_page
@needs(may_manage_rights)
def grant(request: HttpRequest, code: str) -> HttpResponse:
    """A role for the official."""
    official = people.get_official(code)
    unit = unit_of(official, request)
    may_manage_rights(request.viewer, official, unit).require()
    form = GrantForm(request.POST or None, initial={"unit": unit.code, "starts_on": request.viewer.day})

    def act() -> str:
        given = form.cleaned_data
        may_manage_rights(request.viewer, official, given["unit"], below=given["covers_subtree"]).require()
        grant_role(
            **by(request),
            official=official,
            role=role_of(given["role"]).id,
            unit=given["unit"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            covers_subtree=given["covers_subtree"],
            source=form.source(),
        )
        return _to(official)

    title = _("A role for %(name)s") % {"name": official.name}
    return answer_form(request, form, act, title, _way(request, unit))


@_form_page
@needs(may_manage_rights)
def withdraw(request: HttpRequest, code: str, grant_id: int) -> HttpResponse:
    """Take a role away from now on; one that has not begun is taken back."""
    official = people.get_official(code)
    held = RoleGrant.objects.filter(official=official, pk=grant_id).select_related("unit").first()
    if held is None:
        raise refuse("organizations.grant_not_found")
    may_manage_rights(request.viewer, official, held.unit, below=held.covers_subtree).require()
    yesterday = request.viewer.day - timedelta(days=1)

    def act(reason: str) -> str:
        withdraw_role(**by(request), grant=held, ends_on=yesterday, reason=reason)
        return _to(official)

    crumbs = [Link(official.name, _to(official))]
    return answer_confirmation(
        request, of_role(held, official, request.viewer.day), act, crumbs, said=_("The role is withdrawn.")
    )


def _seen(latest: int, unit: Unit, remaining: Sequence[RemainingRole]) -> dict[str, object]:
    tied = ticked(remaining)
    reason = _("Transferred to another post") if tied else ""
    return {"unit": unit.code, "latest": latest, "roles": keys_of(remaining), "ending": tied, "reason": reason}


def _to(official: Official) -> str:
    return reverse("organizations:official", args=[official.code])


def _way(request: HttpRequest, unit: Unit) -> list[Link]:
    return unit_crumbs(units.path(unit, request.viewer.day))
