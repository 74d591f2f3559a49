"""What the board counts: sums of a month, by unit, procedure and holder; of twelve months; and the shares behind a
figure. It reads sums alone, so that it costs the same however many dossiers there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum

from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Ancestry, Placement, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import children, name_on, placed_on, within
from cchc.organizations.viewers import Viewer
from cchc.oversight.models import KeptShare, KeptSum
from cchc.oversight.permissions import WATCHERS

_AT_ALL: Final = 10_000
"""More lines than this the board does not make: a province has fewer officials who work on dossiers in a month."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the board is asked for: a unit with all below it as the tree stood on `day`, a month, and perhaps one
    procedure or one role.
    """

    unit: Unit
    month: date
    day: date
    procedure: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums of sums. `overdue` and `slow` count dossiers of a holder (`models.KeptShare`)."""

    dossiers: int = 0
    steps: int = 0
    late_steps: int = 0
    overdue: int = 0
    overdue_carried_over: int = 0
    overdue_returned: int = 0
    overdue_real: int = 0
    overdue_forgotten: int = 0
    slow: int = 0
    late_minutes: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(*(getattr(self, name) + getattr(other, name) for name in TALLIED))


TALLIED: Final = tuple(one.name for one in fields(Tally))


@dataclass(frozen=True, slots=True)
class Holder:
    """Who had dossiers, in which unit: an official of the register (`code`), else a name in a log or nobody."""

    kind: str
    code: str
    name: str
    sort_key: str
    unit: str
    unit_code: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class Board:
    """A month of a unit. `units` are the unit alone and each unit right below it with all under that one; `unplaced` by
    the names that logs give to units nobody knows. All of them, like `holders` and `procedures`, add up to `total`.
    `offered` are the procedures, by their names, and `roles` the roles of the month, whichever is asked for.
    """

    way: Sequence[Placement]
    units: Sequence[tuple[Placement, Tally]]
    own: Tally
    unplaced: Mapping[str, Tally]
    holders: Sequence[tuple[Holder, Tally]]
    procedures: Sequence[tuple[str, str, Tally]]
    offered: Mapping[str, str]
    roles: Sequence[str]
    total: Tally = field(default_factory=Tally)


def watched_units(viewer: Viewer) -> QuerySet[Placement]:
    """The units over which a role is held that sees the board, by name."""
    held = sorted({hold.unit for hold in viewer.holds if hold.role in WATCHERS})
    return placed_on(viewer.day).filter(unit__in=held).order_by("sort_key", "pk")


def in_scope(asked: Asked) -> Q:
    """Of shares and sums: had in the unit or below it; where a log names no known unit, read from a log of theirs."""
    below, unknown = Q(ancestor=asked.unit), Q(unit=None) & within(Q(ancestor=asked.unit), asked.day, "source__unit")
    return within(below, asked.day) | unknown


def sums_of(asked: Asked) -> QuerySet[KeptSum]:
    """All sums of the month that are asked for."""
    return _narrowed(KeptSum.objects.filter(in_scope(asked), month=asked.month), asked, "procedure")


def shares_of(asked: Asked) -> QuerySet[KeptShare]:
    """The shares that these sums are of."""
    return _narrowed(KeptShare.objects.filter(in_scope(asked), month=asked.month), asked, "dossier__procedure")


def _narrowed(found: QuerySet[Any], asked: Asked, procedure: str) -> QuerySet[Any]:
    if asked.procedure:
        found = found.filter(**{procedure: asked.procedure})
    return found.filter(role=asked.role) if asked.role else found


def reading_board(asked: Asked) -> Reads[Board]:
    """Eight reads that need nothing of each other."""
    way = placed_on(asked.day).filter(
        during(asked.day, "unit__links_down__") & Q(unit__links_down__descendant=asked.unit)
    )
    below = children(asked.unit, asked.day)
    links = Ancestry.objects.filter(during(asked.day), ancestor__in=below.order_by().values("unit"))
    reads = (
        way.order_by("-unit__links_down__depth"),
        below,
        links.order_by("pk").values_list("descendant_id", "ancestor_id"),
        _tallied(asked, "unit", "unit_name").order_by("unit", "unit_name"),
        _holders(asked),
        _tallied(asked, "procedure", "procedure_name").order_by("procedure", "procedure_name"),
        _tallied(asked, "month").order_by("month"),
        _offered(asked).order_by("role", "procedure", "procedure_name"),
    )
    return Reads(reads, lambda: _board(asked, *(list(one) for one in reads)))


def _offered(asked: Asked) -> QuerySet[KeptSum, Any]:
    whole = KeptSum.objects.filter(in_scope(asked), month=asked.month)
    return whole.values_list("role", "procedure", "procedure_name").distinct()


def _holders(asked: Asked) -> QuerySet[KeptSum]:
    by = (
        "holder_kind",
        "official__code",
        "official__name",
        "official__sort_key",
        "holder_name",
        "unit__code",
        "unit_name",
    )
    tallied = _tallied(asked, *by, "unit").annotate(unit_said=name_on(asked.day))
    return tallied.order_by("official__sort_key", "holder_name", *by)[:_AT_ALL]


def _tallied(asked: Asked, *by: str) -> QuerySet[KeptSum]:
    sums = {f"n_{name}": Sum(name) for name in TALLIED}
    return sums_of(asked).order_by().values(*by).annotate(**sums)


def tally_of(row: Mapping[str, Any]) -> Tally:
    """Of one row of sums."""
    return Tally(*(row[f"n_{name}"] or 0 for name in TALLIED))


def _board(
    asked: Asked, way: Sequence[Placement], below: Sequence[Placement], links: Sequence[tuple[int, int]],
    units: Sequence[Mapping[str, Any]], holders: Sequence[Mapping[str, Any]], procedures: Sequence[Mapping[str, Any]],
    months: Sequence[Mapping[str, Any]], offered: Sequence[tuple[str, str, str]],
) -> Board:  # fmt: skip
    child_of, by_child = dict(links), dict.fromkeys((one.unit_id for one in below), Tally())
    own, unplaced = Tally(), dict[str, Tally]()
    for row in units:
        child, tally = child_of.get(row["unit"]), tally_of(row)
        if row["unit"] is None:
            unplaced[row["unit_name"]] = unplaced.get(row["unit_name"], Tally()) + tally
        elif child is None:
            own += tally
        else:
            by_child[child] += tally
    return Board(
        way, [(one, by_child[one.unit_id]) for one in below], own, unplaced,
        [(_holder(row), tally_of(row)) for row in holders], _procedures(procedures),
        {code: name or code for _, code, name in offered}, sorted({role for role, _, _ in offered if role}),
        sum((tally_of(row) for row in months), Tally()),
    )  # fmt: skip


def _procedures(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, Tally]]:
    """By code; a procedure that was called otherwise once has its last name."""
    found: dict[str, tuple[str, Tally]] = {}
    for row in rows:
        before = found.get(row["procedure"], ("", Tally()))[1]
        found[row["procedure"]] = (row["procedure_name"] or row["procedure"], before + tally_of(row))
    return [(code, name, tally) for code, (name, tally) in found.items()]


def _holder(row: Mapping[str, Any]) -> Holder:
    name = row["official__name"] or row["holder_name"]
    unit = row["unit_said"] or row["unit__code"] or row["unit_name"]
    return Holder(
        row["holder_kind"], row["official__code"] or "", name, row["official__sort_key"] or name, unit,
        row["unit__code"] or "", row["unit_name"],
    )  # fmt: skip


def reading_months(asked: Asked, months: Sequence[date]) -> Reads[Mapping[tuple[int | None, date], Tally]]:
    """The figures of several months by unit, of which the units right below are made, and by month."""
    sums = {f"n_{name}": Sum(name) for name in TALLIED}
    found = _narrowed(KeptSum.objects.filter(in_scope(asked), month__in=months), asked, "procedure")
    tallied = found.order_by().values("unit", "month").annotate(**sums).order_by("unit", "month")
    return made_of(tallied, lambda rows: {(row["unit"], row["month"]): tally_of(row) for row in rows})


def added_up(shares: QuerySet[KeptShare], column: str) -> Reads[int]:
    """What the shares behind a figure come to: how many they are, or the sum of a column."""
    what = Sum(column) if column else Count("pk")
    summed = shares.order_by().values("month").annotate(all_=what).order_by("month").values_list("all_", flat=True)
    return made_of(summed, lambda rows: sum(one or 0 for one in rows))
