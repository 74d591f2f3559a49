"""Posts beside the main one, and postings that are taken back before they begin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.interface.access import needs
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all, made_of
from cchc.organizations.actions.people import end_posting, post_official
from cchc.organizations.actions.taking_back import take_back_posting
from cchc.organizations.addresses import unit_crumbs
from cchc.organizations.confirmations import of_posting
from cchc.organizations.models import Official, Unit
from cchc.organizations.permissions import may_end_posting, may_manage_people
from cchc.organizations.posting_forms import BesideForm, EndPostingForm, TakingBackForm
from cchc.organizations.queries import people, units
from cchc.organizations.shown_roles import keys_of, remaining_roles, require_to_end, ticked
from cchc.organizations.views.answering import answer_confirmation, answer_form, by, unit_of
from cchc.records.errors import refuse

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
@needs(may_manage_people)
def beside(request: HttpRequest, code: str) -> HttpResponse:
    """Another post in another unit, held beside the main one."""
    official = people.get_official(code)
    home = unit_of(official, request)
    may_manage_people(request.viewer, home).require()
    form = BesideForm(request.POST or None, initial={"starts_on": request.viewer.day})

    def act() -> str:
        given = form.cleaned_data
        may_manage_people(request.viewer, given["unit"]).require()
        post_official(
            **by(request), official=official, unit=given["unit"], post=given["post"], starts_on=given["starts_on"],
            ends_on=given["ends_on"], is_main=False, is_head=given["is_head"], source=form.source(),
        )  # fmt: skip
        return _to(official)

    title = _("A post beside the main one for %(name)s") % {"name": official.name}
    return answer_form(request, form, act, title, _crumbs(request, official, home))


@_form_page
@needs(may_end_posting)
def end(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A post beside the main one ends, with roles over that unit; the main one ends by a transfer, or with all."""
    official = people.get_official(code)
    posting = people.get_posting(official, number)
    home = unit_of(official, request)
    may_end_posting(request.viewer, official, posting.unit, home).require()
    if posting.is_main:
        raise refuse("organizations.main_post_ends_with_all")
    remaining, way = answer_all(
        remaining_roles(request.viewer, official, posting.unit), made_of(units.way_to(home, request.viewer.day), list)
    )
    seen = {"ending": ticked(remaining), "roles": keys_of(remaining)}
    form = EndPostingForm(request.POST or None, initial=seen, remaining=remaining)

    def act() -> str:
        require_to_end(request.viewer, official, form.ended())
        end_posting(
            **by(request), posting=posting, ends_on=form.cleaned_data["ends_on"], source=form.source(),
            reason=form.cleaned_data["reason"], ending=form.ended(), expected_roles=form.seen_roles(),
        )  # fmt: skip
        return _to(official)

    title = _("End of the post “%(post)s” of %(name)s") % {"post": posting.post, "name": official.name}
    return answer_form(
        request, form, act, title, unit_crumbs(way, Link(official.name, _to(official))),
        template="organizations/transfer.html",
        others=[one for one in remaining if not one.may_end], now_seen=lambda: {"roles": keys_of(remaining)},
    )  # fmt: skip


@_form_page
@needs(may_end_posting)
def take_back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A posting that has not begun will not begin; or begins on another day, for who could have given it so."""
    official = people.get_official(code)
    posting = people.get_posting(official, number)
    home = unit_of(official, request)
    may_end_posting(request.viewer, official, posting.unit, home).require()
    form = TakingBackForm(request.POST or None)

    def act(reason: str) -> str:
        instead_from = form.cleaned_data["instead_from"]
        for place in (posting.unit, home) if instead_from else ():
            may_manage_people(request.viewer, place).require()
        take_back_posting(**by(request), posting=posting, reason=reason, instead_from=instead_from)
        return _to(official)

    asked, crumbs = of_posting(posting, official), _crumbs(request, official, home)
    return answer_confirmation(request, asked, act, crumbs, said=_("Saved."), form=form)


def _to(official: Official) -> str:
    return reverse("organizations:official", args=[official.code])


def _crumbs(request: HttpRequest, official: Official, home: Unit) -> list[Link]:
    return unit_crumbs(units.path(home, request.viewer.day), Link(official.name, _to(official)))
