"""Generated criteria sets and sheets: plain trees and rows, as `tests.scoring.oracle` reads them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from cchc.records.numbers import decimal_text

Tree = dict[str, Any]
Draw = st.DrawFn

COMPUTED = (
    "yes_no", "choice", "checklist", "by_date", "per_item", "steps", "linear", "linear_with_floor", "linear_to_target",
    "target_ratio", "deduction", "bonus", "penalty", "formula", "worst_of_period",
)  # fmt: skip
GIVEN = ("survey", "outcome", "inherit")
KINDS = (*COMPUTED, *GIVEN, "manual")
BESIDE = ("bonus", "penalty")
# Kinds that read figures: their criteria declare `x`, `y` and `z`.
FIGURES = (
    "per_item", "steps", "linear", "linear_with_floor", "linear_to_target", "target_ratio", "deduction", "bonus",
    "penalty", "formula",
)  # fmt: skip
DAYS = ("2026-01-15", "2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01", "28/02/2026", "no")
STAGES = ("self", "document1", "field", "document2", "council")
UNITS = ("Xã A", "Xã B", "Phường C", "Phường D")


def mostly(usual: Any, *others: Any) -> st.SearchStrategy[Any]:
    """`usual` in about seven of eight draws."""
    return st.sampled_from([usual] * 7 * len(others) + list(others))


def amounts(least: str, most: str, decimals: int) -> st.SearchStrategy[str]:
    """Numbers of at most that many decimals, as text."""
    low, high = (int(Fraction(text) * 10**decimals) for text in (least, most))
    return st.integers(low, high).map(lambda n: decimal_text(Fraction(n, 10**decimals)))


# ---------------------------------------------------------------- sets


@st.composite
def trees(draw: Draw, kinds: tuple[str, ...] = KINDS, **fixed: Any) -> Tree:
    """A whole set that the loader takes. `fixed` keys are put in as they are."""
    decimals = draw(st.sampled_from([None, None, 0, 1, 2]))
    if "points_decimals" in fixed:
        decimals = fixed["points_decimals"]
    grid = 2 if decimals is None else decimals
    codes = [f"{1 + i // 4}.{1 + i % 4}" for i in range(draw(st.integers(1, 5)))]
    first = draw(st.sampled_from([kind for kind in kinds if kind not in BESIDE]))
    chosen = [first, *(draw(st.sampled_from(kinds)) for _ in codes[1:])]
    readable = [code for code, kind in zip(codes, chosen, strict=True) if kind in FIGURES]
    leaves = [
        draw(criteria(code, kind, grid, tuple(c for c in readable if c != code)))
        for code, kind in zip(codes, chosen, strict=True)
    ]
    tree: Tree = {
        "id": "generated", "title": {"vi": "Bộ thử", "en": "Trial"}, "applies_to": ["commune"],
        "valid": {"from": "2026-01-01", "to": None}, "source": {"document": "Quyết định 1/QĐ-UBND"}, "verified": "true",
        "total": sum_of(leaves), "points_decimals": None if decimals is None else str(decimals),
        "bands": draw(bands()), "fields": draw(nested(leaves)),
    }  # fmt: skip
    tree |= draw(index_keys()) | {key: draw(mostly(None, "0", "1", "2")) for key in ("bonus_cap", "penalty_cap")}
    tree["ties"] = draw(st.sampled_from(["shared", {"order": [codes[-1]]}, {"order": ["F1", codes[0]]}]))
    tree["class_caps"] = draw(class_caps(readable, tree["bands"])) if readable else None
    return tree | {key: value for key, value in fixed.items() if key != "points_decimals"}


def sum_of(leaves: list[Tree]) -> str:
    return decimal_text(sum((Fraction(leaf.get("max") or "0") for leaf in leaves), Fraction(0)))


@st.composite
def nested(draw: Draw, leaves: list[Tree]) -> list[Tree]:
    """Fields over the leaves; some of the leaves inside a group."""
    cut = draw(st.integers(1, len(leaves)))
    fields = []
    for number, part in enumerate((leaves[:cut], leaves[cut:]), 1):
        if part:
            grouped = draw(st.integers(0, len(part)))
            group = {"code": f"G{number}", "title": "Nhóm", "criteria": part[grouped:]}
            children = [*part[:grouped], *([group] if part[grouped:] else [])]
            maximum = sum_of(part)
            written = {"max": maximum} if maximum != "0" and draw(st.booleans()) else {}
            fields.append({"code": f"F{number}", "title": "Lĩnh vực", "criteria": children} | written)
    return fields


@st.composite
def bands(draw: Draw) -> Tree:
    starts = draw(st.sampled_from([("90", "50", "0"), ("80", "0"), ("3", "1.5", "0"), ("0",)]))
    steps = [{"id": f"band{i}", "from": start, "name": f"Loại {i}"} for i, start in enumerate(starts)]
    return {"on": draw(st.sampled_from(["index", "points"])), "steps": steps}


@st.composite
def index_keys(draw: Draw) -> Tree:
    decimals = draw(st.sampled_from([None, "0", "1", "2", "3"]))
    cap = draw(mostly(None, "95", "60", "100"))
    return {"index": {"decimals": decimals, "cap": cap}} if decimals or cap else {}


def class_caps(readable: list[str], bands: Tree) -> st.SearchStrategy[list[Tree]]:
    names = st.sampled_from([f"c['{code}'].{name}" for code in readable for name in "xyz"])
    conditions = names.flatmap(
        lambda name: st.sampled_from([f"{name} == 0", f"{name} >= 2 and {name} / {name} == 1", f"1 / {name} < 1"])
    )
    at_most = st.sampled_from([step["id"] for step in bands["steps"]])
    return st.lists(st.fixed_dictionaries({"when": conditions, "at_most": at_most}), max_size=2)


@st.composite
def criteria(draw: Draw, code: str, kind: str, grid: int, others: tuple[str, ...]) -> Tree:
    """One criterion; it may read figures of `others`."""
    maximum = draw(amounts("1", "4", grid))
    leaf: Tree = {"code": code, "title": {"vi": f"Tiêu chí {code}"}, "rule": {"kind": kind}}
    if kind not in BESIDE:
        leaf["max"] = maximum
    if kind in FIGURES:
        figures = {"x": "count", "y": "number", "z": "yes_no"}
        leaf["inputs"] = {name: {"label": f"Số {name}", "kind": of} for name, of in figures.items()}
    elif kind == "by_date":
        leaf["inputs"] = {"day": {"label": "Ngày", "kind": "date"}}
    elif draw(mostly(False, True)):
        leaf["inputs"] = {"x": {"label": "Số liệu thêm", "kind": "count", "unit": {"vi": "lượt", "en": "times"}}}
    leaf["rule"] |= draw(rule_keys(kind, maximum, grid, others))
    leaf["not_applicable"] = draw(st.sampled_from([None, "exclude", "exclude", "full", "zero", "never"]))
    leaf["scored_by"] = draw(mostly(None, "unit", "appraiser", "survey", "metric:late"))
    leaf["combine"] = draw(st.sampled_from([None, "replace", "add"]))
    return {key: value for key, value in leaf.items() if value is not None}


@st.composite
def rule_keys(draw: Draw, kind: str, maximum: str, grid: int, others: tuple[str, ...]) -> Tree:
    within, number = amounts("0", maximum, grid), numbers(others)
    match kind:
        case "choice" | "checklist":
            items = [{"id": name, "label": f"Mục {name}", "points": draw(within)} for name in ("a", "b", "c")]
            return {"options" if kind == "choice" else "items": items}
        case "by_date":
            steps = [{"until": day, "points": draw(within)} for day in ("2026-01-31", "2026-02-28")]
            return {"date": "day", "steps": steps[draw(st.integers(0, 1)) :]}
        case "steps":
            starts = draw(st.lists(st.sampled_from(["-1", "0", "0.5", "1", "2.5"]), min_size=1, unique=True))
            return {"value": draw(number), "steps": [{"from": start, "points": draw(within)} for start in starts]}
        case "linear" | "linear_with_floor" | "linear_to_target":
            extra = {"linear_with_floor": {"floor": "0.5"}, "linear_to_target": {"target": "0.8"}}.get(kind, {})
            return {"value": draw(number)} | extra
        case "target_ratio":
            target = draw(st.sampled_from(["2", "x", "1.5"]))
            best = draw(st.sampled_from([{}, {}, {"best": "x + 2"}, {"best": "4"}]))
            return {"actual": draw(number), "target": target} | best
        case "per_item" | "deduction" | "bonus" | "penalty":
            cap = {"cap": draw(amounts("1", "2", grid))} if kind in BESIDE else {}
            least = draw(st.sampled_from([{}, {"least": "-2"}, {"least": "1"}])) if kind == "deduction" else {}
            return {"count": draw(number), "each": draw(amounts("1", "2", grid))} | cap | least
        case "formula":
            return {"cases": draw(cases(others))}
    return {}


@st.composite
def cases(draw: Draw, others: tuple[str, ...]) -> list[Tree]:
    guarded = [
        {"when": draw(conditions(others)), "points": draw(numbers(others))} for _ in range(draw(st.integers(1, 2)))
    ]
    last = draw(st.sampled_from([None, "otherwise", "when"]))
    if last is None:
        return guarded
    points = draw(numbers(others))
    return [*guarded, {"otherwise": points} if last == "otherwise" else {"when": "otherwise", "points": points}]


def names(others: tuple[str, ...]) -> st.SearchStrategy[str]:
    foreign = [f"c['{code}'].{name}" for code in others for name in "xy"]
    return st.one_of(st.sampled_from(["x", "y", "z", "max", "0", "1", "2.5"]), st.sampled_from(foreign or ["x"]))


def numbers(others: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Expressions of a few operations; the plain ones come first when a failure is made small."""
    operand = names(others)
    return st.one_of(
        st.sampled_from(["x", "y", "x / y", "y / 2"]),
        st.tuples(operand, st.sampled_from("+-*/"), operand).map(" ".join),
        st.tuples(operand, operand, operand, st.sampled_from("+-*/")).map(
            lambda p: f"max({p[0]}, {p[1]}) {p[3]} {p[2]}"
        ),
        st.tuples(operand, operand, operand).map(lambda p: f"-({p[0]} - min({p[1]}, {p[2]}, 1)) / max"),
    )


def conditions(others: tuple[str, ...]) -> st.SearchStrategy[str]:
    compared = st.tuples(numbers(others), st.sampled_from(["<", "<=", "==", "!=", ">=", ">"]), names(others)).map(
        " ".join
    )
    return st.one_of(compared, st.tuples(compared, st.sampled_from(["and", "or"]), compared).map(" ".join))


# ---------------------------------------------------------------- sheets


@st.composite
def rows(draw: Draw, tree: Tree, *, hostile: bool = True) -> list[dict[str, str]]:
    """Rows for a few units: nearly complete at the first stage, here and there something at the later ones."""
    units = UNITS[: draw(st.integers(1, 4))]
    stages = sorted(draw(st.lists(st.sampled_from(STAGES), min_size=1, max_size=3, unique=True)), key=STAGES.index)
    groups = draw(st.sampled_from([{}, {}, {"Xã A": "xã", "Xã B": "xã", "Phường C": "phường", "Phường D": "phường"}]))
    made = []
    for unit in units:
        for number, stage in enumerate(stages):
            for leaf in leaves_of(tree):
                mine = leaf.get("scored_by", "unit") == "unit"
                if stage == "self" and not mine and not (hostile and draw(mostly(False, True))):
                    continue
                is_first = number == 0 or (number == 1 and stages[0] == "self" and not mine)
                said = draw(complete(leaf, stage) if is_first else changes(leaf))
                said |= draw(oddities(leaf)) if hostile else {}
                row = {"unit": unit, "stage": stage, "group": groups.get(unit, ""), "criterion": leaf["code"]}
                made += [row | {"input": name, "value": value} for name, value in said.items()]
    strays = st.lists(stray_rows(leaves_of(tree)), max_size=1) if draw(mostly(False, True)) else st.just([])
    nothing = {"unit": units[0], "stage": stages[-1], "group": "", "criterion": leaves_of(tree)[0]["code"]}
    return [*made, *(draw(strays) if hostile else [])] or [nothing | {"input": "points", "value": ""}]


def leaves_of(tree: Tree) -> list[Tree]:
    """All criteria that have a rule."""
    found, waiting = [], list(tree["fields"])
    while waiting:
        node = waiting.pop(0)
        waiting = [*node.get("criteria", []), *waiting]
        found += [node] if "rule" in node else []
    return found


def figures_of(leaf: Tree) -> dict[str, st.SearchStrategy[str]]:
    """What can stand in each input of a criterion."""
    kind = leaf["rule"]["kind"]
    found = {name: values(item["kind"]) for name, item in leaf.get("inputs", {}).items()}
    match kind:
        case "yes_no":
            found["answer"] = values("yes_no")
        case "choice":
            found["answer"] = st.sampled_from(["a", "b", "c"])
        case "checklist":
            found["ticked"] = st.sampled_from(["a", "a;b", "b; c", "c;a;b", "none", "a;a"])
        case "worst_of_period":
            found |= {"late": st.sampled_from(["0", "0", "1", "3"]), "total": st.sampled_from(["3", "3", "2", "0"])}
    return found


def values(kind: str) -> st.SearchStrategy[str]:
    match kind:
        case "count":
            return st.sampled_from(["1", "2", "3", "4", "10", "0"])
        case "number":
            return st.sampled_from(["2", "1,5", "3.25", "0,5", "5", "0", "-1"])
        case "yes_no":
            return st.sampled_from(["yes", "có", "no", "không"])
        case _:
            return st.sampled_from(DAYS)


def typed(leaf: Tree) -> st.SearchStrategy[dict[str, str]]:
    """Points or a ratio typed into the sheet, most of them as they may be."""
    points = st.sampled_from(["1", "0,5", "0", "0.333", "1", "-1", "99"])
    with_reason = st.fixed_dictionaries({"points": points, "reason": st.sampled_from(["Theo hồ sơ", "Thực tế"])})
    ratio = st.fixed_dictionaries({"ratio": st.sampled_from(["0,5", "85%", "1", "0", "1,01"])})
    if leaf["rule"]["kind"] in GIVEN:
        return st.one_of(ratio, with_reason, st.fixed_dictionaries({"points": points}))
    return with_reason


@st.composite
def complete(draw: Draw, leaf: Tree, stage: str) -> dict[str, str]:
    """Everything the criterion needs."""
    said = {name: draw(value) for name, value in figures_of(leaf).items()}
    if leaf["rule"]["kind"] in (*GIVEN, "manual"):
        said |= draw(typed(leaf))
    return said


@st.composite
def changes(draw: Draw, leaf: Tree) -> dict[str, str]:
    """What a later stage may say: mostly nothing, else one figure, points, or both."""
    what = draw(st.sampled_from(["nothing", "nothing", "nothing", "figure", "points", "both"]))
    figures = figures_of(leaf)
    said: dict[str, str] = {}
    if what in ("figure", "both") and figures:
        name = draw(st.sampled_from(sorted(figures)))
        said[name] = draw(figures[name])
    if what in ("points", "both"):
        said |= draw(typed(leaf))
    return said


@st.composite
def oddities(draw: Draw, leaf: Tree) -> dict[str, str]:
    """Now and then something out of the way, some of it wrong."""
    odd = draw(st.sampled_from([None] * 24 + ["out", "in", "bad", "by_answer", "reason", "points", "ratio", "empty"]))
    names = sorted(figures_of(leaf)) or ["points"]
    match odd:
        case "out" | "in":
            return {"applicable": "no" if odd == "out" else "yes", "reason": "Không phát sinh"}
        case "bad" | "empty":
            name = draw(st.sampled_from([*names, "points", "applicable"]))
            return {name: "" if odd == "empty" else draw(st.sampled_from(["nhiều", "1.000.000", "31/02/2026"]))}
        case "by_answer" if "answer" in names:
            return {"answer": "Không áp dụng"}
        case "reason":
            return {"reason": "Bổ sung"}
        case "points":
            return {"points": "1"}
        case "ratio":
            return {"ratio": "0,5"}
    return {}


def stray_rows(leaves: list[Tree]) -> st.SearchStrategy[dict[str, str]]:
    """Rows that belong nowhere."""
    code = leaves[0]["code"]
    row = {"unit": "Xã A", "stage": "council", "group": "", "criterion": code, "input": "points", "value": "1"}
    strays = [row | {"criterion": "9.9"}, row | {"input": "đâu"}, row | {"stage": "tháng sau"}, row | {"group": "khác"}]
    return st.sampled_from([*strays, row | {"unit": ""}])
