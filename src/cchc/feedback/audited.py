"""Whose history may be read: forms handed out. That of a rating is closed to everybody: it would lead from what an
owner answered to the dossier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from cchc.feedback.models import RatingHandOut
from cchc.interface.access import Verdict
from cchc.interface.hosting.audited import Audited
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Unit
from cchc.organizations.permissions import may_read_audit
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText


def _may_read(viewer: Viewer, handed_out: RatingHandOut) -> Verdict:
    dossier = handed_out.dossier
    return may_read_audit(viewer, dossier.unit) or may_read_audit(viewer, dossier.settling_unit)


def _codes(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """By the codes of their dossiers."""
    found = RatingHandOut.objects.filter(pk__in=list(keys)).order_by("pk")
    return made_of(found.values_list("pk", "dossier__code"), dict)


hand_out = Audited(
    RatingHandOut,
    LocalText("Phiếu đánh giá đã phát", "Rating form handed out"),
    _codes,
    lambda one: reverse("dossiers:dossier", args=[one.dossier_id]),
    _may_read,
    related=("dossier__unit", "dossier__settling_unit"),
)


def OF_UNITS(units: QuerySet[Unit], day: date) -> Iterable[QuerySet[Any]]:  # noqa: N802 - the name that the host looks for
    """Forms of dossiers that these units received or settle."""
    return (RatingHandOut.objects.filter(Q(dossier__unit__in=units) | Q(dossier__settling_unit__in=units)),)
