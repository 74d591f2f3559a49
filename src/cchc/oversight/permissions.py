"""Who may see which slow and overdue dossiers, of whom.

Those in charge of a unit, and procedure-control officers over it, see its figures, and whose they are. An official
always sees the own record, and the dossiers in it; a colleague sees neither. No page of this room shows who owns a
dossier.
"""

from __future__ import annotations

from typing import Final

from cchc.dossiers.permissions import READERS
from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.models import Official, Unit
from cchc.organizations.viewers import Viewer
from cchc.oversight.models import KeptDossier, KeptSignal

WATCHERS: Final = ("one_stop_head", "unit_head", "signing_leader", "procedure_control_officer")
_SIGN_IN: Final = "organizations.sign_in_not_allowed"


@permission
def may_see_delays(viewer: Viewer) -> Verdict:
    """The board of the units in one's scope: whoever is in charge of some, or controls them."""
    if not viewer.is_signed_in:
        return denied(_SIGN_IN)
    return ALLOWED if viewer.holds_anywhere(*WATCHERS) else denied("oversight.watchers_not_allowed")


@permission
def may_see_delays_of(viewer: Viewer, unit: Unit) -> Verdict:
    """The same of one unit."""
    return ALLOWED if viewer.holds_over(unit, *WATCHERS) else denied("oversight.watchers_not_allowed")


@permission
def may_see_kept(viewer: Viewer, dossier: KeptDossier) -> Verdict:
    """How the time of a dossier was spent, and by whom: those who see the figures of a unit that had it, and whoever
    had it. Its spells with their units are read along with it.
    """
    if not viewer.is_signed_in:
        return denied(_SIGN_IN)
    spells = list(dossier.spells.all())
    if any(spell.official_id == viewer.acting.pk for spell in spells):
        return ALLOWED
    units = {spell.unit_id: spell.unit for spell in spells if spell.unit is not None}
    held = any(viewer.holds_over(unit, *WATCHERS) for unit in units.values())
    return ALLOWED if held else denied("oversight.kept_not_allowed")


@permission
def may_see_own_record(viewer: Viewer) -> Verdict:
    """The own months: whoever works on dossiers, is in charge of them or controls them."""
    if not viewer.is_signed_in:
        return denied(_SIGN_IN)
    return ALLOWED if viewer.holds_anywhere(*READERS) else denied("oversight.workers_not_allowed")


@permission
def may_watch(viewer: Viewer) -> Verdict:
    """What becomes late: of the own steps, and for those in charge of units of these (`may_see_delays_of`)."""
    if not viewer.is_signed_in:
        return denied(_SIGN_IN)
    return ALLOWED if viewer.holds_anywhere(*READERS) else denied("oversight.workers_not_allowed")


@permission
def may_see_record(viewer: Viewer, official: Official, unit: Unit | None) -> Verdict:
    """What an official had in a month in a unit: the official, and those who see the figures of that unit."""
    if not viewer.is_signed_in:
        return denied(_SIGN_IN)
    if viewer.acting.pk == official.pk:
        return ALLOWED
    held = unit is not None and viewer.holds_over(unit, *WATCHERS)
    return ALLOWED if held else denied("oversight.record_not_allowed")


@permission
def may_answer_signal(viewer: Viewer, signal: KeptSignal) -> Verdict:
    """Answer a question to the record: the official whom it names, and those who see the figures of the unit."""
    if not viewer.is_signed_in:
        return denied(_SIGN_IN)
    if signal.official_id == viewer.acting.pk:
        return ALLOWED
    unit = signal.unit or signal.source.unit
    held = unit is not None and viewer.holds_over(unit, *WATCHERS)
    return ALLOWED if held else denied("oversight.signal_not_allowed")
