"""Pages of the council: the agenda, one item of it, sessions, slips, motions and votes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.assessments import shown
from cchc.assessments.actions import asking_opinions
from cchc.assessments.actions import council as actions
from cchc.assessments.addresses import round_crumbs, to_council, to_item, to_sheet
from cchc.assessments.council import APPRAISED, agenda_of
from cchc.assessments.council_forms import (
    AskOpinionsForm,
    MotionForm,
    OpinionForm,
    SessionForm,
    VoteForm,
    initial_of_opinion,
)
from cchc.assessments.council_shown import (
    agenda_lines,
    cells_of,
    item_in,
    item_of,
    minutes_of,
    moved,
    paged,
    shown_motions,
    shown_rule,
    standing,
    tally_of,
)
from cchc.assessments.criteria import set_of
from cchc.assessments.minutes import OF_SESSION
from cchc.assessments.models import Sheet
from cchc.assessments.permissions import (
    may_arrange_round,
    may_ask_opinions,
    may_rule,
    may_see_whole_round,
    may_vote,
)
from cchc.assessments.queries import council as queries
from cchc.assessments.queries.rounds import get_round
from cchc.assessments.queries.sheets import figures_of, get_sheet
from cchc.assessments.queries.voting import rule_of
from cchc.assessments.queries.waiting import slips_owed
from cchc.assessments.rules import voting_on
from cchc.assessments.slip_papers import OF_SLIPS
from cchc.assessments.states import DELIBERATING, PREPARING, SELF_SCORING, SETTLED
from cchc.assessments.views.answering import answer_confirmation, answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.shapes import Confirmation, Link
from cchc.interface.together import answer_all, made_of
from cchc.papers.starting import ways_to_draft_at_all
from cchc.records.errors import refuse


@require_safe
@needs(may_see_whole_round)
def council(request: HttpRequest, number: int) -> HttpResponse:
    """What is open, and the sessions with their minutes."""
    viewer = request.viewer
    round_ = get_round(viewer, number)
    may_see_whole_round(viewer, round_).require()
    ways, slips, questions, opinions, motions, sessions, owed = answer_all(
        ways_to_draft_at_all(viewer, OF_SESSION),
        ways_to_draft_at_all(viewer, OF_SLIPS, str(round_.pk)),
        made_of(queries.questions_of(round_), list),
        queries.opinions_counted(round_),
        queries.open_motions(round_),
        queries.sessions_held(round_),
        made_of(slips_owed(viewer).filter(sheet__round=round_), cells_of),
    )
    items = agenda_of(round_, set_of(round_), questions)
    unsettled = [item for item in items if not item.is_settled]
    lines = agenda_lines(unsettled, opinions, motions, owed)
    sits = may_arrange_round(viewer, round_)
    context = {
        "round": round_,
        "state": shown.round_state(round_.state),
        "open": len(unsettled),
        "is_settled": round_.state in SETTLED,
        "is_early": round_.state in (PREPARING, SELF_SCORING),
        "settled": len(items) - len(unsettled),
        "sessions": [(one, present, minutes_of(ways, one)) for one, present in sessions],
        "owed": len(owed),
        "slips": slips if unsettled and round_.state == DELIBERATING else [],
        "may_ask": bool(unsettled) and round_.state == DELIBERATING and bool(may_ask_opinions(viewer, round_)),
        "rule": shown_rule(voting_on(viewer.day)) if round_.state == DELIBERATING else None,
        "may_hold": sits and round_.state == DELIBERATING,
        "crumbs": [*round_crumbs(round_), Link(_("Council"))],
    }
    return render(request, "assessments/council.html", context | paged(request, lines))


@require_safe
@needs(may_see_whole_round)
def item(request: HttpRequest, number: int, sheet: int, code: str) -> HttpResponse:
    """One criterion of one sheet before the council: figures, slips, motions."""
    viewer = request.viewer
    found = _sheet(request, number, sheet)
    may_see_whole_round(viewer, found.round).require()
    figures = figures_of(found)
    item = item_in(figures, code)
    motions = list(queries.motions_of(found, code))
    deliberates = found.round.state == DELIBERATING
    votes, rules = deliberates and may_vote(viewer, found), deliberates and may_rule(viewer, found)
    context = {
        "round": found.round,
        "sheet": found,
        "item": item,
        "title": shown.code_name(set_of(found.round), code),
        "own": shown.shown_leaf(item.own),
        "appraised": shown.shown_leaf(item.appraised),
        "beside": shown.side_by_side(figures, figures.criteria.criterion(code), APPRAISED),
        "questions": figures.questions.get(code, ()),
        "sheet_url": to_sheet(found, code),
        "opinions": queries.opinions_of(found, code),
        "motions": shown_motions(motions, viewer.day),
        "may_vote": votes,
        "may_rule": rules,
        "is_settled": found.round.state in SETTLED,
        "may_put": rules and not any(not one.outcome for one in motions),
        "crumbs": [*_crumbs(found), Link(f"{found.name} · {code}")],
    }
    return render(request, "assessments/item.html", context)


@form_page
@needs(may_ask_opinions)
def ask_opinions(request: HttpRequest, number: int) -> HttpResponse:
    """The members are asked for their slips about what is open."""
    round_ = get_round(request.viewer, number)
    may_ask_opinions(request.viewer, round_).require()
    form = AskOpinionsForm(request.POST or None)

    def save() -> str:
        asking_opinions.ask_opinions(**by(request), round_=round_, until=form.cleaned_data["until"])
        return to_council(round_)

    effect = _("Every member who owes a slip about something open is told, and finds it on the desk.")
    title = _("Ask the members for their opinions")
    return _answered(request, form, save, title, round_, effect=effect, submit=title, said=_("The members are asked."))


@form_page
@needs(may_arrange_round)
def hold(request: HttpRequest, number: int) -> HttpResponse:
    """Another session."""
    round_ = get_round(request.viewer, number)
    may_arrange_round(request.viewer, round_).require()
    day = request.viewer.day
    members = queries.members_of(round_, day)
    form = SessionForm(request.POST or None, initial={"held_on": day}, members=members)

    def save() -> str:
        actions.hold_session(**by(request), round_=round_, facts=form.facts)
        return to_council(round_)

    return _answered(request, form, save, _("New session"), round_)


@form_page
@needs(may_arrange_round)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Another day, place, or others present."""
    session = queries.get_session(request.viewer, number)
    round_ = session.round
    may_arrange_round(request.viewer, round_).require()
    present = [str(one.official_id) for one in session.presences.all()]
    initial = {"held_on": session.held_on, "place": session.place, "present": present, "version": session.version}
    form = SessionForm(request.POST or None, initial=initial, members=queries.members_of(round_, session.held_on))

    def save() -> str:
        version = form.cleaned_data["version"] or 0
        actions.change_session(**by(request), session=session, facts=form.facts, expected_version=version)
        return to_council(round_)

    return _answered(request, form, save, _("Change the session"), round_)


@form_page
@needs(may_vote)
def opinion(request: HttpRequest, number: int, sheet: int, code: str) -> HttpResponse:
    """The member's slip."""
    found = _sheet(request, number, sheet)
    may_vote(request.viewer, found).require()
    set_of(found.round).criterion(code)
    own = queries.opinions_of(found, code).filter(given_by=request.viewer.official).first()
    form = OpinionForm(request.POST or None, initial=initial_of_opinion(own))

    def save() -> str:
        given = form.cleaned_data
        actions.give_opinion(
            **by(request), sheet=found, code=code, agrees=given["agrees"] == "yes", points=given["points"],
            reason=given["reason"],
        )  # fmt: skip
        return to_item(found, code)

    title = _("My opinion on %(item)s") % {"item": f"{found.name}, {code}"}
    return _answered(request, form, save, title, found.round, effect=standing(item_of(found, code)))


@form_page
@needs(may_rule)
def put(request: HttpRequest, number: int, sheet: int, code: str) -> HttpResponse:
    """Something to be decided about the item."""
    found = _sheet(request, number, sheet)
    may_rule(request.viewer, found).require()
    sessions = list(queries.sessions_of(found.round))
    item = item_of(found, code)
    form = MotionForm(request.POST or None, sessions=sessions, is_excluded=item.is_excluded)

    def save() -> str:
        actions.put_motion(**by(request), sheet=found, code=code, proposal=form.proposal, session=form.chosen_session)
        return to_item(found, code)

    title = _("Put to the vote: %(item)s") % {"item": f"{found.name}, {code}"}
    return _answered(request, form, save, title, found.round, effect=standing(item), submit=_("Put to the vote"))


@form_page
@needs(may_vote)
def vote(request: HttpRequest, number: int) -> HttpResponse:
    """A member's vote."""
    motion = queries.get_motion(request.viewer, number)
    may_vote(request.viewer, motion.sheet).require()
    if motion.outcome and request.method != "POST":
        return redirect(to_item(motion.sheet, motion.criterion))
    form = VoteForm(request.POST or None)

    def save() -> str:
        actions.cast_vote(**by(request), motion=motion, vote=form.cleaned_data["vote"])
        return to_item(motion.sheet, motion.criterion)

    title = _("Vote on %(item)s") % {"item": f"{motion.sheet.name}, {motion.criterion}"}
    return _answered(request, form, save, title, motion.sheet.round, effect=moved(motion), submit=_("Vote"))


@form_page
@needs(may_rule)
def conclude(request: HttpRequest, number: int) -> HttpResponse:
    """Count the votes and say what was decided."""
    motion = queries.get_motion(request.viewer, number)
    may_rule(request.viewer, motion.sheet).require()
    tally = ", ".join(f"{name} {number}" for name, number in tally_of(motion))
    asked = Confirmation(
        _("Conclude the vote?"),
        f"{moved(motion)} · {tally} · {shown_rule(rule_of(motion, request.viewer.day)).words} "
        + _("What is carried becomes the council's answer, which the unit and the minutes show."),
        _("Conclude"),
    )

    def act(reason: str) -> str:
        actions.conclude_motion(**by(request), motion=motion, reason=reason)
        return to_item(motion.sheet, motion.criterion)

    return answer_confirmation(request, asked, act, _crumbs(motion.sheet), said=_("The vote is concluded."))


def _sheet(request: HttpRequest, number: int, key: int) -> Sheet:
    found = get_sheet(request.viewer, key)
    if found.round_id != number:
        raise refuse("assessments.sheet_not_found")
    return found


def _crumbs(sheet: Sheet) -> list[Link]:
    return [*round_crumbs(sheet.round), Link(_("Council"), to_council(sheet.round))]


def _answered(request: HttpRequest, form: Any, save: Any, title: str, round_: Any, **more: Any) -> HttpResponse:
    crumbs = [*round_crumbs(round_), Link(_("Council"), to_council(round_)), Link(title)]
    return answer_form(request, form, save, title, crumbs, **more)
