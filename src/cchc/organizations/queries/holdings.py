"""All that an official holds: posts, roles, deputyships, duties. What of it is not over on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import BooleanField, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast

from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Assignment, Delegation, Official, Placement, Posting, RoleGrant
from cchc.organizations.queries.units import first_name

POSTING: Final = "posting"
ROLE: Final = "role"
GIVEN: Final = "given"
LENT: Final = "lent"
DUTY: Final = "duty"


@dataclass(frozen=True, slots=True)
class Holding:
    """One record. `what` is the post, the role or the duty, empty for a deputyship in all roles; `where` the unit, the
    other person of a deputyship, or the type of the object of a duty. `is_wide`: of a post, the main one; of a role,
    with all below.
    """

    kind: str
    key: int
    what: str
    where: str
    starts_on: date
    ends_on: date | None
    is_wide: bool

    @property
    def name(self) -> str:
        """How the form that shows it names it."""
        return f"{self.kind}-{self.key}"


@dataclass(frozen=True, slots=True)
class Held:
    """The records themselves, each kind in the order in which they were made."""

    postings: QuerySet[Posting]
    roles: QuerySet[RoleGrant]
    given: QuerySet[Delegation]
    lent: QuerySet[Delegation]
    duties: QuerySet[Assignment]


def held_by(official: Official, day: date) -> Held:
    """What is not over on that day."""
    return Held(
        official.postings.not_over(day).order_by("pk"),
        official.grants.not_over(day).order_by("pk"),
        official.delegations_given.not_over(day).order_by("pk"),
        official.delegations_held.not_over(day).order_by("pk"),
        official.assignments.not_over(day).order_by("pk"),
    )


def holdings_of(official: Official, day: date) -> Reads[Sequence[Holding]]:
    """The same, to be shown: the main post first. Five tables as rows of one shape."""
    held, wide, narrow = held_by(official, day), Value(True), Value(False)
    rows = _shaped(held.postings, POSTING, F("post"), _named(), F("is_main")).union(
        _shaped(held.roles, ROLE, F("role"), _named(), F("covers_subtree")),
        _shaped(held.given, GIVEN, F("role"), F("deputy__name"), wide),
        _shaped(held.lent, LENT, F("role"), F("principal__name"), wide),
        _shaped(held.duties, DUTY, F("duty"), F("subject_type"), narrow),
        all=True,
    )
    return made_of(rows, _in_order)


def _in_order(rows: Iterable[tuple[Any, ...]]) -> Sequence[Holding]:
    found = [
        Holding(kind, key, what, where, starts_on, ends_on, bool(is_wide))
        for kind, key, what, where, starts_on, ends_on, is_wide in rows
    ]
    order = (POSTING, ROLE, GIVEN, LENT, DUTY)
    return sorted(found, key=lambda one: (order.index(one.kind), not one.is_wide, one.starts_on, one.key))


def _named() -> Subquery:
    """As the unit was called when the record began, or is called first after that."""
    named = Placement.objects.filter(unit=OuterRef("unit")).filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("starts_on"))
    )
    return first_name(named.order_by("starts_on"))


def _shaped(rows: QuerySet[Any], kind: str, what: Any, where: Any, is_wide: Any) -> QuerySet[Any, Any]:
    columns = {
        "kind_": Value(kind, TextField()),
        "key_": F("pk"),
        "what_": Cast(what, TextField()),
        "where_": Cast(where, TextField()),
        "starts_": F("starts_on"),
        "ends_": F("ends_on"),
        "is_wide_": Cast(is_wide, BooleanField()),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)
