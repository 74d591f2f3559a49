"""Pages of rounds: the list, one, opening and arranging it, moving it on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cchc.assessments import shown
from cchc.assessments.actions import rounds as actions
from cchc.assessments.actions.copying import copy_round
from cchc.assessments.actions.freezing import not_scorable
from cchc.assessments.actions.leaving_out import leave_unit_out
from cchc.assessments.addresses import asked_rounds, round_crumbs, to_round
from cchc.assessments.criteria import set_of
from cchc.assessments.forms import (
    OpenRoundForm,
    RoundForm,
    SetForm,
    TimetableForm,
    UnitsForm,
    initial_of_round,
    initial_of_timetable,
)
from cchc.assessments.models import Round, Sheet
from cchc.assessments.permissions import may_arrange_round, may_open_round, may_see_rounds, may_see_whole_round
from cchc.assessments.policies import check_step, may_be_left_out, may_become, may_points_be_brought_in
from cchc.assessments.queries import rounds as queries
from cchc.assessments.queries.sheets import get_sheet
from cchc.assessments.states import PREPARING, ROUND, SELF_SCORING
from cchc.assessments.views.answering import answer_confirmation, answer_form, form_page
from cchc.assessments.vocabularies import OF_ROUND
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm, VersionedReasonForm
from cchc.interface.paging import page_of
from cchc.interface.shapes import Confirmation, Link
from cchc.interface.together import answer_all
from cchc.organizations.queries.units import get_unit, named
from cchc.papers.starting import ways_to_draft_at_all
from cchc.records.dates import format_date
from cchc.records.errors import refuse
from cchc.records.words import say

_MOST_NAMED: Final = 10
_MOVES: Final = ("begin", "appraise", "explain", "reappraise", "deliberate")


@require_safe
@needs(may_see_rounds)
def rounds(request: HttpRequest) -> HttpResponse:
    """The newest first, in a state if asked."""
    may_see_rounds(request.viewer).require()
    asked = asked_rounds(request)
    page = page_of(request, queries.find_rounds(request.viewer, asked), queries.newer_first)
    context = {
        "asked": asked,
        "rows_shown": [(one, shown.round_state(one.state)) for one in page["rows"]],
        "states": [(state.id, shown.round_state(state.id)) for state in ROUND.states],
        "is_search": asked != queries.RoundSearch(),
        "openers": named(queries.opening_units(request.viewer), request.viewer.day),
        "crumbs": round_crumbs(),
    }
    return render(request, "assessments/rounds.html", context | page)


@require_safe
@needs(may_see_rounds)
def round_page(request: HttpRequest, number: int) -> HttpResponse:
    """One round: its days, timetable, council, and how far each unit is."""
    may_see_rounds(request.viewer).require()
    viewer = request.viewer
    round_ = queries.get_round(viewer, number)
    page = page_of(request, queries.sheets_of(viewer, round_), queries.after_place)
    arranges = may_arrange_round(viewer, round_)
    sees_whole = may_see_whole_round(viewer, round_)
    around = queries.around(round_, viewer.day, with_charges=bool(sees_whole))
    context = {
        "round": round_,
        "state": shown.round_state(round_.state),
        "sheets": [(sheet, shown.sheet_state(sheet.state), _is_to_leave(round_, sheet)) for sheet in page["rows"]],
        "leaves_out": arranges and round_.state in (PREPARING, SELF_SCORING),
        "criteria": set_of(round_) if round_.criteria else None,
        "criteria_title": set_of(round_).title.in_language(current_language()) if round_.criteria else "",
        "timetable": shown.timetable(around.phases),
        "founding_papers": shown.founding_papers(around.papers),
        "charges": around.charges,
        "brings_points": arranges and may_points_be_brought_in(round_),
        "may_arrange": arranges and may_become(round_, "arrange"),
        "arranges": arranges,
        "sees_whole": sees_whole,
        "moves": [(step, shown.step_name(step)) for step in _MOVES if arranges and may_become(round_, step)],
        "drafting": answer_all(ways_to_draft_at_all(viewer, OF_ROUND, str(round_.pk)))[0] if sees_whole else [],
        "crumbs": round_crumbs(round_),
    }
    return render(request, "assessments/round.html", context | page)


@form_page
@needs(may_open_round)
def open_round(request: HttpRequest, code: str) -> HttpResponse:
    """A round of the unit's council."""
    unit, year = get_unit(code), request.viewer.day.year
    may_open_round(request.viewer, unit).require()
    days = {"assessed_from": f"01/01/{year}", "assessed_to": f"31/12/{year}", "cut_off_on": f"31/12/{year}"}
    others = queries.find_rounds(request.viewer, queries.RoundSearch()).filter(organizer=unit)
    form = OpenRoundForm(request.POST or None, initial={"year": year, **days}, others=others)

    def save() -> str:
        copy_of = form.cleaned_data["copy_of"]
        if copy_of is None:
            return to_round(actions.open_round(**by(request), organizer=unit, facts=form.facts))
        made = copy_round(**by(request), organizer=unit, facts=form.facts, copy_of=copy_of)
        _tell_left_behind(request, made, copy_of)
        return to_round(made)

    title = _("New scoring round")
    return answer_form(request, form, save, title, [*round_crumbs(), Link(title)])


@form_page
@needs(may_arrange_round)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Another title, year or days."""
    round_ = _arranged(request, number)
    form = RoundForm(request.POST or None, initial=initial_of_round(round_))

    def save() -> Round:
        return actions.change_round(
            **by(request), round_=round_, facts=form.facts, expected_version=form.cleaned_data["version"] or 0
        )

    return _answered(request, form, save, _("Change the round"), round_)


@form_page
@needs(may_arrange_round)
def bring_set_in(request: HttpRequest, number: int) -> HttpResponse:
    """The criteria set by which the round scores."""
    round_ = _arranged(request, number)
    form = SetForm(request.POST or None, request.FILES or None, initial={"version": round_.version})

    def save() -> Round:
        criteria, version = form.cleaned_data["criteria"], form.cleaned_data["version"] or 0
        return actions.bring_set_in(**by(request), round_=round_, criteria=criteria, expected_version=version)

    return _answered(request, form, save, _("Bring a criteria set in"), round_, template="assessments/upload_form.html")


@form_page
@needs(may_arrange_round)
def take_units_in(request: HttpRequest, number: int) -> HttpResponse:
    """Units of one group that the round scores."""
    round_ = _arranged(request, number)
    form = UnitsForm(request.POST or None)

    def save() -> Round:
        groups = dict.fromkeys(form.cleaned_data["units"], form.cleaned_data["group"])
        actions.take_units_in(**by(request), round_=round_, groups=groups)
        return round_

    return _answered(request, form, save, _("Take units in"), round_)


@form_page
@needs(may_arrange_round)
def leave_out(request: HttpRequest, number: int) -> HttpResponse:
    """A unit that was taken in by mistake leaves the round."""
    sheet = get_sheet(request.viewer, number)
    round_ = sheet.round
    may_arrange_round(request.viewer, round_).require()
    if request.method != "POST":
        may_be_left_out(sheet).require()
    asked = Confirmation(
        _("Leave %(name)s out of the round?") % {"name": sheet.name},
        _("It is not scored in this round, and what was charged about it alone ends. Taken in again it begins anew."),
        _("Leave out"),
    )

    def act(reason: str) -> str:
        leave_unit_out(**by(request), sheet=sheet, reason=reason)
        return to_round(round_)

    return answer_confirmation(request, asked, act, round_crumbs(round_), said=_("The unit is left out."))


@form_page
@needs(may_arrange_round)
def timetable(request: HttpRequest, number: int) -> HttpResponse:
    """When each phase lasts, and the papers on which the round rests."""
    round_ = queries.get_round(request.viewer, number)
    may_arrange_round(request.viewer, round_).require()
    form = TimetableForm(request.POST or None, initial=initial_of_timetable(round_))

    def save() -> Round:
        version = form.cleaned_data["version"] or 0
        return actions.set_timetable(
            **by(request), round_=round_, phases=form.phases, papers=form.papers, expected_version=version
        )

    return _answered(request, form, save, _("Timetable and papers"), round_)


@form_page
@needs(may_arrange_round)
def move(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """The next step of the table."""
    round_ = queries.get_round(request.viewer, number)
    may_arrange_round(request.viewer, round_).require()
    if step not in _MOVES:
        raise refuse("assessments.step_not_found")
    if request.method != "POST":
        check_step(round_, step)
    form = VersionedReasonForm(request.POST or None, initial={"version": round_.version})
    form.fields["reason"].required = False
    form.fields["reason"].label = _("Reason, remark")
    form.fields["reason"].help_text = _("May stay empty, unless units are left behind that have not submitted.")

    def save() -> Round:
        given = form.cleaned_data
        if step == "begin":
            return actions.begin_round(**by(request), round_=round_, expected_version=given["version"])
        return actions.move_on(
            **by(request), round_=round_, step=step, expected_version=given["version"], reason=given["reason"]
        )

    return _answered(request, form, save, shown.step_name(step), round_, effect=_effect(round_, step))


def _tell_left_behind(request: HttpRequest, made: Round, of: Round) -> None:
    """What was not taken over from the earlier round, and why."""
    left, parts = queries.left_behind(made, of), list[str]()
    if left.without_set:
        told = {"set": of.criteria_id, "day": format_date(made.assessed_to, current_language())}
        parts.append(_("the criteria set %(set)s, which is not in force on %(day)s") % told)
    if left.units:
        parts.append(_("units that are no longer there: %(units)s") % {"units": ", ".join(left.units)})
    if left.charges:
        told = ngettext("%(n)d charge that no longer holds", "%(n)d charges that no longer hold", left.charges)
        parts.append(told % {"n": left.charges})
    if parts:
        said = {"round": f"{of.title} {of.year}", "left": "; ".join(parts)}
        messages.warning(request, _("Laid out as “%(round)s”. Not taken over: %(left)s.") % said)


def _effect(round_: Round, step: str) -> str:
    """What the step does; where appraisal ends, how much of it nobody has done."""
    effect = shown.step_effect(step)
    if step not in ("explain", "deliberate") or not round_.criteria:
        return effect
    left, cells = queries.not_appraised(round_, set_of(round_))
    if left:
        effect += " " + _not_appraised(left, cells)
    if step == "deliberate" and (unscored := not_scorable(round_)):
        sentences = [say(one.message, current_language()) for one in unscored[:_MOST_NAMED]]
        effect += " " + " ".join(sentences)
    return effect


def _not_appraised(left: int, cells: int) -> str:
    told = _(
        "%(n)d of %(all)d criteria in the sheets have been appraised by nobody: what the unit said stands there, and "
        "what is scored by surveys has no points yet."
    )
    return told % {"n": left, "all": cells}


def _is_to_leave(round_: Round, sheet: Sheet) -> bool:
    """Whether the list offers to leave the unit out; `sheet` is one of its rows."""
    sheet.round = round_
    return bool(may_be_left_out(sheet)) and not sheet.answered and not sheet.asked


def _arranged(request: HttpRequest, number: int) -> Round:
    """The round of a form that is only possible while it is being prepared."""
    round_ = queries.get_round(request.viewer, number)
    may_arrange_round(request.viewer, round_).require()
    if request.method != "POST":
        check_step(round_, "arrange")
    return round_


def _answered(
    request: HttpRequest, form: ActionForm, save: Callable[[], Round], title: str, round_: Round,
    template: str = "interface/form.html", effect: str = "",
) -> HttpResponse:  # fmt: skip
    return answer_form(
        request, form, lambda: to_round(save()), title, [*round_crumbs(round_), Link(title)], submit=title,
        template=template, effect=effect,
        now_seen=lambda: {"version": queries.get_round(request.viewer, round_.pk).version},
    )  # fmt: skip
