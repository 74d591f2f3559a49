"""Who may give forms their numbers and close registers. Dossiers and registers are seen by those of the one-stop."""

from __future__ import annotations

from cchc.dossiers.models import Dossier
from cchc.dossiers.permissions import MANAGERS, WORKERS, holds_a_step
from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.models import Unit
from cchc.organizations.viewers import Viewer


@permission
def may_number_form(viewer: Viewer, dossier: Dossier) -> Verdict:
    """Whoever works on dossiers where it was received or is settled, or holds a step of it."""
    works = any(viewer.holds_over(unit, *WORKERS) for unit in (dossier.unit, dossier.settling_unit))
    return ALLOWED if works or holds_a_step(viewer, dossier) else denied("slips.workers_not_allowed")


@permission
def may_close_book(viewer: Viewer, unit: Unit) -> Verdict:
    """The head of the one-stop and the head of the unit."""
    return ALLOWED if viewer.holds_over(unit, *MANAGERS) else denied("slips.managers_not_allowed")
