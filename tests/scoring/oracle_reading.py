"""The oracle's own reading of a set and of rows: what holds for a unit at a stage, cell by cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

Tree = dict[str, Any]
Rows = list[dict[str, str]]

STAGES = ("self", "document1", "field", "document2", "council")
SPECIAL = ("applicable", "points", "ratio", "reason")
GIVEN = ("survey", "outcome", "inherit")
UNREADABLE = object()


# ---------------------------------------------------------------- the set as it is written


def all_nodes(nodes: list[Tree]) -> Iterator[Tree]:
    for node in nodes:
        yield node
        yield from all_nodes(node.get("criteria") or [])


def leaves(tree: Tree) -> list[Tree]:
    return [node for node in all_nodes(tree["fields"]) if "rule" in node]


def by_unit(leaf: Tree) -> bool:
    return (leaf.get("scored_by") or "unit") == "unit"


def kinds_of_inputs(leaf: Tree) -> dict[str, str]:
    rule = leaf["rule"]
    implied = {
        "yes_no": {"answer": "yes_no"}, "choice": {"answer": "choice"}, "checklist": {"ticked": "checklist"},
        "worst_of_period": {"late": "count", "total": "count"},
    }  # fmt: skip
    declared = {name: item["kind"] for name, item in (leaf.get("inputs") or {}).items()}
    return implied.get(rule["kind"], {}) | declared


# ---------------------------------------------------------------- the rows as they are written


def stage_of(row: dict[str, str]) -> str:
    return row.get("stage") or "council"


def state_of(tree: Tree, rows: Rows, unit: str, stage: str, done: Tree) -> Tree:
    """What holds for a unit at a stage: every row up to it, the later over the earlier.

    `done` holds what came out at earlier stages: field points may add to it.
    """
    mine = [row for row in rows if row["unit"] == unit]
    codes = {leaf["code"]: leaf for leaf in leaves(tree)}
    groups = [row["group"] for row in mine if row.get("group")]
    keys = [(stage_of(row), row["criterion"], row["input"]) for row in mine if row["value"]]
    has_error = len(set(groups)) > 1 or len(set(keys)) < len(keys) or any(is_stray(codes, row) for row in mine)
    mine = [row for row in mine if row.get("group", "") in ("", *groups[:1])]
    state: Tree = {"stage": stage, "group": (groups or [""])[0], "has_error": has_error, "answers": {}, "out": set()}
    for code, leaf in codes.items():
        answer: Tree = {"inputs": {}, "applicable": None, "by_answer": False, "ratio": None, "said": {}}
        answer |= {"points": None, "reason": None, "typed_at": None, "on_top_of": None}
        for earlier in STAGES[: STAGES.index(stage) + 1]:
            about = [row for row in mine if (stage_of(row), row["criterion"]) == (earlier, code) and row["value"]]
            said = {row["input"]: row["value"] for row in reversed(about)}  # of one given twice, the first
            take(leaf, answer, said, earlier)
            if earlier == "field" and leaf.get("combine") == "add" and "points" in said:
                answer["on_top_of"] = before_the_field(done, unit, code)
        state["answers"][code] = answer
    return state


def before_the_field(done: Tree, unit: str, code: str) -> Any:
    """The points at the latest stage before the visit; none are 0, an error stays one."""
    stages = [stage for stage in ("document1", "self") if (unit, stage) in done]
    if not stages:
        return Fraction(0)
    leaf = done[unit, stages[0]]["criteria"][code]
    return UNREADABLE if leaf["has_error"] else leaf["points"] or Fraction(0)


def is_stray(codes: dict[str, Tree], row: dict[str, str]) -> bool:
    """A row that belongs to no stage, no criterion or no input."""
    if stage_of(row) not in STAGES or row["criterion"] not in codes:
        return True
    return bool(row["value"]) and row["input"] not in {*SPECIAL, *kinds_of_inputs(codes[row["criterion"]])}


def take(leaf: Tree, answer: Tree, said: dict[str, str], stage: str) -> None:
    """One stage over what held before it: it replaces only what its rows name."""
    kinds = kinds_of_inputs(leaf)
    answer["said"] = said
    figures = {name: text for name, text in said.items() if name in kinds}
    says_out = figures.get("answer") == "Không áp dụng"
    if says_out:
        del figures["answer"]
        if answer["inputs"].get("answer") is UNREADABLE:
            del answer["inputs"]["answer"]
    values = {name: typed(leaf, kinds[name], text) for name, text in figures.items()}
    answer["inputs"] |= values
    if any(value is not UNREADABLE for value in values.values()) and leaf["rule"]["kind"] not in (*GIVEN, "manual"):
        answer |= {"points": None, "ratio": None, "on_top_of": None}
    if "points" in said:
        answer |= {"reason": None, "typed_at": stage, "ratio": None, "on_top_of": None}
    elif "ratio" in said:
        answer |= {"points": None, "on_top_of": None}
    for name in ("points", "ratio", "reason"):
        if name in said and not (name == "reason" and says_nothing_of_points(said)):
            answer[name] = special(name, said[name])
    apply(answer, said, says_out, figures)


def says_nothing_of_points(said: dict[str, str]) -> bool:
    """A reason beside `applicable` is the reason for that."""
    return "applicable" in said and "points" not in said


def apply(answer: Tree, said: dict[str, str], says_out: bool, figures: dict[str, str]) -> None:
    """`applicable`, or an answer that says so; only an answer's own word is taken back by an answer."""
    word = special("applicable", said["applicable"]) if "applicable" in said else None
    if word is UNREADABLE:
        answer |= {"applicable": word, "by_answer": False}
    elif word is False:
        answer |= {"applicable": False, "by_answer": False}
    elif says_out:
        answer |= {"applicable": False, "by_answer": True}
    elif word is not None:
        answer |= {"applicable": word, "by_answer": False}
    elif answer["by_answer"] and "answer" in figures:
        answer |= {"applicable": None, "by_answer": False}


def special(name: str, text: str) -> Any:
    match name:
        case "applicable":
            yes = typed({}, "yes_no", text)
            return yes if yes is UNREADABLE else bool(yes)
        case "points":
            return typed({}, "number", text)
        case "ratio":
            value = typed({}, "number", text.removesuffix("%"))
            return value / 100 if text.endswith("%") and value is not UNREADABLE else value
    return text


def typed(leaf: Tree, kind: str, text: str) -> Any:
    """One cell as what its kind means; `UNREADABLE` when it means nothing."""
    text = unicodedata.normalize("NFC", text.strip())
    match kind:
        case "count":
            return Fraction(text) if re.fullmatch("[0-9]+", text) else UNREADABLE
        case "number":
            return Fraction(text.replace(",", ".")) if re.fullmatch("-?[0-9]+([.,][0-9]+)?", text) else UNREADABLE
        case "yes_no":
            return Fraction(1) if text in ("yes", "có") else Fraction(0) if text in ("no", "không") else UNREADABLE
        case "date":
            return "never" if text == "no" else a_day(text)
        case "choice":
            return text if text in [option["id"] for option in leaf["rule"]["options"]] else UNREADABLE
        case "checklist":
            ticked = [] if text == "none" else [part.strip() for part in text.split(";")]
            return ticked if set(ticked) <= {item["id"] for item in leaf["rule"]["items"]} else UNREADABLE
    return text


def a_day(text: str) -> Any:
    local = re.fullmatch("([0-9]{2})/([0-9]{2})/([0-9]{4})", text)
    try:
        return date.fromisoformat(f"{local[3]}-{local[2]}-{local[1]}" if local else text)
    except ValueError:
        return UNREADABLE


def number(text: str) -> Fraction:
    return Fraction(text)


def round_half_up(value: Fraction, decimals: int) -> Fraction:
    """Halves away from zero."""
    whole = (abs(value) * 10**decimals + Fraction(1, 2)) // 1
    return Fraction(whole if value >= 0 else -whole, 10**decimals)
