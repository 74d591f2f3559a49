"""What hangs on units that are to go: postings, roles, parts, and who follows them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from cchc.organizations.models import Official, Placement, Posting, RoleGrant, Supervision, Unit
from cchc.organizations.reorganizing import Arrangement


@dataclass(frozen=True, slots=True)
class Leaving:
    """All that would be left behind from a day on, in a fixed order. `parts` are placements, one for each unit; `there`
    are postings of the same people in the successors, as far as pages ask.
    """

    postings: Sequence[Posting]
    grants: Sequence[RoleGrant]
    parts: Sequence[Placement]
    there: Sequence[Posting] = ()

    @property
    def keys(self) -> set[str]:
        """As `Fates` names them."""
        return {
            *(f"posting-{one.pk}" for one in self.postings),
            *(f"grant-{one.pk}" for one in self.grants),
            *(f"part-{one.unit_id}" for one in self.parts),
        }


def leaving(arrangement: Arrangement) -> Leaving:
    """What hangs on the units of an arrangement; on one that goes on too where it is split. Three queries."""
    units, day = _left_behind(arrangement), arrangement.effective_on
    return Leaving(
        list(postings_left(units, day).order_by("unit_id", "-is_head", "official__sort_key", "pk")),
        list(grants_left(units, day).order_by("unit_id", "role", "official__sort_key", "pk")),
        [one for one in parts_left(units, day) if one.unit not in arrangement.into],
    )


@dataclass(frozen=True, slots=True)
class Overview:
    """What pages say of `leaving`, and every placement of the arrangement's own units, the oldest first. The records in
    it hold only what is said of them: they are not for changing.
    """

    left: Leaving
    placements: Sequence[Placement]


def overview(arrangement: Arrangement) -> Overview:
    """One query: five tables as rows of one shape."""
    units, day = _left_behind(arrangement), arrangement.effective_on
    above = [] if arrangement.above is None else [arrangement.above]
    own = Placement.objects.filter(unit__in=[*arrangement.units, *arrangement.into, *above])
    of_person = {"person_": F("official_id"), "name_": F("official__name"), "order_": F("official__sort_key")}
    of_unit = {"name_": F("name_vi"), "other_": F("name_en"), "order_": F("sort_key"), "said_": F("kind")}
    parts = Placement.objects.not_over(day).filter(parent__in=list(units))
    of_posting = {"said_": F("post"), "flag_": F("is_head"), "other_": _beside(), **of_person}
    people = postings_left(units, day).order_by().values("official")
    there = postings_left([one for one in arrangement.into if one not in units], day).filter(official__in=people)
    rows = _shaped(postings_left(units, day), "posting", **of_posting).union(
        _shaped(there, "there", **of_posting),
        _shaped(grants_left(units, day), "grant", said_=F("role"), flag_=F("covers_subtree"), **of_person),
        _shaped(parts, "part", parent_=F("parent_id"), parent_code_=F("parent__code"), **of_unit),
        _shaped(own, "own", **of_unit),
        all=True,
    )
    found: dict[str, list[_Row]] = {"posting": [], "there": [], "grant": [], "part": [], "own": []}
    for what, *row in rows:
        found[what].append(_Row(*row))
    postings = sorted(found["posting"], key=lambda row: (row.unit, not row.flag, row.order, row.key))
    grants = sorted(found["grant"], key=lambda row: (row.unit, row.said, row.order, row.key))
    by_name = {row.unit: row for row in sorted(found["part"], key=lambda row: (row.order, row.starts_on, row.key))}
    into = {unit.pk for unit in arrangement.into}
    left = Leaving(
        [row.posting() for row in postings],
        [row.grant() for row in grants],
        [row.placement() for unit, row in by_name.items() if unit not in into],
        [row.posting() for row in found["there"]],
    )
    return Overview(left, [row.placement() for row in sorted(found["own"], key=lambda row: row.starts_on)])


_BESIDE: Final = "beside"


@dataclass(frozen=True, slots=True)
class _Row:
    key: int
    unit: int
    code: str
    starts_on: date
    ends_on: date | None
    person: int
    name: str
    other: str
    order: str
    said: str
    flag: bool
    parent: int
    parent_code: str

    def posting(self) -> Posting:
        ranks = {"is_head": bool(self.flag), "is_main": self.other != _BESIDE}
        return Posting(pk=self.key, post=self.said, **ranks, **self._whose_and_where())

    def grant(self) -> RoleGrant:
        return RoleGrant(pk=self.key, role=self.said, covers_subtree=bool(self.flag), **self._whose_and_where())

    def placement(self) -> Placement:
        names = {"name_vi": self.name, "name_en": self.other, "kind": self.said}
        parent = Unit(pk=self.parent, code=self.parent_code) if self.parent else None
        unit, days = Unit(pk=self.unit, code=self.code), {"starts_on": self.starts_on, "ends_on": self.ends_on}
        return Placement(pk=self.key, unit=unit, parent=parent, **names, **days)

    def _whose_and_where(self) -> dict[str, Any]:
        return {"official": Official(pk=self.person, name=self.name), "unit": Unit(pk=self.unit, code=self.code)}


def _shaped(rows: QuerySet[Any], what: str, **given: Any) -> QuerySet[Any, Any]:
    nothing, no_text = Value(0, BigIntegerField()), Value("", TextField())
    columns = {
        "what_": Value(what),
        "key_": F("pk"),
        "unit_": F("unit_id"),
        "code_": F("unit__code"),
        "starts_": F("starts_on"),
        "ends_": F("ends_on"),
        "person_": given.get("person_", nothing),
        "name_": given["name_"],
        "other_": given.get("other_", no_text),
        "order_": given["order_"],
        "said_": Cast(given["said_"], TextField()),
        "flag_": given.get("flag_", Value(False)),
        "parent_": given.get("parent_", nothing),
        "parent_code_": Cast(given.get("parent_code_", no_text), TextField()),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


def _beside() -> Case:
    return Case(When(is_main=False, then=Value(_BESIDE)), default=Value(""), output_field=TextField())


def _left_behind(arrangement: Arrangement) -> Collection[Unit]:
    return arrangement.units if arrangement.kind == "split" else arrangement.going


def postings_left(units: Collection[Unit], day: date) -> QuerySet[Posting]:
    """Those that hold on that day or begin later."""
    return Posting.objects.not_over(day).filter(unit__in=list(units)).select_related("official", "unit")


def grants_left(units: Collection[Unit], day: date) -> QuerySet[RoleGrant]:
    """Those that hold on that day or begin later."""
    return RoleGrant.objects.not_over(day).filter(unit__in=list(units)).select_related("official", "unit")


def parts_left(units: Collection[Unit], day: date) -> list[Placement]:
    """What stands directly under them then or later, by name, each unit once. One query."""
    found = Placement.objects.not_over(day).filter(parent__in=list(units)).select_related("unit", "parent")
    return list({one.unit_id: one for one in found.order_by("sort_key", "starts_on", "pk")}.values())


def supervisions_left(units: Collection[Unit], day: date) -> list[Supervision]:
    """Where one of them follows another unit, or is followed, then or later. One query."""
    of_them = Q(unit__in=list(units)) | Q(supervisor__in=list(units))
    return list(Supervision.objects.not_over(day).filter(of_them).select_related("unit", "supervisor").order_by("pk"))
