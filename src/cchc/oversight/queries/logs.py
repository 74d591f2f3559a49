"""Sources of logs, the logs handed in for them, the names in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cchc.interface.models import Job
from cchc.interface.together import Reads, made_of
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer
from cchc.oversight.models import DelayLoad, DelaySource, LogImport, Meant, SourceKind, SourceName
from cchc.oversight.permissions_logs import KEEPERS
from cchc.records.errors import refuse

PAGE_SIZE: Final = 50


def visible_sources(viewer: Viewer) -> QuerySet[DelaySource]:
    """The sources of logs that the viewer keeps, the newest first; each with the names that nobody decided about
    (`open_names`).
    """
    kept = DelaySource.objects.filter(within(viewer.units_held(*KEEPERS), viewer.day), kind=SourceKind.LOG)
    names = Count("names", filter=Q(names__meant=Meant.OPEN))
    return kept.select_related("unit").annotate(open_names=names).order_by("-pk")


def get_source(number: int) -> DelaySource:
    """Raises `oversight.source_not_found`."""
    found = DelaySource.objects.filter(pk=number, kind=SourceKind.LOG).select_related("unit").order_by("pk").first()
    if found is None:
        raise refuse("oversight.source_not_found")
    return found


def last_loads(sources: Iterable[DelaySource]) -> QuerySet[DelayLoad]:
    """The newest finished load of each."""
    later = DelayLoad.objects.filter(source=OuterRef("source"), pk__gt=OuterRef("pk"), finished_at__isnull=False)
    found = DelayLoad.objects.filter(~Exists(later), source__in=list(sources), finished_at__isnull=False)
    return found.order_by("pk")


def logs_of(source: DelaySource) -> QuerySet[LogImport]:
    """The newest first, each with its file and what was loaded."""
    return source.imports.select_related("file", "load", "handed_in_by").defer("looked", "tried").order_by("-pk")


def get_log(number: int) -> LogImport:
    """With its source, file and load. Raises `oversight.log_not_found`."""
    related = ("source__unit", "file__blob", "load", "handed_in_by")
    found = LogImport.objects.filter(pk=number).select_related(*related).order_by("pk").first()
    if found is None:
        raise refuse("oversight.log_not_found")
    return found


def job_of(made: LogImport) -> Job | None:
    """The work at hand, or the last."""
    return Job.objects.filter(pk=made.job).select_related("lease").order_by("pk").first()


def names_of(source: DelaySource, which: str) -> QuerySet[SourceName]:
    """Those of one decision, those that cost most first."""
    found = source.names.filter(meant=which).select_related("official", "unit", "decided_by")
    return found.order_by("-late_minutes", "-steps", "pk")


def counting_names(source: DelaySource) -> Reads[Mapping[str, int]]:
    """How many there are of each decision."""
    found = source.names.order_by("meant").values("meant").annotate(number=Count("pk"))
    return made_of(found, lambda rows: {row["meant"]: row["number"] for row in rows})


def get_name(number: int) -> SourceName:
    """Raises `oversight.name_not_found`."""
    found = SourceName.objects.filter(pk=number).select_related("source__unit", "official", "unit").order_by("pk")
    if (name := found.first()) is None:
        raise refuse("oversight.name_not_found")
    return name
