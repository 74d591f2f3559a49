"""Whose history may be read: dossiers, with their steps and what lies beside them. The right is that over the unit that
received or settles one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from cchc.dossiers.models import (
    ActualCompletion,
    Advice,
    CodeSeries,
    Dossier,
    EarlierReception,
    Escalation,
    IntakeBatch,
    IntakeRow,
    PaperVolume,
    ProgressReport,
    Reminder,
    StepInstance,
    UnitTarget,
)
from cchc.interface.access import Verdict
from cchc.interface.hosting.audited import Audited
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Unit
from cchc.organizations.permissions import may_read_audit
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText


def _may_read(viewer: Viewer, dossier: Dossier) -> Verdict:
    return may_read_audit(viewer, dossier.unit) or may_read_audit(viewer, dossier.settling_unit)


def _codes(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """What they are called."""
    return made_of(Dossier.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "code"), dict)


def _parts(dossier: Dossier) -> Sequence[QuerySet[Any]]:
    return (
        StepInstance.objects.filter(dossier=dossier),
        ActualCompletion.objects.filter(step__dossier=dossier),
        Advice.objects.filter(step__dossier=dossier),
        ProgressReport.objects.filter(dossier=dossier),
        EarlierReception.objects.filter(dossier=dossier),
        Reminder.objects.filter(step__dossier=dossier),
        Escalation.objects.filter(dossier=dossier),
    )


dossier = Audited(
    Dossier,
    LocalText("Hồ sơ", "Dossier"),
    _codes,
    lambda one: reverse("dossiers:dossier", args=[one.pk]),
    _may_read,
    _parts,
    related=("unit", "settling_unit"),
)


def OF_UNITS(units: QuerySet[Unit], day: date) -> Iterable[QuerySet[Any]]:  # noqa: N802 - the name that the host looks for
    """Dossiers that these units received or settle, with their steps; the series of their codes; what came on paper;
    targets.
    """
    found = Dossier.objects.filter(Q(unit__in=units) | Q(settling_unit__in=units))
    keys = found.values("pk")
    return (
        found,
        StepInstance.objects.filter(dossier__in=keys),
        ActualCompletion.objects.filter(step__dossier__in=keys),
        Advice.objects.filter(step__dossier__in=keys),
        ProgressReport.objects.filter(dossier__in=keys),
        Reminder.objects.filter(step__dossier__in=keys),
        Escalation.objects.filter(dossier__in=keys),
        CodeSeries.objects.filter(unit__in=units),
        IntakeBatch.objects.filter(unit__in=units),
        IntakeRow.objects.filter(batch__unit__in=units),
        EarlierReception.objects.filter(dossier__in=keys),
        PaperVolume.objects.filter(unit__in=units),
        UnitTarget.objects.filter(unit__in=units),
    )
