"""Versions: the one that holds on a day, all of a procedure."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from cchc.organizations.viewers import Viewer
from cchc.procedures.models import Procedure, ProcedureVersion
from cchc.procedures.queries.scope import visible_versions
from cchc.procedures.states import PUBLISHED
from cchc.procedures.versions import Version
from cchc.records.errors import refuse
from cchc.records.text import LocalText
from cchc.records.timelines import Dated


def version_on(procedure: Procedure, day: date) -> Dated[Version]:
    """What holds for it on that day, typed, for planning. Raises `records.not_in_force`."""
    return kept_version_on(procedure, day).dated


def kept_version_on(procedure: Procedure, day: date) -> ProcedureVersion:
    """The same as the record that others refer to. One query. Raises `records.not_in_force`."""
    published = ProcedureVersion.objects.on(day).filter(procedure=procedure, state=PUBLISHED)
    found = published.order_by("pk").first()
    if found is None:
        name = procedure.name
        titled = LocalText(f"{procedure.code} {name.vi}", f"{procedure.code} {name.in_language('en')}")
        raise refuse("records.not_in_force", what=titled, day=day)
    return found


def versions_of(viewer: Viewer, procedure: Procedure) -> QuerySet[ProcedureVersion]:
    """Those that the viewer may see, the newest first, each with who wrote it."""
    found = visible_versions(viewer).filter(procedure=procedure)
    return found.select_related("drafted_by", "published_by", "withdrawn_by").order_by("-starts_on", "-pk")


def get_version(viewer: Viewer, number: int) -> ProcedureVersion:
    """With its procedure and keeper. Raises `procedures.version_not_found`."""
    related = ("procedure__keeper", "procedure__settled_by", "drafted_by", "published_by", "withdrawn_by")
    found = visible_versions(viewer).select_related(*related).filter(pk=number).first()
    if found is None:
        raise refuse("procedures.version_not_found")
    return found
