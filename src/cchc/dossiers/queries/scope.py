"""What a viewer may see: dossiers received or settled by units over which a role of the one-stop is held."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from cchc.dossiers.models import Dossier, StepInstance
from cchc.dossiers.permissions import READERS, held_in_offices
from cchc.dossiers.queries.absences import lasting
from cchc.dossiers.states import BEGUN, HELD, QUEUED, RUNNING
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer


def visible_dossiers(viewer: Viewer) -> QuerySet[Dossier]:
    """Those received or settled in one's scope, those of which one has, or had, a step, and those of which one may take
    one from the queue.
    """
    if not viewer.is_signed_in or not viewer.holds_anywhere(*READERS):
        return Dossier.objects.none()
    held = StepInstance.objects.filter(holder=viewer.acting).order_by().values("dossier")
    now_mine = mine(viewer).order_by().values("dossier")
    units = viewer.units_held(*READERS)
    return Dossier.objects.filter(
        within(units, viewer.day, "unit")
        | within(units, viewer.day, "settling_unit")
        | Q(pk__in=held)
        | Q(pk__in=now_mine)
        | Q(pk__in=queued(viewer).order_by().values("dossier"))
    )


def mine(viewer: Viewer) -> QuerySet[StepInstance]:
    """Steps at work that are the viewer's, or of somebody absent for whom the viewer stands in with the role; also
    while their dossier waits for others.
    """
    if not viewer.is_signed_in:
        return StepInstance.objects.none()
    own = Q(holder=viewer.acting)
    away = lasting(viewer.day).filter(deputy=viewer.acting).order_by().values("official")
    own |= Q(holder__in=away) & _fitting(viewer)
    return StepInstance.objects.filter(own, state=HELD)


def queued(viewer: Viewer) -> QuerySet[StepInstance]:
    """Steps of the shared queues that the viewer may take."""
    if not viewer.is_signed_in:
        return StepInstance.objects.none()
    return StepInstance.objects.filter(_fitting(viewer), state=QUEUED, dossier__state__in=RUNNING)


def _fitting(viewer: Viewer) -> Q:
    """Steps whose role the viewer holds where they are worked on."""
    fitting = Q(pk__in=())
    for role in sorted({hold.role for hold in viewer.holds}):
        fitting |= Q(role=role) & within(viewer.units_held(role), viewer.day, "unit")
    for role, body in sorted(held_in_offices(viewer)):
        fitting |= Q(role=role, unit=body)
    return fitting


def of_units(viewer: Viewer) -> QuerySet[StepInstance]:
    """All steps at work in the viewer's scope, whoever has them."""
    return StepInstance.objects.filter(state__in=BEGUN, dossier__in=visible_dossiers(viewer).order_by().values("pk"))
