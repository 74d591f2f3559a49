"""Who may do what about apologies. What the state of a letter allows is asked of `policies`."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from cchc.apologies.models import Letter
from cchc.apologies.states import DRAFTER, HEAD, LETTER, SENDER
from cchc.dossiers.models import Dossier, StepInstance
from cchc.dossiers.permissions import MANAGERS, RECEIVERS, held_in_offices, may_see_dossiers
from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.organizations.viewers import Viewer

SIGNERS: Final = ("signing_leader", "unit_head")


@permission
def may_see_apologies(viewer: Viewer) -> Verdict:
    """Those of dossiers in one's scope: whoever may see dossiers."""
    return may_see_dossiers(viewer)


@permission
def may_record_mistake(viewer: Viewer, dossier: Dossier) -> Verdict:
    """Heads and receiving officers of the units that received and settle the dossier."""
    return _over(viewer, dossier, "apologies.recorders_not_allowed", *MANAGERS, *RECEIVERS)


@permission
def may_draft(viewer: Viewer, dossier: Dossier) -> Verdict:
    """Whoever holds, or held, a step of the dossier."""
    return ALLOWED if _had_a_step(viewer, dossier) else denied("apologies.drafters_not_allowed")


@permission
def may_act_on(viewer: Viewer, letter: Letter, act: str) -> Verdict:
    """A step of the table of letters: the side that it names; signing leaders of an office of the body that settles it
    sign, too. Raises `LookupError` for no step.
    """
    side, dossier = LETTER.step(act).who, letter.dossier
    if side == DRAFTER:
        return may_draft(viewer, dossier)
    if side == HEAD:
        return _over(viewer, dossier, "apologies.heads_not_allowed", *MANAGERS)
    if side == SENDER:
        held = viewer.holds_over(dossier.unit, *RECEIVERS)
        return ALLOWED if held else denied("apologies.senders_not_allowed")
    if ("signing_leader", dossier.settling_unit_id) in held_in_offices(viewer):
        return ALLOWED
    return _over(viewer, dossier, "apologies.signers_not_allowed", *SIGNERS)


def _over(viewer: Viewer, dossier: Dossier, code: str, *roles: str) -> Verdict:
    held = any(viewer.holds_over(unit, *roles) for unit in (dossier.unit, dossier.settling_unit))
    return ALLOWED if held else denied(code)


def steps_had(viewer: Viewer, dossier: Dossier) -> QuerySet[StepInstance]:
    """Its steps that the viewer has, or had."""
    if not viewer.is_signed_in:
        return StepInstance.objects.none()
    return StepInstance.objects.filter(dossier=dossier, holder=viewer.acting).order_by("pk")


def _had_a_step(viewer: Viewer, dossier: Dossier) -> bool:
    """One query, once as the dossier stands."""
    return viewer.once(("apologies.had_a_step", dossier.pk, dossier.version), steps_had(viewer, dossier).exists)
