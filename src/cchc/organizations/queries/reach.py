"""What a scope reaches beyond the units in it: what is gone and went into them, and what they follow and urge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Ancestry, Placement, Succession, Supervision
from cchc.organizations.models.dated import during
from cchc.organizations.queries.lineage import closure


@dataclass(frozen=True, slots=True)
class Reach:
    """By key: `gone`, what carries on each unit that went into others and is not there any more; `supervisions` of the
    day, as who follows and whom; `above`, what the heirs and the supervisors stand under, or are.
    """

    gone: Mapping[int, frozenset[int]]
    supervisions: Sequence[tuple[int, int]]
    above: Mapping[int, frozenset[int]]


def finding_reach(day: date, held: Q) -> Reads[Reach]:
    """`held`: the condition on `Ancestry` of the units whose supervisions are wanted. One read: steps of successions,
    supervisions and links to all above, as rows of one shape (what, unit, unit).
    """
    there = Placement.objects.filter(during(day), unit=OuterRef("predecessor"))
    done = Succession.objects.filter(~Exists(there), reorganization__effective_on__lte=day).order_by()
    over = Ancestry.objects.filter(during(day), held).order_by().values("descendant_id")
    followed = Supervision.objects.on(day).filter(supervisor__in=over).order_by()
    near = Q(descendant__in=done.values("successor")) | Q(descendant__in=followed.values("supervisor"))
    rows = _pairs(done, "step", "predecessor", "successor").union(
        _pairs(Ancestry.objects.filter(near, during(day)), "above", "descendant", "ancestor"),
        _pairs(followed, "follows", "supervisor", "unit"),
        all=True,
    )
    return made_of(rows, _reach)


def _reach(rows: Iterable[tuple[str, int, int]]) -> Reach:
    found = defaultdict[str, list[tuple[int, int]]](list)
    for what, one, other in rows:
        found[what].append((one, other))
    steps, above = _sets(found["step"]), _sets(found["above"])
    gone = {unit: frozenset(closure(unit, steps) - steps.keys()) for unit in steps}
    heirs = {heir for all_of in gone.values() for heir in all_of}
    placed = {unit: frozenset(above.get(unit, ())) for unit in (*heirs, *(one for one, _ in found["follows"]))}
    return Reach(gone, sorted(found["follows"]), placed)


def _pairs(rows: QuerySet[Any], what: str, one: str, other: str) -> QuerySet[Any, Any]:
    columns = {"what_": Value(what), "one_": F(one), "other_": F(other)}
    return rows.order_by().annotate(**columns).values_list(*columns)


def _sets(pairs: Sequence[tuple[int, int]]) -> Mapping[int, set[int]]:
    found = defaultdict[int, set[int]](set)
    for one, other in pairs:
        found[one].add(other)
    return dict(found)
