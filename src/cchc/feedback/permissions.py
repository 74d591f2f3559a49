"""Who may do what with rating forms and with what they say. What the state of a dossier allows is asked of `policies`.

Forms are handled by whoever receives. How many were handed out and came back is seen by all who work on dossiers in
their scope. What was answered is confidential: words, and figures of single officials, are for heads and
procedure-control officers (an official sees their own figures), never with the code of a dossier beside them.
"""

from __future__ import annotations

from typing import Final

from cchc.dossiers.models import Dossier
from cchc.dossiers.permissions import READERS, RECEIVERS
from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.models import Unit
from cchc.organizations.viewers import Viewer

JUDGES: Final = ("one_stop_head", "unit_head", "procedure_control_officer")


@permission
def may_handle_rating_form(viewer: Viewer, dossier: Dossier) -> Verdict:
    """Hand the form of a dossier out, take it in, type it, open it on the tablet: receiving officers of its unit and
    the head of the one-stop.
    """
    held = viewer.holds_over(dossier.unit, *RECEIVERS)
    return ALLOWED if held else denied("feedback.receivers_not_allowed")


@permission
def may_see_ratings(viewer: Viewer) -> Verdict:
    """Figures of the units in one's scope: whoever works on dossiers, is in charge of them or controls them."""
    if not viewer.is_signed_in:
        return denied("organizations.sign_in_not_allowed")
    return ALLOWED if viewer.holds_anywhere(*READERS) else denied("feedback.readers_not_allowed")


@permission
def may_see_ratings_of(viewer: Viewer, unit: Unit) -> Verdict:
    """The same of one unit."""
    return ALLOWED if viewer.holds_over(unit, *READERS) else denied("feedback.readers_not_allowed")


@permission
def may_read_words(viewer: Viewer, unit: Unit) -> Verdict:
    """What owners wrote, without who they are: heads over the unit and procedure-control officers."""
    return ALLOWED if viewer.holds_over(unit, *JUDGES) else denied("feedback.judges_not_allowed")
