"""What may be on a person's desk: dossiers that may owe a letter, letters that wait for the person."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from cchc.apologies.models import Letter, Mistake
from cchc.apologies.permissions import SIGNERS
from cchc.apologies.queries.letters import RELATED
from cchc.apologies.states import APPROVED, DRAFTED, RETURNED, SENT, SIGNED
from cchc.dossiers.models import Dossier
from cchc.dossiers.permissions import MANAGERS, RECEIVERS, held_in_offices
from cchc.dossiers.queries.scope import mine
from cchc.dossiers.states import RUNNING
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer


def may_owe(viewer: Viewer) -> QuerySet[Dossier]:
    """Running dossiers with an appointment, and those with a mistake of which no letter was sent: of which the viewer
    has a step, or is in charge.
    """
    done = Letter.objects.filter(mistake=OuterRef("pk"), state=SENT).order_by()
    mistaken = Mistake.objects.filter(~Exists(done)).order_by().values("dossier")
    may = Q(state__in=RUNNING, due_at__isnull=False) | Q(pk__in=mistaken)
    held = mine(viewer).order_by().values("dossier")
    return Dossier.objects.filter(may).filter(Q(pk__in=held) | _over(viewer, *MANAGERS))


def letters_for(viewer: Viewer) -> QuerySet[Letter]:
    """Those on which the viewer may take the next step, and those returned to the viewer, the oldest first."""
    if not viewer.is_signed_in:
        return Letter.objects.none()
    bodies = [body for role, body in held_in_offices(viewer) if role == "signing_leader"]
    signs = _over(viewer, *SIGNERS, prefix="dossier__") | Q(dossier__settling_unit__in=bodies)
    receives = within(viewer.units_held(*RECEIVERS), viewer.day, "dossier__unit")
    waits = (
        Q(state=DRAFTED) & _over(viewer, *MANAGERS, prefix="dossier__")
        | Q(state=APPROVED) & signs
        | Q(state=SIGNED) & receives
        | Q(state=RETURNED, drafted_by=viewer.acting)
    )
    return Letter.objects.filter(waits).select_related(*RELATED).order_by("pk")


def _over(viewer: Viewer, *roles: str, prefix: str = "") -> Q:
    units = viewer.units_held(*roles)
    return within(units, viewer.day, f"{prefix}unit") | within(units, viewer.day, f"{prefix}settling_unit")
