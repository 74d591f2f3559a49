"""Who says whether a dossier was really late: a procedure-control officer from above, never of a unit that had it, and
never who had it. What was drawn is looked at again by somebody who did not find it.
"""

from __future__ import annotations

from typing import Final

from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.models import Unit
from cchc.organizations.viewers import Viewer
from cchc.oversight.models import KeptDossier, Recheck

VERIFIERS: Final = ("procedure_control_officer",)
_SIGN_IN: Final = "organizations.sign_in_not_allowed"


@permission
def may_see_verdicts(viewer: Viewer) -> Verdict:
    """What waits for a verdict and what was found, in one's scope."""
    if not viewer.is_signed_in:
        return denied(_SIGN_IN)
    return ALLOWED if viewer.holds_anywhere(*VERIFIERS) else denied("oversight.verifiers_not_allowed")


@permission
def may_verify(viewer: Viewer, dossier: KeptDossier) -> Verdict:
    """Of a dossier whose spells with their units are read along with it."""
    spells = list(dossier.spells.all())
    units = {spell.unit_id: spell.unit for spell in spells if spell.unit is not None}
    if not any(viewer.holds_over(unit, *VERIFIERS) for unit in units.values()):
        return denied("oversight.verifiers_not_allowed")
    people = {one.pk for one in (viewer.official, viewer.principal) if one is not None}
    if any(spell.official_id in people for spell in spells):
        return denied("oversight.own_dossier_not_allowed")
    own = any(viewer.is_own(unit) for unit in units.values())
    return denied("oversight.own_unit_not_allowed") if own else ALLOWED


@permission
def may_draw(viewer: Viewer, unit: Unit) -> Verdict:
    """A share of the verdicts under a unit: a procedure-control officer over it and all below."""
    covered = viewer.covered_by(*VERIFIERS)
    held = not covered.isdisjoint(viewer.above(unit.pk)) if viewer.is_signed_in else False
    return ALLOWED if held else denied("oversight.verifiers_not_allowed")


@permission
def may_recheck(viewer: Viewer, recheck: Recheck) -> Verdict:
    """A verifier over the unit of the draw who did not find it in the first place."""
    may = may_draw(viewer, recheck.draw.unit)
    people = {one.pk for one in (viewer.official, viewer.principal) if one is not None}
    if may and recheck.verdict.found_by_id in people:
        return denied("oversight.own_verdict_not_allowed")
    return may and may_verify(viewer, recheck.verdict.kept)
