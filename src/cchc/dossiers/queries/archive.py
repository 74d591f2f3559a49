"""Dossiers to be archived, and those that were."""

from __future__ import annotations

from typing import Final

from django.db.models import OuterRef, QuerySet, Subquery

from cchc.dossiers.models import ArchiveRecord, Correction, Dossier
from cchc.dossiers.permissions import RECEIVERS
from cchc.dossiers.states import DOSSIER
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer

TO_ARCHIVE: Final = "can-luu"
ARCHIVED: Final = "da-luu"


def find_over(viewer: Viewer, which: str) -> QuerySet[Dossier]:
    """Those over at counters where the viewer receives: to be archived, the oldest first; or archived, the newest
    first, each with `place`, `keep_until` and `retention_class`.
    """
    here = within(viewer.units_held(*RECEIVERS), viewer.day, "unit")
    found = Dossier.objects.filter(here, state__in=DOSSIER.final).select_related("procedure_version__procedure")
    if which == TO_ARCHIVE:
        return found.filter(archived_at=None).order_by("pk")
    newest = ArchiveRecord.objects.filter(dossier=OuterRef("pk")).order_by("-pk")
    columns = {name: Subquery(newest.values(name)[:1]) for name in ("place", "keep_until", "retention_class")}
    return found.filter(archived_at__isnull=False).annotate(**columns).order_by("-pk")


def over_after(found: QuerySet[Dossier], last: Dossier | None) -> QuerySet[Dossier]:
    """What follows one of them, in the order in which they stand."""
    if last is None:
        return found
    return found.filter(pk__gt=last.pk) if last.archived_at is None else found.filter(pk__lt=last.pk)


def archive_records(dossier: Dossier) -> QuerySet[ArchiveRecord]:
    """Where it lies, the newest first, then where it lay."""
    return ArchiveRecord.objects.filter(dossier=dossier).select_related("laid_by").order_by("-pk")


def corrections_of(dossier: Dossier) -> QuerySet[Correction]:
    """In their order."""
    return Correction.objects.filter(dossier=dossier).select_related("corrected_by").order_by("pk")
