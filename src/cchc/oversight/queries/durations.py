"""How long steps took, counted from what is kept of our own settled dossiers, a procedure at a time; and what is kept
of that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

from django.db.models import Max, Q, Sum
from django.utils.timezone import localdate, make_aware

from cchc.oversight.durations import Durations, durations_of
from cchc.oversight.models import KeptDossier, KeptSpell, StepDuration
from cchc.oversight.watching import watch_rules_on

AT_WORK: Final = ("official", "queue", "system", "agency")
"""Whose time is that of a step; what is waited for is not."""
_AT_ONCE: Final = 2_000
Key = tuple[int | None, str]
"""A unit, or None for all of them, and a step by its name."""


@dataclass(frozen=True, slots=True)
class Found:
    """Of a step in a unit: quantiles, and between which days its cases were settled."""

    unit: int | None
    step: str
    durations: Durations
    first_on: date
    last_on: date


@dataclass(slots=True)
class _Counted:
    """How many cases took how long. As many numbers as there are different durations, however many cases."""

    minutes: Counter[int] = field(default_factory=Counter)
    first_at: datetime | None = None
    last_at: datetime | None = None

    def add(self, minutes: int, ended_at: datetime) -> None:
        self.minutes[minutes] += 1
        self.first_at = min(self.first_at or ended_at, ended_at)
        self.last_at = max(self.last_at or ended_at, ended_at)


def next_procedure(after: str) -> str | None:
    """The next code of which dossiers are kept, or durations; None behind the last one. Two queries."""
    ended = KeptDossier.objects.filter(own__isnull=False, ended_at__isnull=False, procedure__gt=after)
    known = StepDuration.objects.filter(procedure__gt=after)
    firsts = [found.order_by("procedure").values_list("procedure", flat=True).first() for found in (ended, known)]
    return min((one for one in firsts if one is not None), default=None)


def counted_behind(after: str, now: datetime) -> Iterator[tuple[str, list[Found]]]:
    """Every procedure behind a code, with what is found of it by the rules of the day. Three queries each."""
    first = watch_rules_on(localdate(now)).value.since(localdate(now))
    since, procedure = make_aware(datetime.combine(first, time.min)), next_procedure(after)
    while procedure is not None:
        yield procedure, count_durations(procedure, since)
        procedure = next_procedure(procedure)


def count_durations(procedure: str, since: datetime) -> list[Found]:
    """By unit and step, and by step in all units, of the dossiers settled since then. One query, read row by row.

    A case is a step in a dossier, with all its stretches and turns: what it took altogether.
    """
    spells = KeptSpell.objects.filter(
        holder_kind__in=AT_WORK,
        dossier__procedure=procedure,
        dossier__own__settled_at__isnull=False,
        dossier__ended_at__gte=since,
    )
    cases = spells.order_by().values("dossier", "unit", "step").annotate(n=Sum("working_minutes"))
    rows = cases.annotate(at=Max("dossier__ended_at")).values_list("unit", "step", "n", "at")
    counted = defaultdict[Key, _Counted](_Counted)
    for unit, step, minutes, ended_at in rows.iterator(chunk_size=_AT_ONCE):
        for key in {(unit, step), (None, step)}:
            counted[key].add(minutes, ended_at)
    return sorted((_found(key, one) for key, one in counted.items()), key=lambda one: (one.unit or 0, one.step))


def _found(key: Key, counted: _Counted) -> Found:
    assert counted.first_at is not None and counted.last_at is not None  # one was added at least
    return Found(*key, durations_of(counted.minutes), localdate(counted.first_at), localdate(counted.last_at))


def newest_durations() -> datetime | None:
    """When durations were last found to have changed; None before the first time."""
    newest: datetime | None = StepDuration.objects.aggregate(at=Max("computed_at"))["at"]
    return newest


def kept_durations(wanted: Iterable[tuple[str, int]]) -> Mapping[str, Mapping[Key, Durations]]:
    """Of these procedures, by unit and step: those of the units beside, and those of all units. One query."""
    units = defaultdict[str, set[int]](set)
    for procedure, unit in wanted:
        units[procedure].add(unit)
    found = StepDuration.objects.filter(procedure__in=units).filter(Q(unit=None) | Q(unit__in=_all(units.values())))
    kept = defaultdict[str, dict[Key, Durations]](dict)
    for one in found.order_by("pk"):
        kept[one.procedure][one.unit_id, one.step] = quantiles_of(one)
    return kept


def _all(units: Iterable[Collection[int]]) -> Sequence[int]:
    return sorted(set().union(*units))


def quantiles_of(one: StepDuration) -> Durations:
    """As the pure part has them."""
    return Durations(one.cases, one.low, one.quarter, one.median, one.three_quarters, one.high)
