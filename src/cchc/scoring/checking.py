"""What must hold across a whole criteria set: sums, references, kinds, classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cchc.records.errors import DomainError, Message, Place, Problem, problem
from cchc.records.expressions import Name
from cchc.records.numbers import decimal_text, round_half_up
from cchc.scoring.criteria import METRIC_SCORER, CriteriaSet, Criterion, Group, is_numeric


@dataclass(frozen=True, slots=True)
class SetPlaces:
    """Where the parts of a set stand: its own keys, every code, and the rule of every criterion."""

    keys: Mapping[str, Place]
    codes: Mapping[str, Place]
    rules: Mapping[str, Place]


def check_set(made: CriteriaSet, places: SetPlaces) -> None:
    """Raise all contradictions of the set together, each where it stands."""
    problems = [
        *_check_sums(made, places),
        *(found for leaf in made.criteria for found in _check_inputs(made, leaf, places.rules[leaf.code])),
        *_check_caps(made, places),
        *_check_ties(made, places),
        *_check_rounding(made, places),
    ]
    if problems:
        raise DomainError(*problems)


def _check_sums(made: CriteriaSet, places: SetPlaces) -> Iterator[Problem]:
    for node, _ in made.nodes():
        if isinstance(node, Group) and node.max is not None and node.max != node.maximum:
            params = {"code": node.code, "stated": node.max, "sum": node.maximum}
            yield problem("scoring.group_sum_differs", places.codes[node.code], **params)
    total = sum((group.maximum for group in made.fields), Fraction(0))
    if total != made.total:
        yield problem("scoring.total_differs", places.keys["total"], stated=made.total, sum=total)
    if total == 0:
        yield problem("scoring.nothing_to_score", places.keys["total"])


def _check_inputs(made: CriteriaSet, leaf: Criterion, place: Place) -> Iterator[Problem]:
    brought = {item.name: item for item in leaf.rule.inputs()}
    for item in leaf.declared:
        if item.name in brought and brought[item.name].kind != item.kind:
            params = {"code": leaf.code, "name": item.name, "kind": brought[item.name].kind}
            yield problem("scoring.input_kind_fixed", place, **params)
    for name, kind in leaf.rule.values_needed().items():
        if name not in leaf.inputs or leaf.inputs[name].kind != kind:
            yield problem("scoring.input_not_of_kind", place, code=leaf.code, name=name, kind=kind)
    for read in sorted(leaf.names_needed, key=str):
        yield from _check_name(made, leaf, read, place)


def _check_name(made: CriteriaSet, leaf: Criterion | None, name: Name, place: Place) -> Iterator[Problem]:
    """`leaf` is whose expression it is; None for a class cap."""
    owner = leaf if name.criterion is None else made.by_code.get(name.criterion)
    whose = Message("scoring.of_criterion", {"code": leaf.code}) if leaf else Message("scoring.in_class_cap")
    if owner is None or name.name not in owner.inputs:
        known = tuple(owner.inputs) if owner else tuple(made.by_code)
        yield problem("scoring.unknown_name", place, name=str(name), code=whose, known=known)
    elif not is_numeric(owner.inputs[name.name].kind):
        yield problem("scoring.name_not_numeric", place, name=str(name), code=whose)


def _check_caps(made: CriteriaSet, places: SetPlaces) -> Iterator[Problem]:
    bands = tuple(band.id for band in made.bands)
    for cap in made.class_caps:
        place = places.keys["class_caps"]
        if cap.at_most not in bands:
            yield problem("scoring.unknown_band", place, id=cap.at_most, known=bands)
        for name in sorted(cap.when.names, key=str):
            if name.criterion is None:
                yield problem("scoring.cap_needs_reference", place, name=str(name))
            else:
                yield from _check_name(made, None, name, place)


def _check_ties(made: CriteriaSet, places: SetPlaces) -> Iterator[Problem]:
    for code in made.tie_order:
        if code not in made.leaves_below:
            yield problem("scoring.unknown_tie_code", places.keys["ties"], code=code)


def _check_rounding(made: CriteriaSet, places: SetPlaces) -> Iterator[Problem]:
    """No bound may be finer than what is rounded to: a printed annex could not add up, or would pass its own bound."""
    if made.index_cap is not None and _is_finer(made.index_cap, made.index_decimals):
        params = {"cap": decimal_text(made.index_cap), "decimals": made.index_decimals}
        yield problem("scoring.cap_finer_than_index", places.keys["index"], **params)
    decimals = made.points_decimals
    if decimals is None:
        return
    caps = (("bonus_cap", made.bonus_cap), ("penalty_cap", made.penalty_cap))
    of_set = ((key, cap, places.keys[key]) for key, cap in caps if cap is not None)
    of_leaves = (
        (leaf.code, points, places.codes[leaf.code]) for leaf in made.criteria for points in _fixed_points(leaf)
    )
    for code, points, where in (*of_leaves, *of_set):
        if _is_finer(points, decimals):
            params = {"points": decimal_text(points), "code": code, "decimals": decimals}
            yield problem("scoring.finer_than_rounding", where, **params)


def _fixed_points(leaf: Criterion) -> tuple[Fraction, ...]:
    """The maximum and every number of points its rule names, each once."""
    return tuple(dict.fromkeys((leaf.max, *leaf.rule.fixed_points())))


def _is_finer(value: Fraction, decimals: int) -> bool:
    return Fraction(round_half_up(value, decimals)) != value


def metric_of(leaf: Criterion) -> str | None:
    """The metric that scores the criterion, if one does."""
    return leaf.scored_by.removeprefix(METRIC_SCORER) if leaf.scored_by.startswith(METRIC_SCORER) else None
