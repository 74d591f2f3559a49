"""The library: what there is, what a unit may choose from, and what is doubtful about the bases of a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from cchc.organizations.models import Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import ancestors_of, name_on
from cchc.papers.models import BasesImport, CitedBasis, LegalBasis, Paper
from cchc.records.errors import Message, refuse
from cchc.records.search import fold


@dataclass(frozen=True, slots=True)
class BasisSearch:
    """What is sought: words without regard to tone marks, a kind, in force on the day or not (None: either)."""

    text: str = ""
    kind: str = ""
    in_force: bool | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to know about a basis before it is cited on a day; `is_out_of_force` is the grave kind."""

    basis: LegalBasis
    what: Message
    is_out_of_force: bool


def get_basis(number: int) -> LegalBasis:
    """Raises `papers.basis_not_found`."""
    found = LegalBasis.objects.select_related("unit", "replaced_by").filter(pk=number).first()
    if found is None:
        raise refuse("papers.basis_not_found")
    return found


def keeper_name(basis: LegalBasis, day: date) -> str:
    """What the unit that keeps it is called on that day."""
    return Unit.objects.filter(pk=basis.unit_id).values_list(name_on(day, "pk"), flat=True).get() or basis.unit.code


def search_bases(asked: BasisSearch, day: date) -> QuerySet[LegalBasis]:
    """The library in the order of force and number, each with its unit and what replaces it."""
    found = LegalBasis.objects.select_related("unit", "replaced_by").order_by("sort_key", "pk")
    for word in fold(asked.text).split():
        found = found.filter(search_key__contains=word)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.in_force is not None:
        found = found.filter(during(day)) if asked.in_force else found.exclude(during(day))
    return found


def after(found: QuerySet[LegalBasis], last: LegalBasis | None) -> QuerySet[LegalBasis]:
    """The rest of the library behind `last`, by its key."""
    if last is None:
        return found
    return found.filter(Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, pk__gt=last.pk))


def bases_for(unit: Unit, day: date) -> QuerySet[LegalBasis]:
    """What a unit may cite: the bases kept by itself and the units above it."""
    above = ancestors_of(unit.pk, day) | {unit.pk}
    found = LegalBasis.objects.filter(unit__in=above).select_related("replaced_by")
    return found.order_by("sort_key", "pk")


def kept_by(unit: Unit) -> QuerySet[LegalBasis]:
    """The library of the unit itself, each with what replaces it."""
    return LegalBasis.objects.filter(unit=unit).select_related("replaced_by").order_by("sort_key", "pk")


def get_bases_import(number: int) -> BasesImport:
    """With its unit. Raises `papers.import_not_found`."""
    made = BasesImport.objects.select_related("unit").filter(pk=number).first()
    if made is None:
        raise refuse("papers.import_not_found")
    return made


def require_citable(bases: Sequence[LegalBasis], unit: Unit, day: date) -> None:
    """Raise unless all stand in the library of the unit or of one above it. The code is `papers.basis_not_citable`."""
    if not bases:
        return
    above = ancestors_of(unit.pk, day) | {unit.pk}
    if foreign := tuple(basis.name for basis in bases if basis.unit_id not in above):
        raise refuse("papers.basis_not_citable", names=foreign)


def cited_by(paper: Paper) -> list[LegalBasis]:
    """The bases of a paper in their order. One query for a paper as it was read, however often they are asked for."""
    ordered = CitedBasis.objects.select_related("basis__replaced_by").order_by("place")
    prefetch_related_objects([paper], Prefetch("cited_bases", ordered))
    return [one.basis for one in paper.cited_bases.all()]


def bases_of(paper: Paper) -> QuerySet[LegalBasis]:
    """The same, to be read with others."""
    return LegalBasis.objects.filter(cited_by__paper=paper).order_by("cited_by__place")


def citations_of(paper: Paper) -> list[str]:
    """The same in the words of a citation."""
    return [basis.citation for basis in cited_by(paper)]


def doubts_about(paper: Paper, day: date) -> list[Doubt]:
    """What is wrong with the paper's bases on that day: no longer or not yet in force, replaced, not verified."""
    return [doubt for basis in cited_by(paper) for doubt in doubts(basis, day)]


def doubts(basis: LegalBasis, day: date) -> list[Doubt]:
    """All that is doubtful about one basis on a day."""
    found = []
    if basis.ends_on is not None and basis.ends_on < day:
        by = None if basis.replaced_by is None else basis.replaced_by.name
        code = "papers.basis_expired" if by is None else "papers.basis_expired_replaced"
        found.append(Doubt(basis, Message(code, {"name": basis.name, "day": basis.ends_on, "by": by}), True))
    elif basis.starts_on > day:
        not_yet = Message("papers.basis_not_yet", {"name": basis.name, "day": basis.starts_on})
        found.append(Doubt(basis, not_yet, True))
    if not basis.verified:
        found.append(Doubt(basis, Message("papers.basis_unverified", {"name": basis.name}), False))
    return found
