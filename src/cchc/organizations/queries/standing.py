"""What the database says of somebody's roles, duties and postings on a day, and of those of whom they act for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Value

from cchc.audit.actors import Capacity
from cchc.interface.prepared import Prepared
from cchc.interface.together import read_together
from cchc.organizations.models import Ancestry, Assignment, Delegation, Official, Placement, Posting, RoleGrant
from cchc.organizations.models.dated import during
from cchc.organizations.queries.people import capacities


@dataclass(frozen=True, slots=True)
class Hold:
    """A role over a unit, and over what stands under it if `covers_subtree`."""

    role: str
    unit: int
    covers_subtree: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What the database says of the acting one's roles and duties, and of both persons' postings."""

    holds: tuple[Hold, ...]
    duties: frozenset[tuple[str, str, str]]
    postings: frozenset[int]
    capacities: Mapping[int, Capacity]
    above: Mapping[int, frozenset[int]]


def _standing_rows(people: Q, day: date) -> QuerySet[Any, Any]:
    """Of these people four tables as rows of one shape (what, key, whose, unit, flag, three texts), of which the last
    says what stands above (unit) each unit (key) of the postings and roles.
    """
    name = Placement.objects.filter(during(day), unit=OuterRef("unit")).values("name_vi")[:1]
    grants = RoleGrant.objects.on(day).filter(people)
    duties = Assignment.objects.on(day).filter(people)
    postings = Posting.objects.on(day).filter(people)
    left = Posting.objects.filter(people, ends_on__lt=day)
    return _shaped(grants, "grant", "unit_id", "covers_subtree", "role", Value("")).union(
        _shaped(duties, "duty", Value(0, BigIntegerField()), Value(False), "subject_type", "subject_id", "duty"),
        _shaped(postings, "posting", "unit_id", "is_main", "post", Subquery(name)),
        _shaped(left, "left", "unit_id", "is_main", Value(""), Value("")),
        _links_of(grants.order_by().values("unit_id"), postings.order_by().values("unit_id"), day),
        all=True,
    )


def standing_of(rows: Iterable[tuple[Any, ...]], acting: Official) -> Standing:
    """Roles and duties of the acting one, who holds none of those that nobody has withdrawn yet after having left."""
    found: dict[str, list[Any]] = {"grant": [], "duty": [], "posting": [], "left": [], "above": []}
    for what, *row in sorted(rows, key=lambda row: (row[0], row[1])):
        if what in {"posting", "above"} or row[1] == acting.pk:
            found[what].append(row)
    if found["left"] and all(whose != acting.pk for _, whose, *_ in found["posting"]):
        found["grant"], found["duty"] = [], []
    above = defaultdict[int, set[int]](set)
    for unit, _, ancestor, *_ in found["above"]:
        above[unit].add(ancestor)
    known = {row[2] for what in ("grant", "posting") for row in found[what]}
    return Standing(
        tuple(Hold(role, unit, covers) for _, _, unit, covers, role, *_ in found["grant"]),
        frozenset((duty, subject, key) for *_, subject, key, duty in found["duty"]),
        frozenset(unit for _, _, unit, *_ in found["posting"]),
        capacities((whose, is_main, post, name) for _, whose, _, is_main, post, name, _ in found["posting"]),
        {unit: frozenset(above.get(unit, ())) for unit in known},
    )


def _shaped(rows: QuerySet[Any], what: str, unit: Any, flag: Any, first: Any, second: Any, name: Any = None) -> Any:
    columns = {"unit_": unit, "flag_": flag, "first_": first, "second_": second, "name_": name or Value("")}
    said = {key: F(value) if isinstance(value, str) else value for key, value in columns.items()}
    return rows.order_by().annotate(what_=Value(what), **said).values_list("what_", "pk", "official_id", *said)


def _links_of(granted: QuerySet[Any, Any], posted: QuerySet[Any, Any], day: date) -> QuerySet[Any, Any]:
    links = Ancestry.objects.filter(Q(descendant__in=granted) | Q(descendant__in=posted), during(day))
    shape = {"flag_": Value(False), "first_": Value(""), "second_": Value(""), "name_": Value("")}
    named = links.order_by().annotate(what_=Value("above"), whose_=Value(0, BigIntegerField()), **shape)
    return named.values_list("what_", "descendant_id", "whose_", "ancestor_id", *shape)


def _delegations(official: int, code: str, day: date) -> QuerySet[Delegation]:
    held = Delegation.objects.on(day).filter(deputy=official, principal__code=code)
    return held.select_related("principal").order_by("pk")


def _standing_of_both(official: int, code: str, day: date) -> QuerySet[Any, Any]:
    principal = _delegations(official, code, day).order_by().values("principal")
    return _standing_rows(Q(official=official) | Q(official__in=principal), day)


_STANDING_OF_ONE: Final = Prepared(
    lambda official, day: _standing_rows(Q(official=official), day), official=int, day=date
)
_STANDING_OF_BOTH: Final = Prepared(_standing_of_both, official=int, code=str, day=date)
_DELEGATED: Final = Prepared(_delegations, official=int, code=str, day=date)


def read_standing(official: Official, principal_code: str, day: date) -> tuple[Iterable[Any], Sequence[Delegation]]:
    """What the database says of both persons, and what was delegated. One query."""
    if not principal_code:
        return _STANDING_OF_ONE(official=official.pk, day=day), ()
    rows = _STANDING_OF_BOTH(official=official.pk, code=principal_code, day=day)
    delegations = _DELEGATED(official=official.pk, code=principal_code, day=day)
    read_together(rows, delegations)
    return rows, delegations
