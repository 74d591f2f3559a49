"""Reports that wait, that left, that failed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from cchc.dossiers.models import ProgressReport
from cchc.dossiers.states_sync import FAILED, QUEUED, SENT
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse

HEAD: Final = "one_stop_head"
_RELATED: Final = ("dossier__unit", "dossier__procedure_version__procedure")


def to_export(since: datetime | None) -> Sequence[ProgressReport]:
    """What waits; with `since` also what left from then on, once more. In the order in which it happened."""
    wanted = Q(status=QUEUED)
    if since is not None:
        wanted |= Q(status=SENT, sent_at__gte=since)
    return list(ProgressReport.objects.filter(wanted).select_related(*_RELATED).order_by("pk"))


def failures(viewer: Viewer) -> QuerySet[ProgressReport]:
    """What the receiver refused, of one-stops of which the viewer is in charge, the longest waiting first."""
    here = within(viewer.units_held(HEAD), viewer.day, "dossier__unit")
    return ProgressReport.objects.filter(here, status=FAILED).select_related(*_RELATED).order_by("pk")


def failures_after(found: QuerySet[ProgressReport], last: ProgressReport | None) -> QuerySet[ProgressReport]:
    """What follows one of them."""
    return found if last is None else found.filter(pk__gt=last.pk)


def get_report(number: int) -> ProgressReport:
    """Raises `dossiers.report_not_found`."""
    found = ProgressReport.objects.select_related(*_RELATED).filter(pk=number).order_by("pk").first()
    if found is None:
        raise refuse("dossiers.report_not_found")
    return found


def known_reports(ids: Collection[tuple[str, int]]) -> Mapping[tuple[str, int], int]:
    """Keys of reports by the code of their dossier and their number. One query for each 500 dossiers."""
    codes, found = sorted({code for code, _ in ids}), dict[tuple[str, int], int]()
    for start in range(0, len(codes), 500):
        rows = ProgressReport.objects.filter(dossier__code__in=codes[start : start + 500]).order_by("pk")
        found |= {(code, number): key for key, code, number in rows.values_list("pk", "dossier__code", "number")}
    return {one: found[one] for one in ids if one in found}
