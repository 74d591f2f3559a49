"""Scoring rounds as what tasks belong to: what is weak is followed up there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from django.urls import reverse

from cchc.assessments.models import Round
from cchc.followups.subjects import TaskSubject
from cchc.interface.shapes import Link
from cchc.records.text import LocalText


def _links(ids: Collection[str]) -> Mapping[str, Link]:
    found = Round.objects.filter(pk__in=[int(id_) for id_ in ids]).order_by("pk")
    return {str(one.pk): Link(f"{one.title} {one.year}", reverse("assessments:round", args=[one.pk])) for one in found}


SUBJECTS: Final[Mapping[str, TaskSubject]] = {
    "assessments.Round": TaskSubject(LocalText("Đợt chấm điểm", "Scoring round"), _links),
}
