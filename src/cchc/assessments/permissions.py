"""Who may do what in a round. What the round's and the sheet's state allow is asked of `policies`.

The council is standing (R96): its seats are roles over the unit whose council it is, or duties at the one round. Who
appraises has the duty at the round, and a charge that covers the criterion in the sheet. Nobody judges the unit they
work in, or one above it.
"""

from __future__ import annotations

from collections.abc import Iterable

from cchc.assessments.models import AnswersImport, Charge, Round, Sheet
from cchc.assessments.phases import SEATS
from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.models import Unit
from cchc.organizations.viewers import Viewer
from cchc.scoring.criteria import CriteriaSet

CHAIR, SECRETARY, MEMBER = SEATS
APPRAISER = "appraiser"
TEAM_HEAD = "team_head"
INSPECTORS = ("inspector", TEAM_HEAD)
TEAM = (APPRAISER, *INSPECTORS)
AUTHORITY = "approving_authority"
HEAD = "unit_head"
FILLERS = ("reform_officer", HEAD)
ROUND = "assessments.Round"


@permission
def may_see_rounds(viewer: Viewer) -> Verdict:
    """Rounds in one's own scope (`queries.scope`): whoever is signed in."""
    return ALLOWED if viewer.is_signed_in else denied("organizations.sign_in_not_allowed")


@permission
def may_open_round(viewer: Viewer, unit: Unit) -> Verdict:
    """Open a round of the unit's council: its secretary, who holds that role over the unit."""
    return ALLOWED if viewer.holds_over(unit, SECRETARY) else denied("assessments.secretary_not_allowed")


@permission
def may_arrange_round(viewer: Viewer, round_: Round) -> Verdict:
    """Set, units, timetable, charges, moving the round on: the secretary."""
    return ALLOWED if sits(viewer, round_, SECRETARY) else denied("assessments.secretary_not_allowed")


@permission
def may_see_whole_round(viewer: Viewer, round_: Round) -> Verdict:
    """All sheets of the round side by side: the council, the approving authority, its appraisers, and
    those who check units on site.
    """
    if sits(viewer, round_, *SEATS) or any(
        viewer.has_duty(duty, ROUND, round_.pk) for duty in (APPRAISER, *INSPECTORS)
    ):
        return ALLOWED
    if viewer.holds_over(round_.organizer, AUTHORITY):
        return ALLOWED
    return denied("assessments.council_not_allowed")


@permission
def may_see_sheet(viewer: Viewer, sheet: Sheet) -> Verdict:
    """The unit's own people, those who hold a role of its reform over it, and whoever may see the whole round. To
    others there is no such sheet.
    """
    if sheet.unit_id in viewer.postings or viewer.holds_over(sheet.unit, *FILLERS):
        return ALLOWED
    return ALLOWED if may_see_whole_round(viewer, sheet.round) else denied("assessments.sheet_not_found")


@permission
def may_fill_in(viewer: Viewer, sheet: Sheet) -> Verdict:
    """Declare figures and explain: the reform officer and the head of the very unit; nobody from above."""
    return ALLOWED if _holds_at(viewer, sheet.unit, FILLERS) else denied("assessments.fillers_not_allowed")


@permission
def may_follow_answers_import(viewer: Viewer, made: AnswersImport) -> Verdict:
    """See what a file changes and decide about it: who handed it in, as long as they fill that sheet in, or arrange the
    round. To others there is no such file.
    """
    if viewer.official is None:
        return denied("organizations.sign_in_not_allowed")
    if viewer.official.pk != made.uploaded_by_id:
        return denied("assessments.import_not_found")
    return may_arrange_round(viewer, made.round) if made.sheet is None else may_fill_in(viewer, made.sheet)


@permission
def may_submit(viewer: Viewer, sheet: Sheet) -> Verdict:
    """Lock and submit: the head of the very unit."""
    return ALLOWED if _holds_at(viewer, sheet.unit, (HEAD,)) else denied("assessments.head_not_allowed")


@permission
def may_appraise(
    viewer: Viewer, sheet: Sheet, code: str, criteria: CriteriaSet, charges: Iterable[Charge]
) -> Verdict:  # fmt: skip
    """Give points for a criterion: who is charged with it in this sheet (`charges` are those that hold today), never in
    the sheet of one's own unit, or one above it.
    """
    if not viewer.has_duty(APPRAISER, ROUND, sheet.round_id):
        return denied("assessments.appraisers_not_allowed")
    if viewer.is_own(sheet.unit):
        return denied("assessments.own_unit_not_allowed")
    own = (one for one in charges if one.official_id == viewer.acting.pk)
    if any(covers(one, sheet, code, criteria) for one in own):
        return ALLOWED
    return denied("assessments.charge_not_allowed", criterion=code)


@permission
def may_plan_visits(viewer: Viewer, round_: Round) -> Verdict:
    """On which day which unit is visited: the secretary, or the head of the field team."""
    if sits(viewer, round_, SECRETARY) or viewer.has_duty(TEAM_HEAD, ROUND, round_.pk):
        return ALLOWED
    return denied("assessments.planners_not_allowed")


@permission
def may_enter_findings(viewer: Viewer, sheet: Sheet) -> Verdict:
    """What was found on site: who checks units of the round there, but not the own unit, or one above it."""
    if not any(viewer.has_duty(duty, ROUND, sheet.round_id) for duty in INSPECTORS):
        return denied("assessments.inspectors_not_allowed")
    return denied("assessments.own_unit_not_allowed") if viewer.is_own(sheet.unit) else ALLOWED


@permission
def may_give_points(viewer: Viewer, sheet: Sheet) -> Verdict:
    """What surveys and statistics came to, for any criterion: the secretary, but not in the sheet of one's own unit."""
    if viewer.is_own(sheet.unit):
        return denied("assessments.own_unit_not_allowed")
    return may_arrange_round(viewer, sheet.round)


@permission
def may_rule(viewer: Viewer, sheet: Sheet) -> Verdict:
    """Write what the council decided: its secretary or chair, but not in the sheet of one's own unit."""
    if viewer.is_own(sheet.unit):
        return denied("assessments.own_unit_not_allowed")
    if sits(viewer, sheet.round, SECRETARY, CHAIR):
        return ALLOWED
    return denied("assessments.secretary_not_allowed")


@permission
def may_vote(viewer: Viewer, sheet: Sheet) -> Verdict:
    """Give an opinion and vote about a sheet: every seat of the council, but not about the sheet of one's own unit."""
    if viewer.is_own(sheet.unit):
        return denied("assessments.own_unit_not_allowed")
    return ALLOWED if sits(viewer, sheet.round, *SEATS) else denied("assessments.members_not_allowed")


@permission
def may_ask_opinions(viewer: Viewer, round_: Round) -> Verdict:
    """Ask the members for their slips: the secretary or the chair."""
    return ALLOWED if sits(viewer, round_, SECRETARY, CHAIR) else denied("assessments.secretary_not_allowed")


@permission
def may_propose_freeze(viewer: Viewer, round_: Round) -> Verdict:
    """Put the result forward: the secretary or the chair."""
    return ALLOWED if sits(viewer, round_, SECRETARY, CHAIR) else denied("assessments.secretary_not_allowed")


@permission
def may_confirm_freeze(viewer: Viewer, round_: Round) -> Verdict:
    """Confirm what another put forward: the chair."""
    return ALLOWED if sits(viewer, round_, CHAIR) else denied("assessments.chair_not_allowed")


@permission
def may_approve_result(viewer: Viewer, round_: Round) -> Verdict:
    """Record the approval, make the result public: the approving authority over the unit that holds the round."""
    if viewer.holds_over(round_.organizer, AUTHORITY):
        return ALLOWED
    return denied("assessments.authority_not_allowed")


def sits(viewer: Viewer, round_: Round, *seats: str) -> bool:
    """Whether the viewer has one of these seats in the round's council."""
    if any(viewer.has_duty(seat, ROUND, round_.pk) for seat in seats):
        return True
    return viewer.holds_over(round_.organizer, *seats)


def covers(charge: Charge, sheet: Sheet, code: str, criteria: CriteriaSet) -> bool:
    """Whether a charge covers a criterion in a sheet."""
    if charge.sheet_id is not None and charge.sheet_id != sheet.pk:
        return False
    if charge.group and charge.group != sheet.group:
        return False
    below = criteria.leaves_below.get(charge.code, ())
    return not charge.code or any(leaf.code == code for leaf in below)


def _holds_at(viewer: Viewer, unit: Unit, held: Iterable[str]) -> bool:
    """Whether one of the roles is held over the very unit."""
    return any(hold.unit == unit.pk and hold.role in held for hold in viewer.holds)
