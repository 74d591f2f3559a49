"""Who may do what with cases of responsibility.

The head and the procedure-control officers over a unit keep its cases; the head concludes. Whoever a case is about
reads it and explains, and does nothing else to it. About a unit or its head somebody from above concludes, never who
works in that unit or in one that it lies in.
"""

from __future__ import annotations

from typing import Final

from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.models import Unit
from cchc.organizations.viewers import Viewer
from cchc.oversight.consequences import OFFICIAL
from cchc.oversight.models import ListedOfficial, MonthlyList, ResponsibilityCase
from cchc.oversight.states_cases import CONCERNED, JUDGE, KEEPER, RESPONSIBILITY_CASE
from cchc.oversight.states_lists import EXPIRED, FROZEN, PUBLISHED

GROUNDS_OF_LISTS: Final = (FROZEN, PUBLISHED, EXPIRED)
"""Lists that say what counts: nothing in them changes any more."""
CASE_KEEPERS: Final = ("unit_head", "procedure_control_officer")
JUDGES: Final = ("unit_head",)
_SIGN_IN: Final = "organizations.sign_in_not_allowed"


@permission
def may_see_cases(viewer: Viewer) -> Verdict:
    """Those of the units in one's scope: whoever keeps cases of some."""
    if not viewer.is_signed_in:
        return denied(_SIGN_IN)
    return ALLOWED if viewer.holds_anywhere(*CASE_KEEPERS) else denied("oversight.case_keepers_not_allowed")


@permission
def may_open_case(viewer: Viewer, unit: Unit) -> Verdict:
    """Where the delay was in that unit."""
    return ALLOWED if viewer.holds_over(unit, *CASE_KEEPERS) else denied("oversight.case_keepers_not_allowed")


@permission
def may_see_case(viewer: Viewer, case: ResponsibilityCase) -> Verdict:
    """Whom it is about, and who keeps the cases of the unit."""
    if not viewer.is_signed_in:
        return denied(_SIGN_IN)
    if is_concerned(viewer, case) or viewer.holds_over(case.unit, *CASE_KEEPERS):
        return ALLOWED
    return denied("oversight.case_not_found")


@permission
def may_move_case(viewer: Viewer, case: ResponsibilityCase, act: str) -> Verdict:
    """A step of the table: the side that it names. Raises `LookupError` for no step."""
    if not viewer.is_signed_in:
        return denied(_SIGN_IN)
    side = RESPONSIBILITY_CASE.step(act).who
    if side == CONCERNED:
        return ALLOWED if is_concerned(viewer, case) else denied("oversight.concerned_not_allowed")
    if side == KEEPER:
        return may_open_case(viewer, case.unit) and _of_others(viewer, case)
    if side == JUDGE:
        return _may_judge(viewer, case)
    return denied("oversight.case_system_not_allowed")


def keeps_cases_of(viewer: Viewer, list_: MonthlyList, listed: ListedOfficial) -> bool:
    """Whether a case may be opened about somebody whom a list names. No query for any number of them: who keeps the
    cases of the body without those below it finds the others by their dossiers.
    """
    if list_.state not in GROUNDS_OF_LISTS:
        return False
    if listed.unit_id in {None, list_.unit_id}:
        return bool(may_open_case(viewer, list_.unit))
    return viewer.holds_below(list_.unit, *CASE_KEEPERS)


def is_concerned(viewer: Viewer, case: ResponsibilityCase) -> bool:
    """Whether it is the viewer's own affair: named, or the head of the unit that it is about."""
    if case.official_id is not None:
        own = viewer.answers_as
        return own is not None and own.pk == case.official_id
    return viewer.holds_over(case.unit, *JUDGES) and viewer.is_own(case.unit)


def _may_judge(viewer: Viewer, case: ResponsibilityCase) -> Verdict:
    if not viewer.holds_over(case.unit, *JUDGES):
        return denied("oversight.judges_not_allowed")
    if case.about != OFFICIAL and viewer.is_own(case.unit):
        return denied("oversight.judged_below_not_allowed")
    return _of_others(viewer, case)


def _of_others(viewer: Viewer, case: ResponsibilityCase) -> Verdict:
    people = {one.pk for one in (viewer.official, viewer.principal) if one is not None}
    return denied("oversight.own_case_not_allowed") if case.official_id in people else ALLOWED
