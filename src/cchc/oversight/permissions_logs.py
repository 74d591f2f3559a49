"""Who brings in logs of other systems and says whom their names mean: procedure-control officers over the unit that
answers for the source.
"""

from __future__ import annotations

from typing import Final

from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.models import Unit
from cchc.organizations.viewers import Viewer

KEEPERS: Final = ("procedure_control_officer",)
_SIGN_IN: Final = "organizations.sign_in_not_allowed"


@permission
def may_see_sources(viewer: Viewer) -> Verdict:
    """The list of sources that one keeps."""
    if not viewer.is_signed_in:
        return denied(_SIGN_IN)
    return ALLOWED if viewer.holds_anywhere(*KEEPERS) else denied("oversight.keepers_not_allowed")


@permission
def may_keep_source(viewer: Viewer, unit: Unit) -> Verdict:
    """Bring in logs for the unit that answers for their source, and say whom their names mean."""
    return ALLOWED if viewer.holds_over(unit, *KEEPERS) else denied("oversight.keepers_not_allowed")
