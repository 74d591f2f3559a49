"""Who may do what with the catalogue of procedures. What the state of a version allows is asked of `policies`.

The catalogue of a unit is kept by its procedure-control officers, and by those of units above it: they compare what is
published with the decision. Heads sign decisions, administrators set up units and people; neither writes here.
"""

from __future__ import annotations

from typing import Final

from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.models import Unit
from cchc.organizations.viewers import Viewer
from cchc.procedures.models import CatalogueImport, Procedure

KEEPERS: Final = ("procedure_control_officer",)


@permission
def may_see_procedures(viewer: Viewer) -> Verdict:
    """What is published, and its history of versions: whoever is signed in. Drafts: see `queries.scope`."""
    return ALLOWED if viewer.is_signed_in else denied("organizations.sign_in_not_allowed")


@permission
def may_keep_procedures(viewer: Viewer, unit: Unit) -> Verdict:
    """Record procedures in the catalogue of a unit: procedure-control officers over it."""
    return ALLOWED if viewer.holds_over(unit, *KEEPERS) else denied("procedures.keepers_not_allowed")


@permission
def may_keep_procedure(viewer: Viewer, procedure: Procedure) -> Verdict:
    """Change it, draft and publish versions: those who keep the catalogue in which it stands."""
    return may_keep_procedures(viewer, procedure.keeper)


@permission
def may_follow_catalogue_import(viewer: Viewer, made: CatalogueImport) -> Verdict:
    """See what a file changes and decide about it: who handed it in, as long as they keep that catalogue. To others
    there is no such file.
    """
    if viewer.official is None:
        return denied("organizations.sign_in_not_allowed")
    if viewer.official.pk != made.uploaded_by_id:
        return denied("procedures.import_not_found")
    return may_keep_procedures(viewer, made.keeper)
