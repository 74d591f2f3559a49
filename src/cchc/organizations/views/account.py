"""One's own account: where one works, which roles one holds, for whom one acts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.interface.access import needs
from cchc.interface.errors import current_language
from cchc.organizations.permissions import may_read_disclosures, may_read_retention, may_see_units
from cchc.organizations.queries import people
from cchc.organizations.roles import role_of
from cchc.organizations.shown import shown_role
from cchc.organizations.signing_in.middleware import ACTING_FOR
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse


@require_safe
@needs(may_see_units)
def account(request: HttpRequest) -> HttpResponse:
    """What the system knows of whoever is signed in."""
    may_see_units(request.viewer).require()
    viewer, official = request.viewer, request.viewer.official
    context = {
        "official": official,
        "username": request.user.username,
        "postings": people.named_postings(official, viewer.day),
        "day": viewer.day,
        "roles": _roles(viewer),
        "principals": people.principals_of(official, viewer.day),
        "deputies": people.deputies_of(official, viewer.day),
        "principal": viewer.principal,
        "may_read_retention": may_read_retention(viewer),
        "may_read_log": may_read_disclosures(viewer),
    }
    return render(request, "organizations/account.html", context)


@require_POST
@needs(may_see_units)
def act_for(request: HttpRequest) -> HttpResponse:
    """From now on in this session act for a principal, or for nobody."""
    may_see_units(request.viewer).require()
    code = request.POST.get("principal", "")
    principals = people.principals_of(request.viewer.official, request.viewer.day)
    chosen = next((one.principal for one in principals if one.principal.code == code), None)
    if code and chosen is None:
        raise refuse("organizations.delegation_not_allowed")
    request.session[ACTING_FOR] = code
    said = _("You now act for %(name)s.") % {"name": chosen.name} if chosen else _("You now act for yourself.")
    messages.success(request, said)
    return redirect("organizations:account")


def _roles(viewer: Viewer) -> list[dict[str, object]]:
    """The roles of the person acted for, with the names of their units; `waits` for a second factor."""
    language = current_language()
    held = people.remaining_roles(viewer.acting, viewer.day)
    return [
        {
            "name": shown_role(grant.role),
            "duty": role_of(grant.role).duty.in_language(language),
            "unit": grant.unit_name or grant.unit.code,
            "starts_on": grant.starts_on if grant.starts_on > viewer.day else None,
            "covers_subtree": grant.covers_subtree,
            "ends_on": grant.ends_on,
            "waits": grant.role in viewer.waiting,
        }
        for grant in sorted(held, key=lambda one: one.starts_on > viewer.day)
    ]
