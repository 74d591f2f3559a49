"""A second, slow evaluator of sheets, written from the published format alone: plain data in, plain data out.

It shares nothing with `cchc.scoring`: the set is a tree of texts as YAML would hold it, a sheet is a list of rows, an
expression is handed to Python. It goes from the top to the bottom and keeps nothing between two questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from tests.scoring.oracle_expressions import DoesNotApply, calculate, divided, own_names, references
from tests.scoring.oracle_reading import (
    GIVEN,
    SPECIAL,
    STAGES,
    UNREADABLE,
    Rows,
    Tree,
    all_nodes,
    by_unit,
    leaves,
    number,
    round_half_up,
    stage_of,
    state_of,
)

BESIDE = ("bonus", "penalty")


class Wrong(Exception):
    """Something that has to be an error of the criterion."""


# ---------------------------------------------------------------- the whole sheet


def score(tree: Tree, rows: Rows) -> dict[tuple[str, str], Tree]:
    """What every unit gets at every stage that occurs."""
    units = list(dict.fromkeys(row["unit"] for row in rows if row["unit"]))
    occurring = {stage_of(row) for row in rows if row["unit"]} & set(STAGES)
    done: dict[tuple[str, str], Tree] = {}
    for stage in (stage for stage in STAGES if stage in occurring):
        states = {unit: state_of(tree, rows, unit, stage, done) for unit in units}
        groups = {unit: [one for one in states.values() if one["group"] == states[unit]["group"]] for unit in units}
        while any(spread(tree, states[unit], groups[unit]) for unit in units):
            continue
        for unit in units:
            done[unit, stage] = one_unit(tree, states[unit], groups[unit])
        rank(tree, [done[unit, stage] for unit in units])
    return done


def spread(tree: Tree, state: Tree, group: list[Tree]) -> bool:
    """Note which criteria are taken out; what is taken out may take out those that read it. Whether any was new."""
    before = state["out"]
    state["out"] = {leaf["code"] for leaf in leaves(tree) if not one_leaf(tree, leaf, state, group)["applicable"]}
    return bool(state["out"] != before)


def rank(tree: Tree, results: list[Tree]) -> None:
    """The place of each unit of a group: one more than the units before it."""
    ties = tree.get("ties") or "shared"
    order = [] if ties == "shared" else ties["order"]

    def worth(result: Tree) -> tuple[Fraction, ...]:
        return (result["index"], *(points_under(tree, result, code) for code in order))

    for result in results:
        group = [other for other in results if other["group"] == result["group"]]
        if any(other["has_error"] for other in group):
            result["rank"] = None
        else:
            result["rank"] = 1 + sum(1 for other in group if worth(other) > worth(result))


def points_under(tree: Tree, result: Tree, code: str) -> Fraction:
    """The points of all criteria under a code of the set."""
    node = next(node for node in all_nodes(tree["fields"]) if node["code"] == code)
    codes = [leaf["code"] for leaf in all_nodes([node]) if "rule" in leaf]
    return sum((result["criteria"][each]["points"] or Fraction(0) for each in codes), Fraction(0))


# ---------------------------------------------------------------- one unit at one stage


def one_unit(tree: Tree, state: Tree, group: list[Tree]) -> Tree:
    """Points, maximum, index and class from the criteria."""
    criteria = {leaf["code"]: one_leaf(tree, leaf, state, group) for leaf in leaves(tree)}
    counted = [leaf for leaf in leaves(tree) if criteria[leaf["code"]]["counted"]]
    maximum = sum((number(leaf.get("max") or "0") for leaf in counted), Fraction(0))
    has_error = state["has_error"] or maximum == 0 or any(leaf["has_error"] for leaf in criteria.values())
    result: Tree = {"group": state["group"], "criteria": criteria, "maximum": maximum, "has_error": has_error}
    result |= {"points": None, "index": None, "class": None}
    if not has_error:
        result["points"] = added(tree, criteria)
        result["index"] = index_of(tree, result["points"], maximum)
        try:
            result["class"] = class_of(tree, result, state)
        except Wrong:
            result |= {"has_error": True, "points": None, "index": None, "class": None}
    return result


def added(tree: Tree, criteria: dict[str, Tree]) -> Fraction:
    """All points together; bonus and penalty within the bounds of the set."""
    sums = {"bonus": Fraction(0), "penalty": Fraction(0), "other": Fraction(0)}
    for leaf in leaves(tree):
        kind = leaf["rule"]["kind"] if leaf["rule"]["kind"] in BESIDE else "other"
        sums[kind] += criteria[leaf["code"]]["points"] or Fraction(0)
    if tree.get("bonus_cap") is not None:
        sums["bonus"] = min(sums["bonus"], number(tree["bonus_cap"]))
    if tree.get("penalty_cap") is not None:
        sums["penalty"] = max(sums["penalty"], -number(tree["penalty_cap"]))
    return sum(sums.values(), Fraction(0))


def index_of(tree: Tree, points: Fraction, maximum: Fraction) -> Fraction:
    """Rounded once, at most the cap."""
    index = round_half_up(points * 100 / maximum, index_decimals(tree))
    cap = (tree.get("index") or {}).get("cap")
    return index if cap is None else min(index, number(cap))


def class_of(tree: Tree, result: Tree, state: Tree) -> str:
    """The highest class reached, then the caps that hold."""
    steps = tree["bands"]["steps"]
    read = result["index"]
    if tree["bands"]["on"] == "points":
        decimals = tree.get("points_decimals")
        read = round_half_up(result["points"], index_decimals(tree) if decimals is None else int(decimals))
    ids = [step["id"] for step in steps]
    reached = next((step["id"] for step in steps if number(step["from"]) <= read), ids[-1])
    for cap in tree.get("class_caps") or []:
        if cap_holds(tree, cap["when"], result, state):
            reached = max(reached, cap["at_most"], key=ids.index)
    return str(reached)


def cap_holds(tree: Tree, when: str, result: Tree, state: Tree) -> bool:
    """False for a criterion taken out, or not yet scored."""
    names = references(when)
    if any(result["criteria"][code]["points"] is None or code in state["out"] for code, _ in names):
        return False
    try:
        return bool(calculate(when, {}, foreign_values(tree, names, state)))
    except DoesNotApply:
        return False


def index_decimals(tree: Tree) -> int:
    decimals = (tree.get("index") or {}).get("decimals")
    return 2 if decimals is None else int(decimals)


# ---------------------------------------------------------------- one criterion


def one_leaf(tree: Tree, leaf: Tree, state: Tree, group: list[Tree]) -> Tree:
    """Points of a criterion, whether it applies, whether its maximum counts."""
    answer = state["answers"][leaf["code"]]
    has_maximum = leaf["rule"]["kind"] not in BESIDE
    nothing = {"points": None, "applicable": True, "counted": has_maximum, "has_error": False}
    if state["stage"] == "self" and not by_unit(leaf):
        return nothing | {"counted": False, "has_error": bool(answer["said"])}
    try:
        if is_out(tree, leaf, state, group):
            return nothing | out_points(leaf) | {"applicable": False}
        points = rounded(tree, points_of(tree, leaf, state, group))
    except Wrong:
        return nothing | {"has_error": True}
    return nothing | {"points": points}


def out_points(leaf: Tree) -> Tree:
    match leaf.get("not_applicable"):
        case "exclude":
            return {"points": None, "counted": False}
        case "full":
            return {"points": Fraction(0) if leaf["rule"]["kind"] in BESIDE else number(leaf["max"])}
        case "zero":
            return {"points": Fraction(0)}
    raise Wrong


def is_out(tree: Tree, leaf: Tree, state: Tree, group: list[Tree]) -> bool:
    """Whether the criterion was said not to apply, or turns out not to."""
    answer = state["answers"][leaf["code"]]
    if is_unreadable(answer):
        raise Wrong
    if answer["applicable"] is False:
        return True
    try:
        points_of(tree, leaf, state, group)
    except DoesNotApply:
        return True
    return False


def is_unreadable(answer: Tree) -> bool:
    return UNREADABLE in [*answer["inputs"].values(), *(answer[name] for name in SPECIAL), answer["on_top_of"]]


def points_of(tree: Tree, leaf: Tree, state: Tree, group: list[Tree]) -> Fraction:
    """Typed points, or what the rule gives, within its bounds; a penalty is taken from the points."""
    answer, kind = state["answers"][leaf["code"]], leaf["rule"]["kind"]
    if answer["ratio"] is not None and (kind not in GIVEN or answer["points"] is not None):
        raise Wrong
    if answer["points"] is not None:
        points = typed_points(leaf, answer)
    elif kind == "manual":
        raise Wrong
    else:
        least, most = bounds(leaf)
        points = min(most, max(least, RULES[kind](tree, leaf, state, group)))
    return -points if kind == "penalty" else points


def typed_points(leaf: Tree, answer: Tree) -> Fraction:
    """Points a person typed: in range, explained, and over a computed rule never the unit's own."""
    kind, adds, points = leaf["rule"]["kind"], answer["on_top_of"] is not None, answer["points"]
    is_computed = kind != "manual" and kind not in GIVEN
    if is_computed and answer["typed_at"] == "self":
        raise Wrong
    if not answer["reason"] and (kind == "manual" or (is_computed and not adds)):
        raise Wrong
    least, most = bounds(leaf)
    least = min(least, Fraction(0))
    if not least <= points <= most:
        raise Wrong
    return min(most, max(least, points + abs_if_penalty(kind, answer["on_top_of"] or Fraction(0))))


def abs_if_penalty(kind: str, points: Fraction) -> Fraction:
    return -points if kind == "penalty" else points


def bounds(leaf: Tree) -> tuple[Fraction, Fraction]:
    rule = leaf["rule"]
    if rule["kind"] in BESIDE:
        return Fraction(0), number(rule["cap"])
    return number(rule.get("least") or "0"), number(leaf["max"])


def rounded(tree: Tree, points: Fraction) -> Fraction:
    decimals = tree.get("points_decimals")
    return points if decimals is None else round_half_up(points, int(decimals))


# ---------------------------------------------------------------- the rules


def own(tree: Tree, leaf: Tree, state: Tree) -> Callable[[str], Any]:
    """The value of an expression for this criterion; everything the rule reads must be there first."""
    answer = state["answers"][leaf["code"]]["inputs"]
    texts = list(expressions(leaf["rule"]))
    foreign = foreign_values(tree, {ref for text in texts for ref in references(text)}, state)
    for name in {name for text in texts for name in own_names(text)} - {"max"}:
        asked(leaf, state, name)
    return lambda text: calculate(text, answer | {"max": number(leaf.get("max") or "0")}, foreign)


def expressions(rule: Tree) -> Iterator[str]:
    """Every text of a rule that is calculated."""
    yield from (rule[key] for key in ("value", "count", "actual", "target", "best", "floor") if rule.get(key))
    for case in rule.get("cases") or []:
        if "otherwise" in case:
            yield case["otherwise"]
        else:
            yield from (text for text in (case["when"], case["points"]) if text != "otherwise")


def foreign_values(tree: Tree, names: set[tuple[str, str]], state: Tree) -> Tree:
    """Inputs of other criteria; one that was taken out has none, and that goes before a missing one."""
    if any(code in state["out"] or state["answers"][code]["applicable"] is False for code, _ in names):
        raise DoesNotApply
    by_code = {leaf["code"]: leaf for leaf in leaves(tree)}
    return {(code, name): asked(by_code[code], state, name) for code, name in names}


def asked(leaf: Tree, state: Tree, name: str) -> Any:
    inputs = state["answers"][leaf["code"]]["inputs"]
    if inputs.get(name, UNREADABLE) is UNREADABLE:
        raise Wrong
    return inputs[name]


def share(leaf: Tree, ratio: Fraction) -> Fraction:
    return min(Fraction(1), max(Fraction(0), ratio)) * number(leaf["max"])


def yes_no(tree: Tree, leaf: Tree, state: Tree, group: list[Tree]) -> Fraction:
    return number(leaf["max"]) * asked(leaf, state, "answer")


def choice(tree: Tree, leaf: Tree, state: Tree, group: list[Tree]) -> Fraction:
    return {option["id"]: number(option["points"]) for option in leaf["rule"]["options"]}[asked(leaf, state, "answer")]


def checklist(tree: Tree, leaf: Tree, state: Tree, group: list[Tree]) -> Fraction:
    ticked = asked(leaf, state, "ticked")
    return sum((number(item["points"]) for item in leaf["rule"]["items"] if item["id"] in ticked), Fraction(0))


def by_date(tree: Tree, leaf: Tree, state: Tree, group: list[Tree]) -> Fraction:
    day = asked(leaf, state, leaf["rule"]["date"])
    in_time = [step for step in leaf["rule"]["steps"] if day != "never" and day <= date.fromisoformat(step["until"])]
    return number(in_time[0]["points"]) if in_time else Fraction(0)


def counted(tree: Tree, leaf: Tree, state: Tree, group: list[Tree]) -> Fraction:
    """per_item, bonus, penalty, deduction."""
    rule = leaf["rule"]
    worth = own(tree, leaf, state)(rule["count"]) * number(rule["each"])
    return number(leaf["max"]) - worth if rule["kind"] == "deduction" else worth


def steps(tree: Tree, leaf: Tree, state: Tree, group: list[Tree]) -> Fraction:
    value = own(tree, leaf, state)(leaf["rule"]["value"])
    reached = [step for step in leaf["rule"]["steps"] if number(step["from"]) <= value]
    return number(max(reached, key=lambda step: number(step["from"]))["points"]) if reached else Fraction(0)


def linear(tree: Tree, leaf: Tree, state: Tree, group: list[Tree]) -> Fraction:
    of = own(tree, leaf, state)
    value, rule = of(leaf["rule"]["value"]), leaf["rule"]
    if rule["kind"] == "linear_with_floor" and value < of(rule["floor"]):
        return Fraction(0)
    if rule["kind"] == "linear_to_target":
        value = divided(value, of(rule["target"]))
    return share(leaf, value)


def target_ratio(tree: Tree, leaf: Tree, state: Tree, group: list[Tree]) -> Fraction:
    of, rule = own(tree, leaf, state), leaf["rule"]
    half, actual, target = number(leaf["max"]) / 2, of(rule["actual"]), of(rule["target"])
    up_to_target = half * divided(actual, target)
    if actual <= target:
        return up_to_target
    best = of(rule["best"]) if rule.get("best") else highest(tree, leaf, group)
    return half + half * divided(actual - target, best - target)


def highest(tree: Tree, leaf: Tree, group: list[Tree]) -> Fraction:
    """The highest figure among the units of the group for which the criterion applies."""
    code, only_actual = leaf["code"], leaf | {"rule": {"value": leaf["rule"]["actual"]}}
    found = []
    for state in group:
        answer = state["answers"][code]
        if code in state["out"] or answer["applicable"] is False:
            continue
        try:
            found.append(own(tree, only_actual, state)(leaf["rule"]["actual"]))
        except (Wrong, DoesNotApply):
            continue
    return max(found)


def formula(tree: Tree, leaf: Tree, state: Tree, group: list[Tree]) -> Fraction:
    of = own(tree, leaf, state)
    for case in leaf["rule"]["cases"]:
        if "otherwise" in case:
            return Fraction(of(case["otherwise"]))
        if case["when"] == "otherwise" or of(case["when"]):
            return Fraction(of(case["points"]))
    raise Wrong


def given(tree: Tree, leaf: Tree, state: Tree, group: list[Tree]) -> Fraction:
    ratio = state["answers"][leaf["code"]]["ratio"]
    if ratio is None or not 0 <= ratio <= 1:
        raise Wrong
    return Fraction(ratio * number(leaf["max"]))


def worst_of_period(tree: Tree, leaf: Tree, state: Tree, group: list[Tree]) -> Fraction:
    late, total = asked(leaf, state, "late"), asked(leaf, state, "total")
    if late > total:
        raise Wrong
    divided(late, total)
    return number(leaf["max"]) if late == 0 else Fraction(0)


RULES: dict[str, Callable[[Tree, Tree, Tree, list[Tree]], Fraction]] = {
    "yes_no": yes_no, "choice": choice, "checklist": checklist, "by_date": by_date, "steps": steps,
    "target_ratio": target_ratio, "formula": formula, "worst_of_period": worst_of_period,
} | dict.fromkeys(("per_item", "bonus", "penalty", "deduction"), counted) | dict.fromkeys(
    ("linear", "linear_with_floor", "linear_to_target"), linear
) | dict.fromkeys(GIVEN, given)  # fmt: skip
