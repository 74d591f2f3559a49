"""Opinions that are asked for: those that a viewer has to answer, those not answered in time, one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.db.models import Q, QuerySet

from cchc.dossiers.models import Advice
from cchc.dossiers.states import OPEN
from cchc.dossiers.states_beside import ASKED, LAPSED, OPEN_ADVICE
from cchc.organizations.queries.units import name_on, within
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse

ADVISERS: Final = ("settling_official", "signing_leader", "one_stop_head", "unit_head")
"""Who answers for a unit that is asked."""
BATCH: Final = 200
_RELATED: Final = (
    "step__dossier__procedure_version__procedure", "step__dossier__unit", "step__unit", "step__holder", "official",
    "unit", "asked_by",
)  # fmt: skip


def named_advice(day: date) -> QuerySet[Advice]:
    """Each with its step and dossier, and the unit asked by its name of that day."""
    return Advice.objects.annotate(unit_name=name_on(day, "unit")).select_related(*_RELATED)


def get_advice(viewer: Viewer, number: int) -> Advice:
    """Whether the viewer may see it is for the permission to say. Raises `dossiers.advice_not_found`."""
    found = named_advice(viewer.day).filter(pk=number).order_by("pk").first()
    if found is None:
        raise refuse("dossiers.advice_not_found")
    return found


def asked_of(viewer: Viewer) -> QuerySet[Advice]:
    """What waits for the viewer's answer: asked of oneself, or of a unit for which one answers."""
    if not viewer.is_signed_in:
        return Advice.objects.none()
    meant = within(viewer.units_held(*ADVISERS), viewer.day, "unit")
    if viewer.answers_as is not None:
        meant |= Q(official=viewer.answers_as)
    return Advice.objects.filter(meant, state__in=OPEN_ADVICE)


def unanswered(viewer: Viewer) -> QuerySet[Advice]:
    """Not answered in time, at the one-stops of which the viewer is in charge."""
    here = within(viewer.units_held("one_stop_head"), viewer.day, "step__dossier__unit")
    return Advice.objects.filter(here, state=LAPSED)


def next_to_lapse(after: int, now: datetime) -> Sequence[Advice]:
    """Those behind the key `after` that were due before now, of dossiers that are open."""
    late = Advice.objects.filter(state=ASKED, due_at__lt=now, step__dossier__state__in=OPEN, pk__gt=after)
    return list(late.order_by("pk")[:BATCH])
