"""Pages of what a round shows afterwards: points won and lost, the year against the last one, tasks of remediation."""

from __future__ import annotations

from datetime import UTC, datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cchc.assessments import shown
from cchc.assessments.actions.remedies import give_remedies
from cchc.assessments.addresses import round_crumbs, to_analysis
from cchc.assessments.analysis import analyse
from cchc.assessments.criteria import set_of
from cchc.assessments.permissions import may_arrange_round, may_see_whole_round
from cchc.assessments.queries.results import results_of
from cchc.assessments.queries.rounds import get_round
from cchc.assessments.queries.sheets import whole
from cchc.assessments.queries.years import round_before, year_on_year
from cchc.assessments.rules import thresholds_on
from cchc.assessments.states import RESULT_STANDS
from cchc.assessments.views.answering import answer_form, form_page
from cchc.followups.actions.giving import Order
from cchc.followups.deadlines import Deadline
from cchc.followups.queries.scope import visible_tasks
from cchc.followups.queries.tasks import named_tasks, tasks_of
from cchc.followups.shown import shown_tasks
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm
from cchc.interface.shapes import Link
from cchc.organizations.fields import UnitField
from cchc.records.errors import refuse

_DAYS = 30
_TASKS_SHOWN = 200


class RemedyForm(ActionForm):
    """What the units that are low at a criterion are to do, by when, and who follows it."""

    keeps_draft = True

    units = forms.MultipleChoiceField(label=gettext_lazy("Units"), widget=forms.CheckboxSelectMultiple)
    what = forms.CharField(
        label=gettext_lazy("What is to be done"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    working_days = forms.IntegerField(label=gettext_lazy("Working days"), min_value=1, initial=_DAYS)
    watcher = UnitField(label=gettext_lazy("Followed by"))


@require_safe
@needs(may_see_whole_round)
def analysis(request: HttpRequest, number: int) -> HttpResponse:
    """Points won and lost, strengths, weaknesses with the units named, the tasks given for them."""
    viewer = request.viewer
    round_ = get_round(viewer, number)
    may_see_whole_round(viewer, round_).require()
    criteria = set_of(round_)
    sheets, answers = whole(round_)
    rule = thresholds_on(round_.assessed_to)
    found = analyse(criteria, list(sheets), answers, rule.value)
    stands, now = round_.state in RESULT_STANDS, datetime.now(UTC)
    given = named_tasks(visible_tasks(viewer) & tasks_of(round_), viewer.day)[:_TASKS_SHOWN]
    context = {
        "round": round_,
        "state": shown.round_state(round_.state),
        "stands": stands,
        "found": found,
        "rule": rule.value,
        "rule_source": shown.source_in_words(rule),
        "rule_doubt": rule.verification.doubt_in(current_language()),
        "criteria": [(one, shown.code_name(criteria, one.criterion.code)) for one in found.criteria],
        "strengths": [(one, shown.code_name(criteria, one.criterion.code)) for one in found.strengths],
        "weaknesses": [(one, shown.code_name(criteria, one.criterion.code)) for one in found.weaknesses],
        "may_give": stands and may_arrange_round(viewer, round_),
        "shown": shown_tasks(list(given), now),
        "now": now,
        "crumbs": [*round_crumbs(round_), Link(_("Points won and lost"))],
    }
    return render(request, "assessments/analysis.html", context)


@require_safe
@needs(may_see_whole_round)
def years(request: HttpRequest, number: int) -> HttpResponse:
    """The index of each unit beside that of the round before, across mergers."""
    viewer = request.viewer
    round_ = get_round(viewer, number)
    may_see_whole_round(viewer, round_).require()
    before = round_before(round_)
    rows = results_of(round_, set_of(round_), round_.result_version)
    context = {
        "round": round_,
        "before": before,
        "rows": year_on_year(rows, before) if before is not None else [],
        "crumbs": [*round_crumbs(round_), Link(_("Against the year before"))],
    }
    return render(request, "assessments/years.html", context)


@form_page
@needs(may_arrange_round)
def remedy(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Tasks for the units that are low at a criterion."""
    viewer = request.viewer
    round_ = get_round(viewer, number)
    may_arrange_round(viewer, round_).require()
    criteria = set_of(round_)
    criteria.criterion(code)
    sheets, answers = whole(round_)
    there = list(sheets)
    found = analyse(criteria, there, answers, thresholds_on(round_.assessed_to).value)
    figures = next((one for one in found.criteria if one.criterion.code == code), None)
    if figures is None:
        raise refuse("assessments.nothing_chosen")
    low = {str(one.pk) for one in figures.low}
    by_key = {str(one.pk): one for one in there}
    name = shown.code_name(criteria, code)
    initial = {"units": sorted(low), "what": _("Put right what is weak at criterion %(name)s") % {"name": name}}
    form = RemedyForm(request.POST or None, initial=initial)
    form.fields["units"].choices = [(key, sheet.name) for key, sheet in by_key.items()]

    def save() -> str:
        given = form.cleaned_data
        order = Order(given["what"], Deadline(viewer.day, working_days=given["working_days"]), given["watcher"])
        chosen = [by_key[key] for key in given["units"]]
        give_remedies(**by(request), round_=round_, code=code, sheets=chosen, order=order)
        return to_analysis(round_)

    title = _("Give tasks: %(name)s") % {"name": name}
    crumbs = [*round_crumbs(round_), Link(_("Points won and lost"), to_analysis(round_)), Link(code)]
    return answer_form(request, form, save, title, crumbs, submit=_("Give the tasks"))
