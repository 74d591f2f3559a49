"""Who has to do with one unit on one day: works in it, holds a role over it, follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from cchc.organizations.models import Posting, RoleGrant, Supervision, Unit
from cchc.organizations.queries.units import name_on


@dataclass(frozen=True, slots=True)
class Tie:
    """One person or unit tied to another unit. `key` is the record's; `code` and `name` are the official's, or the
    supervising unit's; `said` is the post or the role, empty for a supervision.
    """

    key: int
    code: str
    name: str
    sort_key: str
    said: str
    is_head: bool
    starts_on: date
    ends_on: date | None
    source_document: str


@dataclass(frozen=True, slots=True)
class Ties:
    """`staff`: heads first, then by given name. `grants` by role. `supervisors` in the order in which they came."""

    staff: Sequence[Tie]
    grants: Sequence[Tie]
    supervisors: Sequence[Tie]


def ties_of(unit: Unit, day: date) -> Ties:
    """One query, however many there are: three tables as rows of one shape."""
    staff = Posting.objects.on(day).filter(unit=unit)
    grants = RoleGrant.objects.on(day).filter(unit=unit)
    supervisors = Supervision.objects.on(day).filter(unit=unit)
    rows = _of_people(staff, "staff", "post", "is_head").union(
        _of_people(grants, "grants", "role", Value(False)),
        _shaped(supervisors, "supervisors", "supervisor__code", name_on(day, "supervisor"), "", "", Value(False)),
        all=True,
    )
    found: dict[str, list[Tie]] = {"staff": [], "grants": [], "supervisors": []}
    for what, key, code, name, order, said, is_head, *rest in rows:
        found[what].append(Tie(key, code, name or code, order, said, bool(is_head), *rest))
    return Ties(
        sorted(found["staff"], key=lambda one: (not one.is_head, one.sort_key, one.key)),
        sorted(found["grants"], key=attrgetter("said", "sort_key", "key")),
        sorted(found["supervisors"], key=attrgetter("key")),
    )


def _of_people(rows: QuerySet[Any], what: str, said: str, is_head: Any) -> QuerySet[Any, Any]:
    return _shaped(rows, what, "official__code", F("official__name"), F("official__sort_key"), F(said), is_head)


def _shaped(
    rows: QuerySet[Any], what: str, code: str, name: Any, order: Any, said: Any, is_head: Any
) -> QuerySet[Any, Any]:
    columns = {
        "what_": Value(what),
        "key_": F("pk"),
        "code_": Cast(code, CharField()),
        "name_": name,
        "order_": _text(order),
        "said_": Cast(_text(said), TextField()),
        "is_head_": F(is_head) if isinstance(is_head, str) else is_head,
        "starts_": F("starts_on"),
        "ends_": F("ends_on"),
        "source_": F("source_document"),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


def _text(given: Any) -> Any:
    return Value(given, TextField()) if isinstance(given, str) else given
