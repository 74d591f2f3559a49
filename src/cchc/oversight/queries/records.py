"""What an official had in a month, and what was claimed with evidence about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from cchc.dossiers.models import ActualCompletion
from cchc.organizations.models import Official, Unit
from cchc.oversight.models import KeptSpell
from cchc.oversight.records import Record


def spells_of(official: Official, unit: Unit, month: date) -> QuerySet[KeptSpell]:
    """All of a month in exactly that unit, by dossier. One query."""
    found = KeptSpell.objects.filter(official=official, unit=unit, month=month)
    return found.select_related("dossier").order_by("dossier", "place")


def evidence_for(record: Record, official: Official) -> Mapping[int, list[ActualCompletion]]:
    """By dossier of our own: when steps that the official had were really done, as was claimed. One query."""
    own = [line.dossier.own_id for line in record.lines if line.dossier.own_id is not None]
    found = ActualCompletion.objects.filter(step__dossier__in=own, step__holder=official)
    claims: dict[int, list[ActualCompletion]] = {}
    for claim in found.select_related("step").order_by("pk"):
        claims.setdefault(claim.step.dossier_id, []).append(claim)
    return claims
