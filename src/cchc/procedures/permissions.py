"""Who may do what with the catalogue of procedures. What the state of a version allows is asked of `policies`.

The catalogue of a unit is kept by its procedure-control officers, and by those of units above it: they compare what is
published with the decision. Heads sign decisions, administrators set up units and people; neither writes here.
"""

from __future__ import annotations

from typing import Final

from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.models import Unit
from cchc.organizations.viewers import Viewer
from cchc.procedures.models import CatalogueImport, Procedure, Publication

KEEPERS: Final = ("procedure_control_officer",)
POSTERS: Final = ("procedure_control_officer", "one_stop_head", "reform_officer")
"""Those who note where their unit has procedures stand open."""


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


@permission
def may_note_publications(viewer: Viewer) -> Verdict:
    """Note where procedures stand open: procedure-control officers, heads of one-stops and reform officers of any unit;
    of which one is asked of `may_note_publication`.
    """
    return ALLOWED if viewer.holds_anywhere(*POSTERS) else denied("procedures.posters_not_allowed")


@permission
def may_note_publication(viewer: Viewer, unit: Unit) -> Verdict:
    """The same at that unit: those who hold one of these roles over it."""
    return ALLOWED if viewer.holds_over(unit, *POSTERS) else denied("procedures.posters_not_allowed")


@permission
def may_strike_publication(viewer: Viewer, publication: Publication) -> Verdict:
    """Strike a line out, and add files to it: those who may note one for its unit."""
    return may_note_publication(viewer, publication.unit)
