"""Sums of shares, counted anew by the database for exactly the months and units that changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, FilteredRelation, Max, Q, Sum

from cchc.oversight.keeping import MINUTES
from cchc.oversight.models import DelaySource, Finding, KeptShare, KeptSum

Pair = tuple[date, int | None, str]
"""A month, and a unit: its key, or where the register does not know it its name."""
_ADDED: Final = ("steps", "late_steps", *MINUTES)
_GRAIN: Final = ("month", "unit_id", "unit_name", "holder_kind", "official_id", "holder_name", "role")
_AT_ONCE: Final = 500
_FEW: Final = 200


def recount_sums(source: DelaySource, pairs: Iterable[Pair]) -> None:
    """The sums of these months and units are those of the shares that are there."""
    for some in _conditions(pairs):
        KeptSum.objects.filter(some, source=source).delete()
        rows = _added_up(source, some)
        KeptSum.objects.bulk_create((KeptSum(source=source, **row) for row in rows), batch_size=_AT_ONCE)


def pairs_of(dossiers: Iterable[int]) -> set[Pair]:
    """The months and units in which dossiers have shares."""
    found = KeptShare.objects.filter(dossier__in=list(dossiers)).order_by()
    return set(found.values_list("month", "unit_id", "unit_name").distinct())


def _conditions(pairs: Iterable[Pair]) -> Iterator[Q]:
    """The pairs, a month and some units at a time: they are asked for as keys and names in lists."""
    by_month = defaultdict[date, list[Pair]](list)
    for pair in pairs:
        by_month[pair[0]].append(pair)
    for month, some in sorted(by_month.items()):
        for start in range(0, len(some), _FEW):
            part = some[start : start + _FEW]
            keys = [unit for _, unit, _ in part if unit is not None]
            names = [name for _, unit, name in part if unit is None]
            yield Q(month=month) & (Q(unit__in=keys) | Q(unit=None, unit_name__in=names))


def _added_up(source: DelaySource, some: Q) -> Iterator[dict[str, Any]]:
    found = (
        KeptShare.objects.filter(some, source=source)
        .annotate(current=_current_verdict())
        .order_by()
        .values(*_GRAIN, procedure=F("dossier__procedure"))
        .annotate(
            **{f"{name}_sum": Sum(name) for name in _ADDED},
            procedure_name=Max("dossier__procedure_name"),
            shares=Count("pk"),
            dossiers=Count("pk", filter=Q(is_main=True)),
            overdue=Count("pk", filter=Q(is_overdue=True)),
            overdue_carried_over=Count("pk", filter=Q(is_overdue=True, is_carried_over=True)),
            overdue_returned=Count("pk", filter=Q(is_overdue=True, is_returned=True)),
            overdue_real=Count("pk", filter=Q(is_overdue=True, current__finding=Finding.REAL)),
            overdue_forgotten=Count("pk", filter=Q(is_overdue=True, current__finding=Finding.FORGOTTEN)),
            slow=Count("pk", filter=Q(is_slow=True)),
        )
    )
    for row in found.iterator(chunk_size=_AT_ONCE):
        yield {name.removesuffix("_sum"): value for name, value in row.items()}


def _current_verdict() -> FilteredRelation:
    """The verdict that counts, one for a dossier at most, so that no share is added up twice."""
    return FilteredRelation("dossier__verdicts", condition=Q(dossier__verdicts__is_current=True))
