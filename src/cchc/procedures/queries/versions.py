"""Versions: the one that holds on a day, all of a procedure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db.models import QuerySet

from cchc.organizations.models import Unit
from cchc.organizations.viewers import Viewer
from cchc.papers.models import LegalBasis
from cchc.procedures.models import Procedure, ProcedureVersion
from cchc.procedures.queries.scope import visible_versions
from cchc.procedures.states import PUBLISHED
from cchc.procedures.versions import Version
from cchc.records.errors import refuse
from cchc.records.text import LocalText
from cchc.records.timelines import Dated

_NUMBER: Final = re.compile(r"\d+(?:/\d+)?[/-][A-ZĐ][A-ZĐ0-9-]*")


def version_on(procedure: Procedure, day: date) -> Dated[Version]:
    """What holds for it on that day, typed, for planning. Raises `records.not_in_force`."""
    return kept_version_on(procedure, day).dated


def kept_version_on(procedure: Procedure, day: date) -> ProcedureVersion:
    """The same as the record that others refer to. One query. Raises `records.not_in_force`."""
    found = versions_held(procedure.code, day).first()
    if found is None:
        name = procedure.name
        titled = LocalText(f"{procedure.code} {name.vi}", f"{procedure.code} {name.in_language('en')}")
        raise refuse("records.not_in_force", what=titled, day=day)
    return found


def versions_held(code: str, day: date) -> QuerySet[ProcedureVersion]:
    """The one that holds on that day for the procedure of that code, or none; to be read together with others."""
    return ProcedureVersion.objects.on(day).filter(procedure__code=code, state=PUBLISHED).order_by("pk")


def versions_of(viewer: Viewer, procedure: Procedure) -> QuerySet[ProcedureVersion]:
    """Those that the viewer may see, the newest first, each with who wrote it."""
    found = visible_versions(viewer).filter(procedure=procedure)
    return found.select_related("drafted_by", "published_by", "withdrawn_by").order_by("-starts_on", "-pk")


def before_of(version: ProcedureVersion) -> ProcedureVersion | None:
    """The published version that began last before this one. One query."""
    earlier = ProcedureVersion.objects.filter(
        procedure=version.procedure_id, state=PUBLISHED, starts_on__lt=version.starts_on
    )
    return earlier.order_by("-starts_on").first()


def versions_to_take(found: QuerySet[Procedure]) -> QuerySet[ProcedureVersion]:
    """The versions that hold of procedures as `find_procedures` answers them, in that order."""
    keys = found.order_by().values("holding")
    versions = ProcedureVersion.objects.filter(pk__in=keys).select_related("procedure")
    return versions.order_by("procedure__field_key", "procedure__code")


def kept_versions(keeper: Unit, day: date) -> QuerySet[ProcedureVersion]:
    """Published versions of a unit's catalogue that hold on that day or will, each with its procedure."""
    found = ProcedureVersion.objects.not_over(day).filter(procedure__keeper=keeper, state=PUBLISHED)
    return found.select_related("procedure").order_by("procedure__field_key", "procedure__code", "starts_on")


def newest_of(procedure: Procedure) -> ProcedureVersion | None:
    """The published version that begins last. One query."""
    published = ProcedureVersion.objects.filter(procedure=procedure, state=PUBLISHED)
    return published.order_by("-starts_on").first()


def versions_by_key(keys: Iterable[int | None]) -> dict[int, ProcedureVersion]:
    """Published ones. One query, none for no keys."""
    wanted = {key for key in keys if key is not None}
    if not wanted:
        return {}
    return {one.pk: one for one in ProcedureVersion.objects.filter(pk__in=wanted, state=PUBLISHED).order_by("pk")}


def bases_named(texts: Iterable[str]) -> dict[str, LegalBasis]:
    """For each of these texts the basis of the library whose number stands in it, the newest first. One query, none
    where no number stands.
    """
    numbers = {text: set(_NUMBER.findall(text)) for text in texts}
    wanted = set[str]().union(*numbers.values())
    if not wanted:
        return {}
    known = list(LegalBasis.objects.filter(number__in=wanted).order_by("-starts_on", "-pk"))
    meant = {text: next((one for one in known if one.number in found), None) for text, found in numbers.items()}
    return {text: one for text, one in meant.items() if one is not None}


def get_version(viewer: Viewer, number: int) -> ProcedureVersion:
    """With its procedure and keeper. Raises `procedures.version_not_found`."""
    related = ("procedure__keeper", "procedure__settled_by", "drafted_by", "published_by", "withdrawn_by")
    found = visible_versions(viewer).select_related(*related).filter(pk=number).first()
    if found is None:
        raise refuse("procedures.version_not_found")
    return found
