"""Who acts for whom, until when: named by the official, or by an administrator for them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.interface.access import needs
from cchc.interface.shapes import Link
from cchc.organizations.actions.rights import delegate, end_delegation
from cchc.organizations.addresses import unit_crumbs
from cchc.organizations.confirmations import of_deputy
from cchc.organizations.forms import DelegationForm
from cchc.organizations.models import Official
from cchc.organizations.permissions import may_delegate, may_hand_on
from cchc.organizations.queries import people, units
from cchc.organizations.viewers import Viewer
from cchc.organizations.views.answering import answer_confirmation, answer_form, by

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
@needs(may_delegate)
def name_deputy(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody acts for the official on some days."""
    principal, viewer = people.get_official(code), request.viewer
    unit = viewer.facts_of(principal).works_in
    may_delegate(viewer, principal, unit).require()
    held = [grant.role for grant in viewer.facts_of(principal).grants]
    form = DelegationForm(request.POST or None, held=held, initial={"starts_on": viewer.day})
    if viewer.official == principal:
        form.fields["deputy"].offer_near()

    def act() -> str:
        given = form.cleaned_data
        days = (given["starts_on"], given["ends_on"])
        may_delegate(viewer, principal, unit, given["deputy"], given["role"], days).require()
        if viewer.official != principal:
            may_hand_on(viewer, principal, given["role"]).require()
        delegate(**by(request), principal=principal, **given)
        return _back(viewer, principal)

    crumbs = [*unit_crumbs(units.path(unit, viewer.day) if unit else []), Link(principal.name)]
    title = _("A deputy for %(name)s") % {"name": principal.name}
    return answer_form(request, form, act, title, crumbs)


@_form_page
@needs(may_delegate)
def end(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """It ends today; one that has not begun is taken back."""
    principal, viewer = people.get_official(code), request.viewer
    may_delegate(viewer, principal, viewer.facts_of(principal).works_in).require()
    given = people.get_delegation(principal, number)
    has_begun = given.starts_on <= viewer.day

    def act(reason: str) -> str:
        end_delegation(**by(request), delegation=given, ends_on=viewer.day, reason=reason)
        return _back(viewer, principal)

    said = _("The deputy acts until today and no longer.") if has_begun else _("Taken back: it will not begin.")
    crumbs = [Link(principal.name, _back(viewer, principal))]
    return answer_confirmation(request, of_deputy(given, principal, viewer.day), act, crumbs, said=said)


def _back(viewer: Viewer, principal: Official) -> str:
    if viewer.official == principal:
        return reverse("organizations:account")
    return reverse("organizations:official", args=[principal.code])
