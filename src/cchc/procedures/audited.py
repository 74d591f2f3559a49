"""Whose history may be read: procedures with their versions. The right is that over the keeper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cchc.followups.addresses import shortened
from cchc.interface.access import Verdict
from cchc.interface.hosting.audited import Audited
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Unit
from cchc.organizations.permissions import may_read_audit
from cchc.organizations.viewers import Viewer
from cchc.procedures.addresses import to_procedure, to_version
from cchc.procedures.models import CatalogueImport, Procedure, ProcedureVersion, Publication, Review
from cchc.records.dates import format_date
from cchc.records.text import LocalText

_LONGEST = 120


def _may_read_procedure(viewer: Viewer, procedure: Procedure) -> Verdict:
    return may_read_audit(viewer, procedure.keeper)


def _may_read_version(viewer: Viewer, version: ProcedureVersion) -> Verdict:
    return may_read_audit(viewer, version.procedure.keeper)


def _procedures(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """Their codes and names."""
    found = Procedure.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "code", "name_vi")
    return made_of(found, lambda rows: {key: shortened(f"{code} {name}", _LONGEST) for key, code, name in rows})


def _versions(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """The code of the procedure and their first days."""
    found = ProcedureVersion.objects.filter(pk__in=list(keys)).order_by("pk")
    rows = found.values_list("pk", "procedure__code", "starts_on")
    return made_of(rows, lambda rows: {key: f"{code}, {format_date(day)}" for key, code, day in rows})


def _parts(procedure: Procedure) -> Sequence[QuerySet[Any]]:
    versions = ProcedureVersion.objects.filter(procedure=procedure)
    lines = Publication.objects.filter(version__in=versions.order_by().values("pk"))
    return (versions, lines, Review.objects.filter(procedure=procedure))


procedure = Audited(
    Procedure,
    LocalText("Thủ tục hành chính", "Procedure"),
    _procedures,
    to_procedure,
    _may_read_procedure,
    _parts,
    related=("keeper",),
)
version = Audited(
    ProcedureVersion,
    LocalText("Phiên bản thủ tục", "Version of a procedure"),
    _versions,
    to_version,
    _may_read_version,
    related=("procedure__keeper",),
)


def OF_UNITS(units: QuerySet[Unit], day: date) -> Iterable[QuerySet[Any]]:  # noqa: N802 - the name that the host looks for
    """Catalogues that these units keep."""
    kept = Procedure.objects.filter(keeper__in=units)
    versions = ProcedureVersion.objects.filter(procedure__in=kept.values("pk"))
    return (kept, versions, CatalogueImport.objects.filter(keeper__in=units))
