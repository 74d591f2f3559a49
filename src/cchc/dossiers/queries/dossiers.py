"""One dossier with everything that lies beside it, and its steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.utils.timezone import localdate

from cchc.dossiers.models import (
    ActualCompletion,
    Advice,
    Appointment,
    ArchiveRecord,
    Component,
    Correction,
    Dossier,
    DossierEvent,
    PauseRecord,
    StepInstance,
)
from cchc.dossiers.queries.advice import named_advice
from cchc.dossiers.queries.archive import archive_records, corrections_of
from cchc.dossiers.queries.bodies import offices_of
from cchc.dossiers.queries.filing import PAPER, files_of
from cchc.dossiers.queries.scope import is_visible
from cchc.files.models import Citation
from cchc.interface.errors import current_language
from cchc.interface.prepared import Prepared
from cchc.interface.together import Reads
from cchc.organizations.models import Ancestry, Official, Posting, RoleGrant, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse

_RELATED = ("unit", "settling_unit", "procedure_version__procedure", "earlier_reception", "slip")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a page of a dossier reads beside it."""

    steps: Sequence[StepInstance]
    events: Sequence[DossierEvent]
    components: Sequence[Component]
    pauses: Sequence[PauseRecord]
    appointments: Sequence[Appointment]
    claims: Sequence[ActualCompletion]
    advice: Sequence[Advice]
    corrections: Sequence[Correction]
    laid: Sequence[ArchiveRecord]
    files: Sequence[Citation]

    @property
    def papers(self) -> list[tuple[Component, int]]:
        """Each with how many files there are of it."""
        held = Counter(one.subject_id for one in self.files if one.subject_type == PAPER and one.ended_at is None)
        return [(one, held[str(one.pk)]) for one in self.components]


def get_dossier(viewer: Viewer, number: int) -> Dossier:
    """With its units, by their names of today, and its procedure. Raises `dossiers.dossier_not_found`."""
    dossier = _DOSSIER.one(current_language(), number=number, day=viewer.day)
    if dossier is None or not is_visible(viewer, dossier):
        raise refuse("dossiers.dossier_not_found")
    return dossier


def get_step(viewer: Viewer, number: int) -> StepInstance:
    """With its dossier. Raises `dossiers.step_not_found`, `dossiers.dossier_not_found`."""
    step = _STEP.one(current_language(), number=number, day=viewer.day)
    if step is None:
        raise refuse("dossiers.step_not_found")
    step.dossier.unit_name, step.dossier.settling_name = step.unit_name, step.settling_name
    if not is_visible(viewer, step.dossier):
        raise refuse("dossiers.dossier_not_found")
    return step


def _named_dossier(_language: str, number: int, day: date) -> QuerySet[Dossier]:
    names = {"unit_name": name_on(day, "unit"), "settling_name": name_on(day, "settling_unit")}
    return Dossier.objects.filter(pk=number).annotate(**names).select_related(*_RELATED).order_by("pk")


def _named_step(_language: str, number: int, day: date) -> QuerySet[StepInstance]:
    names = {"unit_name": name_on(day, "dossier__unit"), "settling_name": name_on(day, "dossier__settling_unit")}
    related = ("unit", "holder", *(f"dossier__{one}" for one in _RELATED))
    return StepInstance.objects.filter(pk=number).annotate(**names).select_related(*related).order_by("pk")


_DOSSIER: Final = Prepared(_named_dossier, number=int, day=date)
_STEP: Final = Prepared(_named_step, number=int, day=date)


def parts_of(dossier: Dossier) -> Reads[Parts]:
    """Ten reads, asked in one question."""
    steps = StepInstance.objects.filter(dossier=dossier).select_related("holder", "unit").order_by("place", "turn")
    events = DossierEvent.objects.filter(dossier=dossier).select_related("by", "holder", "step").order_by("-pk")
    components = Component.objects.filter(dossier=dossier).select_related("reused_from__dossier").order_by("place")
    pauses = PauseRecord.objects.filter(dossier=dossier).select_related("begun_by").order_by("begun_at", "pk")
    appointments = Appointment.objects.filter(dossier=dossier).select_related("made_by").order_by("made_at", "pk")
    claims = ActualCompletion.objects.filter(step__dossier=dossier).select_related("claimed_by").order_by("pk")
    advice = named_advice(localdate()).filter(step__dossier=dossier).order_by("pk")
    needed = [
        steps,
        events,
        components,
        pauses,
        appointments,
        claims,
        advice,
        corrections_of(dossier),
        archive_records(dossier),
        files_of(dossier),
    ]
    return Reads(needed, lambda: Parts(*(list(read) for read in needed)))


def fit_for(step: StepInstance, viewer: Viewer) -> list[Official]:
    """Who may be given a step: those who hold its role in its unit or an office of it, by name."""
    held = RoleGrant.objects.on(viewer.day).filter(unit__in=offices_of(step.unit, viewer.day), role=step.role)
    works = Posting.objects.on(viewer.day).order_by().values("official")
    fit = Official.objects.filter(pk__in=held.order_by().values("official"))
    return list(fit.filter(pk__in=works).order_by("name", "pk"))


def units_received_at(viewer: Viewer, *roles: str) -> list[Unit]:
    """Units at whose counter the viewer may receive, those they work in first, each with its `name`."""
    named = Unit.objects.annotate(name=name_on(viewer.day, "pk")).filter(name__isnull=False)
    held = Ancestry.objects.filter(during(viewer.day), viewer.units_held(*roles)).order_by().values("descendant")
    found = named.filter(pk__in=held)
    return sorted(found.order_by("pk")[:200], key=lambda unit: (unit.pk not in viewer.postings, unit.name, unit.pk))
