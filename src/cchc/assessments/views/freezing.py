"""Pages on which the result is put forward, confirmed, withdrawn, and read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.assessments import shown
from cchc.assessments.actions import freezing as actions
from cchc.assessments.addresses import round_crumbs, to_round
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Freeze
from cchc.assessments.permissions import (
    may_approve_result,
    may_confirm_freeze,
    may_propose_freeze,
    may_see_whole_round,
)
from cchc.assessments.policies import check_step, may_become
from cchc.assessments.queries.results import freezes_of, results_of, rows_of
from cchc.assessments.queries.reviews import approvals_of
from cchc.assessments.queries.rounds import get_round, open_freeze
from cchc.assessments.result_tables import FORMATS, result_table
from cchc.assessments.views.answering import answer_confirmation, answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import by, file_answer
from cchc.interface.forms import VersionedReasonForm
from cchc.interface.shapes import Confirmation, Link
from cchc.interface.together import read_together
from cchc.records.errors import refuse


@require_safe
@needs(may_see_whole_round)
def results(request: HttpRequest, number: int) -> HttpResponse:
    """The result in force, by group and rank, beside the units' own points; and what waits for a second person."""
    viewer = request.viewer
    round_ = get_round(viewer, number)
    may_see_whole_round(viewer, round_).require()
    freezes, approvals = freezes_of(round_), approvals_of(round_)
    read_together(freezes, approvals)
    freeze = next((one for one in freezes if one.confirmed_at is None), None)
    criteria, versions = set_of(round_), [one for one in freezes if one.confirmed_at is not None]
    version = _asked_version(request, round_.result_version)
    proposed = actions.results_now(round_, freeze.version) if freeze is not None else []
    context = {
        "round": round_,
        "state": shown.round_state(round_.state),
        "rows": results_of(round_, criteria, version),
        "proposed": rows_of(proposed, criteria, freeze.version) if freeze is not None else [],
        "version": version,
        "version_query": f"?ban={version}",
        "versions": versions,
        "shown_version": next((one for one in versions if one.version == version), None),
        "freeze": freeze,
        "may_confirm": freeze is not None and may_confirm_freeze(viewer, round_) and not _is_own(request, freeze),
        "may_propose": freeze is None and may_propose_freeze(viewer, round_) and round_.state == "deliberating",
        "may_withdraw": freeze is not None and may_propose_freeze(viewer, round_),
        "approvals": approvals,
        "may_approve": may_become(round_, "approve") and may_approve_result(viewer, round_),
        "may_reopen": may_become(round_, "reopen") and may_confirm_freeze(viewer, round_),
        "crumbs": [*round_crumbs(round_), Link(_("Result"))],
    }
    return render(request, "assessments/results.html", context)


@require_safe
@needs(may_see_whole_round)
def download(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """The result as a table: `xlsx` with formulas, or `csv`."""
    viewer = request.viewer
    round_ = get_round(viewer, number)
    may_see_whole_round(viewer, round_).require()
    if kind not in FORMATS:
        raise Http404
    criteria, version = set_of(round_), _asked_version(request, round_.result_version)
    content, name = result_table(round_, criteria, version, results_of(round_, criteria, version), kind)
    return file_answer(content, FORMATS[kind], name)


@form_page
@needs(may_propose_freeze)
def propose(request: HttpRequest, number: int) -> HttpResponse:
    """Put the result forward."""
    round_ = get_round(request.viewer, number)
    may_propose_freeze(request.viewer, round_).require()
    if request.method != "POST":
        check_step(round_, "freeze")
    form = VersionedReasonForm(request.POST or None, initial={"version": round_.version})
    form.fields["reason"].required = bool(round_.result_version)

    def save() -> str:
        given = form.cleaned_data
        actions.propose_freeze(**by(request), round_=round_, expected_version=given["version"], reason=given["reason"])
        return to_round(round_)

    title = _("Put the result forward")
    effect = _("Index, class and rank of all units are computed; a second person has to confirm the very same.")
    return answer_form(request, form, save, title, [*round_crumbs(round_), Link(title)], submit=title, effect=effect)


@form_page
@needs(may_confirm_freeze)
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm what another put forward."""
    freeze = _waiting(request, number)
    may_confirm_freeze(request.viewer, freeze.round).require()
    asked = Confirmation(
        _("Confirm and freeze the result?"),
        _("Nobody writes any more; the result can be approved and published. What was frozen stays readable for ever."),
        _("Freeze the result"),
    )

    def act(reason: str) -> str:
        return to_round(actions.confirm_freeze(**by(request), freeze=freeze, reason=reason))

    return answer_confirmation(request, asked, act, round_crumbs(freeze.round), said=_("The result is frozen."))


@form_page
@needs(may_propose_freeze)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """It is not put forward any more."""
    freeze = _waiting(request, number)
    may_propose_freeze(request.viewer, freeze.round).require()
    asked = Confirmation(
        _("Withdraw the proposal?"), _("The council may change points again, and put the result forward anew."),
        _("Withdraw"),
    )  # fmt: skip

    def act(reason: str) -> str:
        actions.withdraw_freeze(**by(request), freeze=freeze, reason=reason)
        return to_round(freeze.round)

    return answer_confirmation(request, asked, act, round_crumbs(freeze.round), said=_("The proposal is withdrawn."))


def _asked_version(request: HttpRequest, newest: int) -> int:
    """`?ban=2`; the newest where that makes no sense."""
    text = request.GET.get("ban", "")
    return int(text) if text.isdecimal() and len(text) < 5 and 0 < int(text) <= newest else newest


def _waiting(request: HttpRequest, number: int) -> Freeze:
    freeze = open_freeze(get_round(request.viewer, number))
    if freeze is None:
        raise refuse("assessments.freeze_not_found")
    return freeze


def _is_own(request: HttpRequest, freeze: Freeze) -> bool:
    return freeze.proposed_by == request.viewer.official
