"""Procedures: one, the catalogue with its filters, those that a unit receives on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from cchc.organizations.kinds import kind_of
from cchc.organizations.models import Ancestry, Placement, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.viewers import Viewer
from cchc.procedures.models import Procedure, ProcedureVersion
from cchc.procedures.queries.scope import visible_procedures
from cchc.procedures.states import PUBLISHED
from cchc.records.errors import refuse
from cchc.records.search import fold


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands on a day: those it stands under, itself first; the first of them that has a level of its
    own, as an office or a one-stop has none; and that level.
    """

    units: tuple[int, ...]
    body: int | None
    level: str | None


def get_procedure(viewer: Viewer, code: str) -> Procedure:
    """With its keeper and the unit that settles it. Raises `procedures.procedure_not_found`."""
    found = visible_procedures(viewer).select_related("keeper", "settled_by").filter(code=code).first()
    if found is None:
        raise refuse("procedures.procedure_not_found")
    return found


def procedures_in_force(viewer: Viewer, unit: Unit, day: date) -> QuerySet[Procedure]:
    """What may be received at a unit on that day: of the catalogues kept by it and above it, what units of its level
    carry out, and what it or a unit above it settles alone, with a version that holds. By code. One query to know
    where the unit stands, one for the list.
    """
    standing = standing_of(unit, day)
    received = Q(level=standing.level) | Q(settled_by__in=standing.units)
    found = visible_procedures(viewer).filter(received, Exists(_holding(day).order_by()), keeper__in=standing.units)
    return found.select_related("settled_by").order_by("code")


def settling_unit(procedure: Procedure, unit: Unit, day: date) -> Unit:
    """Who settles what is received at a unit: the one that settles the procedure alone, else the body to which the unit
    belongs.
    """
    if procedure.settled_by is not None:
        return procedure.settled_by
    body = standing_of(unit, day).body
    return unit if body in {None, unit.pk} else Unit.objects.get(pk=body)


def with_words(found: QuerySet[Procedure], text: str) -> QuerySet[Procedure]:
    """Those with all of these words in code, name or field, without regard to tone marks."""
    for word in fold(text).split():
        found = found.filter(search_key__contains=word)
    return found


def standing_of(unit: Unit, day: date) -> Standing:
    """One query. Where the unit is not there that day it stands under nothing."""
    kind = Placement.objects.filter(during(day), unit=OuterRef("ancestor")).order_by().values("kind")[:1]
    links = Ancestry.objects.filter(during(day), descendant=unit).annotate(kind=Subquery(kind))
    above: Mapping[int, str] = dict(links.order_by("depth").values_list("ancestor", "kind"))
    with_level = ((key, kind_of(id_).level) for key, id_ in above.items())
    body, level = next(((key, level) for key, level in with_level if level is not None), (None, None))
    return Standing(tuple(above) or (unit.pk,), body, level)


def _holding(day: date) -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.filter(during(day), procedure=OuterRef("pk"), state=PUBLISHED)
