"""Who may do what with rating forms. What the state of a dossier allows is asked of `policies`."""

from __future__ import annotations

from cchc.dossiers.models import Dossier
from cchc.dossiers.permissions import RECEIVERS
from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.viewers import Viewer


@permission
def may_handle_rating_form(viewer: Viewer, dossier: Dossier) -> Verdict:
    """Hand the form of a dossier out, take it in, type it, open it on the tablet: receiving officers of its unit and
    the head of the one-stop.
    """
    held = viewer.holds_over(dossier.unit, *RECEIVERS)
    return ALLOWED if held else denied("feedback.receivers_not_allowed")
