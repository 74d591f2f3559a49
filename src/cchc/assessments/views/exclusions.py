"""Pages of what was taken out: by criterion, who took it out and who did not, and the council's decision."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.assessments import shown
from cchc.assessments.actions.council import decide_exclusions
from cchc.assessments.addresses import round_crumbs, to_exclusions, to_item
from cchc.assessments.council_forms import ExclusionsForm
from cchc.assessments.criteria import set_of
from cchc.assessments.exclusions import exclusions
from cchc.assessments.motions import EXCLUDE
from cchc.assessments.permissions import may_rule, may_see_whole_round
from cchc.assessments.queries.council import sessions_of
from cchc.assessments.queries.rounds import get_round
from cchc.assessments.queries.sheets import whole
from cchc.assessments.states import DELIBERATING
from cchc.assessments.views.answering import answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.shapes import Link


@require_safe
@needs(may_see_whole_round)
def overview(request: HttpRequest, number: int) -> HttpResponse:
    """Every criterion that was taken out somewhere, with both sides named, and what that is worth."""
    viewer = request.viewer
    round_ = get_round(viewer, number)
    may_see_whole_round(viewer, round_).require()
    criteria = set_of(round_)
    sheets, answers = whole(round_)
    found = exclusions(criteria, list(sheets), answers)
    context = {
        "round": round_,
        "state": shown.round_state(round_.state),
        "found": [(one, shown.code_name(criteria, one.criterion.code)) for one in found],
        "undecided": sum(one.undecided for one in found),
        "worth": found[0].rows if found else [],
        "may_decide": round_.state == DELIBERATING,
        "crumbs": [*round_crumbs(round_), Link(_("Not applicable"))],
    }
    return render(request, "assessments/exclusions.html", context)


@form_page
@needs(may_see_whole_round)
def decide(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Confirm or refuse that a criterion does not apply to the units ticked."""
    viewer = request.viewer
    round_ = get_round(viewer, number)
    may_see_whole_round(viewer, round_).require()
    criteria = set_of(round_)
    criteria.criterion(code)
    sheets, answers = whole(round_)
    there = list(sheets.select_related("round__organizer"))
    found = next((one for one in exclusions(criteria, there, answers) if one.criterion.code == code), None)
    out = found.out if found and (round_.state == DELIBERATING or request.method == "POST") else ()
    mine = {str(one.sheet.pk): one.sheet for one in out if may_rule(viewer, one.sheet)}
    named = {key: sheet.name for key, sheet in mine.items()}
    form = ExclusionsForm(request.POST or None, sheets=named, sessions=list(sessions_of(round_)))

    def save() -> str:
        given = form.cleaned_data
        chosen = [mine[key] for key in given["sheets"]]
        for sheet in chosen:
            may_rule(viewer, sheet).require()
        decide_exclusions(
            **by(request), sheets=chosen, code=code, confirmed=given["decision"] == EXCLUDE, reason=given["reason"],
            points=given["points"], session=form.chosen_session,
        )  # fmt: skip
        return to_exclusions(round_)

    name = shown.code_name(criteria, code)
    title = (_("Decide: %(criterion)s") if mine else _("Not applicable: %(criterion)s")) % {"criterion": name}
    crumbs = [*round_crumbs(round_), Link(_("Not applicable"), to_exclusions(round_)), Link(code)]
    items = [(one, to_item(one.sheet, code)) for one in (found.rows if found else ())]
    return answer_form(
        request, form, save, title, crumbs, submit=_("Record the decision"), template="assessments/exclusion_form.html",
        items=items,
    )  # fmt: skip
