"""Which dossiers become late: forecasts of steps at work, by unit and holder, as kinds that are counted and opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localtime, make_aware

from cchc.dossiers.queries.absences import stood_in_for
from cchc.interface.together import Reads
from cchc.organizations.models import Ancestry, Placement, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import children, name_on, placed_on, within
from cchc.organizations.viewers import Viewer
from cchc.oversight.models import StepForecast

OVERDUE: Final = "qua-han"
TODAY: Final = "hom-nay"
WEEK: Final = "tuan-nay"
LATER: Final = "sau-tuan-nay"
EXPECTED: Final = "du-kien-tre"
WAITING: Final = "tam-dung"
KINDS: Final = (OVERDUE, TODAY, WEEK, LATER, EXPECTED, WAITING)
QUEUE: Final = "hang-cho"
Counts = Mapping[str, int]
_MOST: Final = 10_000
"""More lines than this the page does not make: a province has fewer officials who have a step at once."""


@dataclass(frozen=True, slots=True)
class AskedWatch:
    """A unit with all below it on a day, or without one what the viewer has in hand; a kind, and perhaps one holder by
    code (or `QUEUE`) in exactly one unit by its code.
    """

    unit: Unit | None
    day: date
    kind: str = EXPECTED
    holder: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class WatchedHolder:
    """Who has steps at work in a unit; nobody (`code` empty) in its queue."""

    code: str
    name: str
    sort_key: str
    place: str
    place_name: str


@dataclass(frozen=True, slots=True)
class Watch:
    """`units` right below, each with all under it, `own` of the unit alone; together, like the holders, the `total`."""

    way: Sequence[Placement]
    units: Sequence[tuple[Placement, Counts]]
    own: Counts
    holders: Sequence[tuple[WatchedHolder, Counts]]
    total: Counts = field(default_factory=dict)


def conditions(now: datetime) -> Mapping[str, Q]:
    """Each kind as a condition on forecasts. Days are civil ones, a week ends with its Sunday. What is due today or
    this week counts whether it is expected in time or not; `EXPECTED` is all that is expected to miss its appointment.
    """
    today = localtime(now).date()
    tonight, sunday = _midnight(today + timedelta(days=1)), _midnight(today + timedelta(days=7 - today.weekday()))
    runs, waits = Q(is_waiting=False), Q(is_waiting=True)
    return {
        OVERDUE: runs & Q(due_at__lt=now),
        TODAY: runs & Q(due_at__gte=now, due_at__lte=tonight),
        WEEK: runs & Q(due_at__gte=now, due_at__gt=tonight, due_at__lte=sunday),
        LATER: runs & Q(due_at__gte=now, due_at__gt=sunday, beyond_minutes__gt=0),
        EXPECTED: runs & Q(due_at__gte=now, beyond_minutes__gt=0),
        WAITING: waits,
    }


def watched(asked: AskedWatch, viewer: Viewer) -> QuerySet[StepForecast]:
    """Of steps at work in the unit or below it; without a unit, of those one holds or stands in for (one query)."""
    if asked.unit is None:
        return StepForecast.objects.filter(holder__in=[viewer.acting.pk, *stood_in_for(viewer)])
    return StepForecast.objects.filter(within(Q(ancestor=asked.unit), asked.day))


def find_forecasts(asked: AskedWatch, viewer: Viewer, now: datetime) -> QuerySet[StepForecast]:
    """Exactly those that a number counts, the worst first; their pages need `beside`."""
    found = watched(asked, viewer).filter(conditions(now)[asked.kind])
    if asked.holder:
        found = found.filter(holder=None) if asked.holder == QUEUE else found.filter(holder__code=asked.holder)
    if asked.place:
        found = found.filter(unit__code=asked.place)
    return found.order_by("-beyond_minutes", "pk")


def beside(found: QuerySet[StepForecast]) -> QuerySet[StepForecast]:
    """With what a line shows. As few joins as that takes: of more than a handful PostgreSQL joins the whole table
    before it looks which rows are meant.
    """
    related = ("step__dossier__procedure_version__procedure", "holder")
    return found.select_related(*related).annotate(unit_said=name_on(localtime().date()))


def forecasts_after(found: QuerySet[StepForecast], last: StepForecast | None) -> QuerySet[StepForecast]:
    """The rest of the list."""
    if last is None:
        return found
    same = Q(beyond_minutes=last.beyond_minutes, pk__gt=last.pk)
    return found.filter(same | Q(beyond_minutes__lt=last.beyond_minutes))


def reading_watch(asked: AskedWatch, viewer: Viewer, now: datetime) -> Reads[Watch]:
    """Four reads that need nothing of each other."""
    assert asked.unit is not None  # the page is of a unit
    way = placed_on(asked.day).filter(
        during(asked.day, "unit__links_down__") & Q(unit__links_down__descendant=asked.unit)
    )
    below = children(asked.unit, asked.day)
    links = Ancestry.objects.filter(during(asked.day), ancestor__in=below.order_by().values("unit"))
    reads = (
        way.order_by("-unit__links_down__depth"),
        below,
        links.order_by("pk").values_list("descendant_id", "ancestor_id"),
        _tallied(asked, viewer, now),
    )
    return Reads(reads, lambda: _watch(*(list(one) for one in reads)))


def _tallied(asked: AskedWatch, viewer: Viewer, now: datetime) -> QuerySet[StepForecast, Any]:
    counts = {_column(kind): Count("pk", filter=which) for kind, which in conditions(now).items()}
    by = ("unit", "unit__code", "holder__code", "holder__name", "holder__sort_key")
    found = watched(asked, viewer).order_by().values(*by).annotate(unit_said=name_on(asked.day), **counts)
    return found.order_by("holder__sort_key", *by)[:_MOST]


def _column(kind: str) -> str:
    return f"n_{kind.replace('-', '_')}"


def _counts(row: Mapping[str, Any]) -> Counts:
    return {kind: row[_column(kind)] for kind in KINDS}


def added(some: Iterable[Counts]) -> Counts:
    """All together."""
    total = dict.fromkeys(KINDS, 0)
    for one in some:
        total = {kind: total[kind] + one[kind] for kind in KINDS}
    return total


def _watch(
    way: Sequence[Placement], below: Sequence[Placement], links: Sequence[tuple[int, int]],
    rows: Sequence[Mapping[str, Any]],
) -> Watch:  # fmt: skip
    child_of = dict(links)
    of_child: dict[int | None, list[Counts]] = {}
    for row in rows:
        of_child.setdefault(child_of.get(row["unit"]), []).append(_counts(row))
    units = [(one, added(of_child.get(one.unit_id, ()))) for one in below]
    holders = [(_holder(row), _counts(row)) for row in rows]
    return Watch(way, units, added(of_child.get(None, ())), holders, added(counts for _, counts in holders))


def _holder(row: Mapping[str, Any]) -> WatchedHolder:
    return WatchedHolder(
        row["holder__code"] or "", row["holder__name"] or "", row["holder__sort_key"] or "", row["unit__code"],
        row["unit_said"] or row["unit__code"],
    )  # fmt: skip


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
