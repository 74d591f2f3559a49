"""Generated sets and sheets: the evaluator against the oracle, and what must hold for every set."""

from __future__ import annotations

import json
import random
import re
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cchc.records.numbers import decimal_text, round_half_up
from cchc.scoring import evaluate
from cchc.scoring.result_documents import results_document
from cchc.scoring.results import Results, UnitResult
from cchc.scoring.rules import RULE_KINDS
from tests.scoring import oracle, strategies
from tests.scoring.sets import loaded, set_of, sheet_of_rows
from tests.scoring.strategies import BESIDE, KINDS, Tree, leaves_of
from tests.support.examples import share_of_examples

Rows = list[dict[str, str]]

# Building sets is slower than scoring them: that says nothing about either.
SLOW_TO_DRAW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
at_most = settings(suppress_health_check=SLOW_TO_DRAW)
few = settings(at_most, max_examples=share_of_examples(0.4))


def scored(tree: Tree, rows: Rows) -> Results:
    made = loaded(tree)
    return evaluate(made, sheet_of_rows(made, rows))


def plain(unit: UnitResult) -> Tree:
    """A result as the oracle writes it."""
    return {
        "group": unit.group, "points": unit.points, "maximum": unit.maximum, "rank": unit.rank,
        "index": None if unit.index is None else Fraction(unit.index), "class": unit.band.id if unit.band else None,
        "has_error": unit.has_errors,
        "criteria": {
            leaf.criterion.code: {
                "points": leaf.points, "applicable": leaf.applicable, "counted": leaf.counted,
                "has_error": leaf.error is not None,
            }
            for leaf in unit.leaves
        },
    }  # fmt: skip


def by_unit(results: Results) -> dict[tuple[str, str], Tree]:
    return {(unit.unit, unit.stage): plain(unit) for unit in results.units}


@st.composite
def sets_with_rows(draw: st.DrawFn, *, hostile: bool = True, **fixed: Any) -> tuple[Tree, Rows]:
    tree = draw(strategies.trees(**fixed))
    return tree, draw(strategies.rows(tree, hostile=hostile))


def test_every_kind_of_rule_is_generated() -> None:
    assert set(KINDS) == set(RULE_KINDS)
    assert len(KINDS) == 19


@pytest.mark.requirement(98, 99, 100, 101, 123)
@at_most
@given(sets_with_rows())
@pytest.mark.long
def test_the_evaluator_and_the_oracle_agree_on_everything(generated: tuple[Tree, Rows]) -> None:
    tree, rows = generated
    assert by_unit(scored(tree, rows)) == oracle.score(tree, rows)


@pytest.mark.parametrize("kind", KINDS)
@settings(at_most, max_examples=share_of_examples(0.12))
@given(st.data())
def test_they_agree_on_each_kind_by_itself(kind: str, data: st.DataObject) -> None:
    kinds = ("yes_no", kind, kind, kind) if kind in BESIDE else (kind,)
    tree = data.draw(strategies.trees(kinds=kinds))
    rows = data.draw(strategies.rows(tree))
    assert by_unit(scored(tree, rows)) == oracle.score(tree, rows)


@pytest.mark.requirement(101)
@few
@given(sets_with_rows())
def test_points_stay_within_their_bounds(generated: tuple[Tree, Rows]) -> None:
    tree, rows = generated
    for unit in scored(tree, rows).units:
        for leaf in unit.leaves:
            if leaf.points is not None:
                rule = leaf.criterion.rule.tree()
                cap, least = (Fraction(rule.get(key, "0")) for key in ("cap", "least"))
                low, high = {"bonus": (0, cap), "penalty": (-cap, 0)}.get(
                    leaf.criterion.rule.kind, (min(least, 0), leaf.criterion.max)
                )
                assert low <= leaf.points <= high


RISING: dict[str, Tree] = {
    "linear": {"value": "x / 10"}, "linear_with_floor": {"value": "x / 10", "floor": "0.4"},
    "linear_to_target": {"value": "x / 10", "target": "0.7"}, "per_item": {"count": "x", "each": "0.3"},
    "steps": {"value": "x", "steps": [{"from": "3", "points": "1"}, {"from": "7", "points": "2"}]},
    "target_ratio": {"actual": "x", "target": "6", "best": "12"}, "bonus": {"count": "x", "each": "0.2", "cap": "1"},
}  # fmt: skip
FALLING: dict[str, Tree] = {
    "deduction": {"count": "x", "each": "0.3", "least": "-1"}, "penalty": {"count": "x", "each": "0.2", "cap": "1"}
}  # fmt: skip
PLENTY = {"max": "5", "rule": {"kind": "yes_no"}}


@pytest.mark.parametrize("kind", [*RISING, *FALLING])
@given(st.lists(st.integers(0, 30), min_size=2, max_size=5), st.sampled_from([None, "0", "1", "2"]))
def test_more_of_a_figure_never_moves_points_the_wrong_way(kind: str, figures: list[int], decimals: str | None) -> None:
    leaf: Tree = {"rule": {"kind": kind} | (RISING | FALLING)[kind], "inputs": {"x": {"label": "x", "kind": "count"}}}
    tree = set_of(leaf | ({} if kind in BESIDE else {"max": "3"}), PLENTY, points_decimals=decimals)
    rows = [
        {"unit": f"Xã {figure}", "criterion": "1", "input": "x", "value": str(figure)}
        for figure in sorted(set(figures))
    ]
    points = [unit.leaf("1").points for unit in scored(tree, rows).units]
    assert all(point is not None for point in points)
    ordered = points if kind in RISING else points[::-1]
    assert all(less <= more for less, more in pairwise(ordered))  # type: ignore[operator]


@pytest.mark.requirement(100)
@few
@given(sets_with_rows(hostile=False), st.data())
def test_taking_out_one_changes_the_points_of_no_other(generated: tuple[Tree, Rows], data: st.DataObject) -> None:
    """But of those that read it, and of other units where the unit set the mark of the group."""
    tree, rows = generated
    leaves = leaves_of(tree)
    chosen = data.draw(st.sampled_from(leaves))["code"]
    unit = rows[0]["unit"]
    stage = max((row["stage"] for row in rows), key=strategies.STAGES.index)
    out = {"unit": unit, "stage": stage, "group": rows[0]["group"], "criterion": chosen, "input": "applicable"}
    before, after = scored(tree, rows), scored(tree, [*rows, out | {"value": "no"}])
    untouched = [leaf["code"] for leaf in leaves if leaf["code"] not in reached_by(tree, chosen)]
    for was, now in zip(before.units, after.units, strict=True):
        if was.unit == unit or was.stage != stage:
            assert all(was.leaf(code).points == now.leaf(code).points for code in untouched)


def reached_by(tree: Tree, code: str) -> set[str]:
    """The criterion and all that read it, directly or through others."""
    reached, before = {code}, set[str]()
    while reached != before:
        before = set(reached)
        texts = {leaf["code"]: json.dumps(leaf["rule"]) for leaf in leaves_of(tree)}
        reached |= {reader for reader, text in texts.items() if any(f"c['{read}']" in text for read in before)}
    return reached


# Points in a formula are expressions, so they do not grow with the rest.
SCALING = tuple(kind for kind in KINDS if kind != "formula")
IN_POINTS = frozenset({"points", "each", "cap", "least", "max", "total", "bonus_cap", "penalty_cap"})
MAXIMUM_IN_RULE = re.compile(r"\bmax\b(?! ?\()")


@pytest.mark.requirement(101)
@few
@given(st.data(), st.integers(2, 7))
def test_the_index_does_not_change_when_all_points_grow_alike(data: st.DataObject, times: int) -> None:
    tree = data.draw(strategies.trees(kinds=SCALING, points_decimals=None))
    assume(not any(MAXIMUM_IN_RULE.search(json.dumps(leaf["rule"])) for leaf in leaves_of(tree)))
    tree["bands"]["on"] = "index"
    rows = data.draw(strategies.rows(tree, hostile=False))
    grown_rows = [row | {"value": grown_text(row["value"], times)} if row["input"] == "points" else row for row in rows]
    before, after = scored(tree, rows).units, scored(grown(tree, times), grown_rows).units
    for was, now in zip(before, after, strict=True):
        assert (was.index, was.rank) == (now.index, now.rank)
        assert (was.band and was.band.id) == (now.band and now.band.id)
        assert now.maximum == was.maximum * times


def grown(node: Any, times: int) -> Any:
    """The tree with every number of points multiplied."""
    if isinstance(node, list):
        return [grown(item, times) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if key == "index"}
    return {
        key: grown_text(value, times) if key in IN_POINTS and isinstance(value, str) else grown(value, times)
        for key, value in node.items()
    } | kept


def grown_text(text: str, times: int) -> str:
    return text and decimal_text(Fraction(text.replace(",", ".")) * times)  # points left open stay open


@pytest.mark.requirement(101, 103)
@few
@given(st.integers(0, 2), st.data())
def test_printed_points_add_up_to_the_printed_total(decimals: int, data: st.DataObject) -> None:
    tree = data.draw(strategies.trees(points_decimals=decimals, bonus_cap=None, penalty_cap=None))
    rows = data.draw(strategies.rows(tree, hostile=False))
    for unit in scored(tree, rows).units:
        if unit.points is not None:
            printed = [round_half_up(leaf.points, decimals) for leaf in unit.leaves if leaf.points is not None]
            assert sum(printed) == round_half_up(unit.points, decimals) == unit.points
            maxima = [round_half_up(leaf.criterion.max, decimals) for leaf in unit.leaves if leaf.counted]
            assert sum(maxima) == unit.maximum


@few
@given(sets_with_rows(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_units_does_not_matter(generated: tuple[Tree, Rows], rng: random.Random) -> None:
    tree, rows = generated
    keys = [(row["unit"], row["stage"], row["criterion"], row["input"]) for row in rows]
    groups = {(row["unit"], row["group"]) for row in rows}
    assume(len(set(keys)) == len(keys) and len(groups) == len({unit for unit, _ in groups}))
    mixed = rng.sample(rows, len(rows))
    assert by_unit(scored(tree, mixed)) == by_unit(scored(tree, rows))


@few
@given(sets_with_rows(), st.data())
def test_a_stage_at_which_nothing_is_said_changes_nothing(generated: tuple[Tree, Rows], data: st.DataObject) -> None:
    """After `self` it does: then the appraisers' criteria count too."""
    tree, rows = generated
    before = by_unit(scored(tree, rows))
    occurring = [stage for stage in strategies.STAGES if any(stage == each for _, each in before)]
    silent = [stage for stage in strategies.STAGES if stage not in occurring]
    silent = [stage for stage in silent if latest_before(stage, occurring) not in ("", "self")]
    assume(silent)
    stage = data.draw(st.sampled_from(silent))
    nothing = {"unit": rows[0]["unit"], "stage": stage, "criterion": leaves_of(tree)[0]["code"], "input": "points"}
    after = by_unit(scored(tree, [*rows, nothing | {"value": ""}]))
    assert {key: value for key, value in after.items() if key[1] != stage} == before
    for unit, _ in before:
        assert after[unit, stage] == before[unit, latest_before(stage, occurring)]


def latest_before(stage: str, occurring: list[str]) -> str:
    earlier = strategies.STAGES[: strategies.STAGES.index(stage)]
    return max((each for each in occurring if each in earlier), key=strategies.STAGES.index, default="")


@pytest.mark.requirement(123)
@few
@given(sets_with_rows())
def test_ranks_are_those_of_a_ranking(generated: tuple[Tree, Rows]) -> None:
    """Within stage and group: 1 is taken, a better index never ranks lower, as many stand before as the rank says."""
    tree, rows = generated
    results = scored(tree, rows).units
    for unit in results:
        group = [other for other in results if (other.stage, other.group) == (unit.stage, unit.group)]
        if unit.rank is None:
            assert any(other.has_errors for other in group)
            continue
        ranks = [other.rank for other in group if other.rank is not None]
        assert len(ranks) == len(group)
        assert min(ranks) == 1
        assert unit.rank == 1 + sum(rank < unit.rank for rank in ranks)
        assert unit.index is not None
        better = [other.rank for other in group if other.index is not None and other.index > unit.index]
        assert all(rank is not None and rank < unit.rank for rank in better)


@few
@given(sets_with_rows())
def test_every_reason_and_error_has_words_in_both_languages(generated: tuple[Tree, Rows]) -> None:
    results = scored(*generated)
    for language in ("vi", "en"):
        document = json.dumps(results_document(results, language), ensure_ascii=False)  # type: ignore[arg-type]
        assert "Fraction(" not in document
        assert "Message(" not in document
