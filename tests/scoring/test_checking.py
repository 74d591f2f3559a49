"""What must hold across a whole set: each refusal with its place, and the set just inside it."""

from __future__ import annotations

from typing import Any

import pytest

from cchc.records.errors import DomainError
from cchc.records.words import say_next_step
from cchc.scoring.loading import load_bytes
from tests.scoring.sets import COUNTS, Tree, loaded, set_of

STEP = {"until": "2026-01-31"}
YES_NO: Tree = {"max": "1", "rule": {"kind": "yes_no"}}


def refusals(tree: Tree) -> list[tuple[str, Any]]:
    """Codes of what is refused, and the figure it is about."""
    try:
        loaded(tree)
    except DomainError as error:
        for problem in error.problems:
            assert problem.place is not None
            assert (problem.place.file, problem.place.line) == ("set.yaml", 1)
            assert say_next_step(problem.message, "vi")
        return [(p.code, p.message.params.get("points", p.message.params.get("cap"))) for p in error.problems]
    return []


def items(points: str) -> list[Tree]:
    return [{"id": "a", "label": "A", "points": points}, {"id": "b", "label": "B", "points": "0"}]


def rule(kind: str, **keys: Any) -> Tree:
    return {"inputs": COUNTS | {"day": {"label": "Ngày", "kind": "date"}}, "rule": {"kind": kind, **keys}}


# Each kind with a number of points in it: written at `{points}`, the maximum beside it.
WITH_POINTS = {
    "choice": lambda points: {"max": "1"} | rule("choice", options=items(points)),
    "checklist": lambda points: {"max": "1"} | rule("checklist", items=items(points)),
    "by_date": lambda points: {"max": "1"} | rule("by_date", date="day", steps=[STEP | {"points": points}]),
    "steps": lambda points: {"max": "1"} | rule("steps", value="x", steps=[{"from": "1.2345", "points": points}]),
    "deduction": lambda points: {"max": "1"} | rule("deduction", count="x", each="0.0001", least=f"-{points}"),
    "bonus": lambda points: rule("bonus", count="x", each="0.0001", cap=points),
    "penalty": lambda points: rule("penalty", count="x", each="0.0001", cap=points),
    "the maximum": lambda points: {"max": points, "rule": {"kind": "yes_no"}},
}  # fmt: skip


@pytest.mark.requirement(101)
@pytest.mark.parametrize("where", WITH_POINTS)
def test_points_finer_than_the_rounding_are_refused(where: str) -> None:
    """A printed annex could not add up."""
    fine, coarse = WITH_POINTS[where]("0.25"), WITH_POINTS[where]("0.2")
    code = ("scoring.finer_than_rounding", "-0.25" if where == "deduction" else "0.25")
    assert refusals(set_of(fine, YES_NO, points_decimals="1")) == [code]
    assert refusals(set_of(fine, YES_NO, points_decimals="2")) == []
    assert refusals(set_of(fine, YES_NO)) == []
    assert refusals(set_of(coarse, YES_NO, points_decimals="1")) == []
    assert ("scoring.finer_than_rounding", code[1].replace("25", "2")) in refusals(
        set_of(coarse, YES_NO, points_decimals="0")
    )


@pytest.mark.parametrize("key", ["bonus_cap", "penalty_cap"])
def test_caps_of_the_set_are_not_finer_either(key: str) -> None:
    assert refusals(set_of(YES_NO, points_decimals="1", **{key: "1.05"})) == [("scoring.finer_than_rounding", "1.05")]
    assert refusals(set_of(YES_NO, points_decimals="1", **{key: "1.10"})) == []
    assert refusals(set_of(YES_NO, **{key: "1.05"})) == []


def test_all_that_is_too_fine_is_said_at_once() -> None:
    tree = set_of(WITH_POINTS["choice"]("0.125"), YES_NO | {"max": "1.5"}, points_decimals="0", bonus_cap="0.5")
    assert [points for _, points in refusals(tree)] == ["0.125", "1.5", "0.5"]


def test_a_cap_of_the_index_is_not_finer_than_the_index() -> None:
    """Rounding would lift an index over its cap."""
    code = "scoring.cap_finer_than_index"
    assert refusals(set_of(YES_NO, index={"decimals": "1", "cap": "95.55"})) == [(code, "95.55")]
    assert refusals(set_of(YES_NO, index={"decimals": "2", "cap": "95.55"})) == []
    assert refusals(set_of(YES_NO, index={"cap": "95.555"})) == [(code, "95.555")]


@pytest.mark.parametrize(("least", "code"), [("2", []), ("2.01", ["scoring.least_over_maximum"]), ("-9", [])])
def test_the_least_of_a_deduction_is_at_most_its_maximum(least: str, code: list[str]) -> None:
    leaf = {"max": "2"} | rule("deduction", count="x", each="1", least=least)
    assert [found for found, _ in refusals(set_of(leaf))] == code


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "a  b"])
def test_codes_and_kinds_of_units_stand_on_one_line(text: str) -> None:
    """A cell of a sheet could not name them, and a workbook would take them for two."""
    assert refusals(set_of(YES_NO | {"code": text})) == [("scoring.not_one_line", None)]
    assert refusals(set_of(YES_NO, applies_to=[text])) == [("scoring.not_one_line", None)]
    option = {"id": text, "label": "A", "points": "1"}
    assert refusals(set_of({"max": "1"} | rule("choice", options=[option]))) == [("scoring.not_one_line", None)]
    assert refusals(set_of(YES_NO | {"code": "a b"}, applies_to=["a b"])) == []


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"total": "2"}, "scoring.total_differs"),
        ({"ties": {"order": ["9"]}}, "scoring.unknown_tie_code"),
        ({"class_caps": [{"when": "c['1'].answer == 0", "at_most": "top"}]}, "scoring.unknown_band"),
        ({"class_caps": [{"when": "answer == 0", "at_most": "all"}]}, "scoring.cap_needs_reference"),
        ({"class_caps": [{"when": "c['9'].answer == 0", "at_most": "all"}]}, "scoring.unknown_name"),
        ({"class_caps": [{"when": "c['1'].other == 0", "at_most": "all"}]}, "scoring.unknown_name"),
    ],
)
def test_references_and_sums_of_a_set(keys: Tree, code: str) -> None:
    assert [found for found, _ in refusals(set_of(YES_NO, **keys))] == [code]
    assert refusals(set_of(YES_NO, class_caps=[{"when": "c['1'].answer == 0", "at_most": "all"}])) == []


@pytest.mark.parametrize(("written", "code"), [("1", []), ("0.9", ["differs"]), ("1.1", ["differs"])])
def test_the_maximum_of_a_field_is_the_sum_below_it(written: str, code: list[str]) -> None:
    tree = set_of(YES_NO)
    tree["fields"][0]["max"] = written
    assert [found.removeprefix("scoring.group_sum_") for found, _ in refusals(tree)] == code


MEASURED = {"label": "Thu", "unit": "triệu đồng"}


@pytest.mark.parametrize(
    ("leaf", "code"),
    [
        (rule("linear", value="z"), "scoring.unknown_name"),
        (rule("linear", value="day"), "scoring.name_not_numeric"),
        (rule("linear", value="c['1'].x"), None),
        (rule("by_date", date="x", steps=[STEP | {"points": "1"}]), "scoring.input_not_of_kind"),
        (
            {"rule": {"kind": "yes_no"}, "inputs": {"answer": {"label": "A", "kind": "count"}}},
            "scoring.input_kind_fixed",
        ),
        (rule("steps", value="x", steps=[{"from": "1", "points": "1.01"}]), "scoring.step_over_maximum"),
        (rule("steps", value="x", steps=[{"from": "1", "points": "1"}]), None),
        (rule("linear_with_floor", value="x", floor="1.01"), "scoring.floor_over_one"),
        (rule("linear_with_floor", value="x", floor="1"), None),
        ({"rule": {"kind": "yes_no"}, "inputs": {"u": MEASURED | {"kind": "date"}}}, "scoring.unit_without_figure"),
        ({"rule": {"kind": "yes_no"}, "inputs": {"u": MEASURED | {"kind": "number"}}}, None),
    ],
)
def test_inputs_and_points_of_a_rule(leaf: Tree, code: str | None) -> None:
    assert [found for found, _ in refusals(set_of({"max": "1"} | leaf))][:1] == ([code] if code else [])


def steps(*days_or_values: str, key: str) -> list[Tree]:
    return [{key: text, "points": "1"} for text in days_or_values]


@pytest.mark.parametrize(
    ("leaf", "code"),
    [
        (rule("by_date", date="day", steps=steps("2026-01-31", "2026-02-01", key="until")), None),
        (
            rule("by_date", date="day", steps=steps("2026-01-31", "2026-01-31", key="until")),
            "scoring.steps_not_ascending",
        ),
        (
            rule("by_date", date="day", steps=steps("2026-02-01", "2026-01-31", key="until")),
            "scoring.steps_not_ascending",
        ),
        (rule("steps", value="x", steps=steps("1", "1.0", key="from")), "scoring.duplicate_step"),
        (rule("steps", value="x", steps=steps("1", "0", "-1", key="from")), None),
        (rule("steps", value="x", steps=[]), "scoring.empty_list"),
        (rule("steps", value="x", steps=[{"from": "1", "points": "-1"}]), "scoring.negative"),
        (rule("choice", options=[*items("1"), *items("1")]), "scoring.duplicate_option"),
        (rule("choice", options=[{"id": "a;b", "label": "A", "points": "1"}]), "scoring.bad_option_id"),
        (rule("checklist", items=[{"id": "none", "label": "A", "points": "1"}]), "scoring.bad_option_id"),
        (rule("per_item", count="x", each="0"), "scoring.not_positive"),
        (rule("per_item", count="x > 1", each="1"), "records.number_expected"),
        (rule("linear_to_target", value="x", target="0"), "scoring.not_positive"),
        (rule("bonus", count="x", each="1", cap="1"), "scoring.max_beside_bonus"),
        (rule("formula", cases=[{"otherwise": "1"}, {"when": "x > 1", "points": "1"}]), "scoring.otherwise_not_last"),
        (rule("formula", cases=[{"when": "x", "points": "1"}]), "records.condition_expected"),
        (rule("formula", cases=[{"when": "x > 1", "points": "1"}, {"otherwise": "0"}]), None),
    ],
)
def test_what_a_rule_cannot_be(leaf: Tree, code: str | None) -> None:
    assert [found for found, _ in refusals(set_of({"max": "1"} | leaf))] == ([code] if code else [])


WRITTEN = """\
id: small
title: Thử
applies_to: [commune]
valid: {from: 2026-01-01}
source: {document: Bảng thử}
verified: true
total: 3
index: {decimals: 0, cap: 0.5}
ties: {order: ["9"]}
class_caps: [{when: "done == 0", at_most: none}]
points_decimals: 0
bonus_cap: 0.5
penalty_cap: 0.5
bands: {steps: [{id: all, from: 0, name: Đạt}]}
fields:
  - code: "1"
    title: Lĩnh vực
    max: 4
    criteria:
      - code: "1.1"
        title: Tỷ lệ
        max: 2
        inputs: {done: {label: Hoàn thành, kind: count}}
        rule: {kind: linear, value: done / planned}
"""


def test_each_contradiction_stands_on_its_own_line() -> None:
    with pytest.raises(DomainError) as caught:
        load_bytes(WRITTEN, "set.yaml")
    assert [(p.code.removeprefix("scoring."), p.place.line) for p in caught.value.problems if p.place] == [
        ("group_sum_differs", 16), ("total_differs", 7), ("unknown_name", 24), ("unknown_band", 10),
        ("cap_needs_reference", 10), ("unknown_tie_code", 9), ("cap_finer_than_index", 8),
        ("finer_than_rounding", 12), ("finer_than_rounding", 13),
    ]  # fmt: skip


def test_bands_read_the_index_unless_they_say_otherwise() -> None:
    steps = {"steps": [{"id": "all", "from": "0", "name": "Đạt"}]}
    assert loaded(set_of(YES_NO, bands=steps)) == loaded(set_of(YES_NO, bands={"on": "index"} | steps))
    assert loaded(set_of(YES_NO, bands={"on": "points"} | steps)).bands_on == "points"
    assert refusals(set_of(YES_NO, bands={"on": "rank"} | steps)) == [("records.not_one_of", None)]


@pytest.mark.parametrize(("stated", "refused"), [("0", []), ("1", [("scoring.group_sum_differs", None)])])
def test_a_field_of_bonuses_alone_adds_up_to_nothing(stated: str, refused: list[tuple[str, None]]) -> None:
    tree = set_of(YES_NO)
    bonus = {"code": "B.1", "title": "Thưởng"} | rule("bonus", count="x", each="1")
    tree["fields"].append({"code": "B", "title": "Điểm thưởng", "max": stated, "criteria": [bonus]})
    assert refusals(tree) == refused
