"""Ranks within a group at a stage: by the rounded index, ties shared or broken by the points of named criteria."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.results import UnitResult


def set_ranks(criteria_set: CriteriaSet, results: Iterable[UnitResult]) -> None:
    """Give every unit of one stage its rank; a group with an error in it stays without ranks."""
    groups: dict[str, list[UnitResult]] = defaultdict(list)
    for result in results:
        groups[result.group].append(result)
    for members in groups.values():
        if all(member.index is not None for member in members):
            _rank(criteria_set, members)


def _rank(criteria_set: CriteriaSet, members: list[UnitResult]) -> None:
    standing = sorted(
        ((_key(criteria_set, member), member) for member in members), key=lambda pair: pair[0], reverse=True
    )
    shared = 0
    for place, (key, member) in enumerate(standing, 1):
        if place == 1 or key != standing[place - 2][0]:
            shared = place
        member.rank = shared


def _key(criteria_set: CriteriaSet, member: UnitResult) -> tuple[Decimal, *tuple[Fraction, ...]]:
    """More index first, then more points in each criterion that breaks ties."""
    assert member.index is not None
    breakers = (member.points_of(criteria_set.leaves_below[code]) for code in criteria_set.tie_order)
    return (member.index, *breakers)
