"""Which cells of a round nobody may appraise: no charge covers them, or only those of the very unit have one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cchc.assessments.models import Charge, Sheet
from cchc.assessments.policies import is_given_by_others
from cchc.organizations.models import Official
from cchc.scoring.criteria import CriteriaSet, Criterion, Group


@dataclass(frozen=True, slots=True)
class Gap:
    """In these sheets nobody appraises what stands under these codes. `barred` are those who are charged with it and
    may not, because the unit is their own, or above it; empty where nobody is charged.
    """

    sheets: Sequence[Sheet]
    codes: Sequence[str]
    barred: Sequence[Official] = ()


def gaps_of(
    criteria: CriteriaSet, sheets: Sequence[Sheet], charges: Iterable[Charge], own: Mapping[int, Collection[int]]
) -> list[Gap]:  # fmt: skip
    """`own`: official → the units they work in, and those above. Sheets that lack the same stand together."""
    wanted = frozenset(one.code for one in criteria.criteria if not is_given_by_others(one))
    held = [(charge, _codes(criteria, charge)) for charge in charges]
    uncharged: dict[frozenset[str], list[Sheet]] = defaultdict(list)
    barred: list[Gap] = []
    for sheet in sheets:
        here = [(charge, codes) for charge, codes in held if _is_meant(charge, sheet)]
        left = wanted.difference(*(codes for charge, codes in here if sheet.unit_id not in own[charge.official_id]))
        theirs = [(charge.official, codes & left) for charge, codes in here if codes & left]
        touched = frozenset[str]().union(*(codes for _, codes in theirs))
        if touched:
            officials = list(dict.fromkeys(official for official, _ in theirs))
            barred.append(Gap([sheet], _shortest(criteria, touched), officials))
        if left - touched:
            uncharged[left - touched].append(sheet)
    return [*(Gap(found, _shortest(criteria, codes)) for codes, found in uncharged.items()), *barred]


def _codes(criteria: CriteriaSet, charge: Charge) -> frozenset[str]:
    leaves = criteria.leaves_below.get(charge.code, ()) if charge.code else criteria.criteria
    return frozenset(leaf.code for leaf in leaves)


def _is_meant(charge: Charge, sheet: Sheet) -> bool:
    if charge.sheet_id is not None:
        return charge.sheet_id == sheet.pk
    return charge.group in ("", sheet.group)


def _shortest(criteria: CriteriaSet, codes: frozenset[str]) -> list[str]:
    """Fields and groups instead of all that stands below them; an empty code for the whole set."""
    counted = [leaf for leaf in criteria.criteria if not is_given_by_others(leaf)]
    if all(leaf.code in codes for leaf in counted):
        return [""]
    return [code for field in criteria.fields for code in _below(field, codes)]


def _below(node: Group | Criterion, codes: frozenset[str]) -> list[str]:
    if isinstance(node, Criterion):
        return [node.code] if node.code in codes else []
    counted = [leaf.code for leaf in node.leaves if not is_given_by_others(leaf)]
    if counted and codes.issuperset(counted):
        return [node.code]
    return [code for child in node.children for code in _below(child, codes)]
