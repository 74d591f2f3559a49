"""An official leaves: first what ends with it and what stays open is shown, then it is carried out whole."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.interface.access import needs
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all, made_of
from cchc.organizations.actions.leaving import leave_office
from cchc.organizations.addresses import unit_crumbs
from cchc.organizations.permissions import may_end_posting
from cchc.organizations.posting_forms import LeaveForm
from cchc.organizations.queries import people, units
from cchc.organizations.queries.holdings import holdings_of
from cchc.organizations.shown_leaving import shown_holdings
from cchc.organizations.views.answering import answer_form, by, unit_of
from cchc.privacy.disclosing import tell


@require_http_methods(["GET", "HEAD", "POST"])
@needs(may_end_posting)
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Every post ends, with all that is held; tasks that stay open are listed for handing over."""
    official, day = people.get_official(code), request.viewer.day
    unit = unit_of(official, request)
    may_end_posting(request.viewer, official, unit).require()
    tell(request, official)
    held, accounts, way = answer_all(
        holdings_of(official, day),
        made_of(people.accounts_of(official), list),
        made_of(units.way_to(unit, day), list),
    )
    seen = {"seen": ",".join(one.name for one in held)}
    form = LeaveForm(request.POST or None, initial=seen)

    def act() -> str:
        given = form.cleaned_data
        leave_office(
            **by(request), official=official, ends_on=given["ends_on"], reason=given["reason"], source=form.source(),
            expected=form.seen_names(),
        )  # fmt: skip
        return reverse("organizations:official", args=[official.code])

    title = _("%(name)s leaves") % {"name": official.name}
    crumbs = unit_crumbs(way, Link(official.name, reverse("organizations:official", args=[code])))
    return answer_form(
        request, form, act, title, crumbs, template="organizations/leave.html", submit=_("End all of it"),
        official=official, held=shown_holdings(held, day), account=accounts[0] if accounts else None,
        now_seen=lambda: seen,
    )  # fmt: skip
