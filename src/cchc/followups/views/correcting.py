"""Directives corrected, sent to more units, withdrawn or repealed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cchc.followups.actions.correcting import correct_directive, end_directive
from cchc.followups.actions.directives import address_directive
from cchc.followups.addresses import directive_crumbs
from cchc.followups.choosing import chosen_units, shown_orders
from cchc.followups.forms import CorrectionForm, EndingForm, MoreAddresseesForm, offer_reached
from cchc.followups.models import Directive
from cchc.followups.permissions import may_issue_directive
from cchc.followups.policies import may_become
from cchc.followups.queries import directives as queries
from cchc.followups.views.answering import answer_form, form_page, warn_of_headless
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.shapes import Link
from cchc.papers.queries.bases import require_citable

_AS_ENTERED = ("number", "issued_on", "issued_by", "title", "signer", "legal_basis", "posting_wanted", "version")


@form_page
@needs(may_issue_directive)
def address(request: HttpRequest, number: int) -> HttpResponse:
    """Send a directive to more units, with the tasks that it gives."""
    directive, viewer = _standing(request, number, "address"), request.viewer
    orders = queries.orders_of(viewer, directive, timezone.now())
    kinds = queries.kinds_reached(directive.unit, viewer.day)
    form = MoreAddresseesForm(request.POST or None, kinds=kinds, orders=shown_orders(orders))
    offer_reached(form, directive.unit)

    def save() -> str:
        wanted = form.cleaned_data.get("tasks") or ()
        known, chosen = set(queries.addressed_units(directive)), chosen_units(form, directive.unit, viewer.day)
        address_directive(
            **by(request), directive=directive, addressees=chosen,
            tasks=[task for task in orders if str(task.pk) in wanted],
        )  # fmt: skip
        warn_of_headless(request, [unit for unit in chosen if unit not in known])
        return directive_crumbs(directive)[-1].url

    title = _("More addressees")
    return answer_form(request, form, save, title, [*directive_crumbs(directive), Link(title)])


@form_page
@needs(may_issue_directive)
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """What a directive should have said. Who comes second is told what the first one did, and may save once more."""
    directive = _standing(request, number, "correct")
    start: dict[str, Any] = {name: getattr(directive, name) for name in _AS_ENTERED}
    start["bases"] = [f"#{basis.pk}" for basis in queries.library_of(directive)]
    start["watcher"] = directive.watcher.code
    form = CorrectionForm(request.POST or None, initial=start)
    offer_reached(form, directive.unit)

    def save() -> str:
        given = form.cleaned_data
        require_citable(given["bases"], directive.unit, request.viewer.day)
        correct_directive(
            **by(request), directive=directive, expected_version=given["version"], paper=form.paper,
            reason=given["reason"], removed=given["removed"], watcher=given["watcher"],
            posting_wanted=given["posting_wanted"],
        )  # fmt: skip
        return directive_crumbs(directive)[-1].url

    title = _("Correct the directive")
    return answer_form(
        request, form, save, title, [*directive_crumbs(directive), Link(title)], template="followups/correct.html",
        directive=directive, now_seen=lambda: _version(directive),
    )  # fmt: skip


@form_page
@needs(may_issue_directive)
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw or repeal a directive, with its open tasks."""
    directive, day = _standing(request, number, "withdraw"), request.viewer.day
    form = EndingForm(request.POST or None, initial={"on": day, "version": directive.version})

    def save() -> str:
        given = form.cleaned_data
        end_directive(
            **by(request), directive=directive, expected_version=given["version"], step=given["step"], on=given["on"],
            reason=given["reason"], replaced_by=given["replaced_by"],
        )  # fmt: skip
        return directive_crumbs(directive)[-1].url

    title = _("Withdraw or repeal")
    return answer_form(
        request, form, save, title, [*directive_crumbs(directive), Link(title)], template="followups/end.html",
        directive=directive, open=queries.open_tasks_of(directive).count(), submit=title,
        now_seen=lambda: _version(directive),
    )  # fmt: skip


def _standing(request: HttpRequest, number: int, step: str) -> Directive:
    """The directive for a form: whoever may not, or comes too late, is told so before typing."""
    directive = queries.get_directive(request.viewer, number)
    may_issue_directive(request.viewer, directive.unit).require()
    if request.method != "POST":
        may_become(directive, step).require()
    return directive


def _version(directive: Directive) -> dict[str, object]:
    directive.refresh_from_db(fields=["version"])
    return {"version": directive.version}
