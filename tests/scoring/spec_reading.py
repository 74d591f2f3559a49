"""Reads the specification tables in `tests/scoring/spec` and scores their cases through the public API."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from cchc.records.errors import Message, Problem
from cchc.records.expressions import compile_number, parse
from cchc.records.numbers import decimal_text
from cchc.records.yaml_text import Entries, Items, Node, read_yaml
from cchc.scoring import evaluate
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.loading import load_bytes
from cchc.scoring.results import Leaf, Results
from cchc.scoring.sheets import Entry, Sheet, SheetBuilder

FOLDER = Path(__file__).parent / "spec"
CODE = "1.1"
BESIDE = "1.2"
UNIT = "Xã Thử"


@dataclass(frozen=True)
class SpecCase:
    """One case of a table: a criterion, stages of inputs, what must come out at each."""

    name: str
    criterion: Any
    others: tuple[Any, ...]
    stages: tuple[Any, ...]


def plain(node: Node) -> Any:
    """Text nodes as strings, lists and dicts; absent values as None."""
    match node:
        case Entries(entries=entries):
            return {key: plain(value) for key, value in entries.items()}
        case Items(items=items):
            return [plain(item) for item in items]
    return node.text


def read_table(path: Path) -> Any:
    """A whole table as plain text, lists and dicts."""
    return plain(read_yaml(path.read_bytes(), path.name))


def cases_of(path: Path) -> Iterator[SpecCase]:
    """All cases of a table of criteria."""
    for table in read_table(path)["tables"]:
        for case in table["cases"]:
            stages = case.get("stages") or [{"stage": "council", **case}]
            name = f"{path.stem}: {case['case']}"
            yield SpecCase(name, table["criterion"], tuple(case.get("others", ())), tuple(stages))


def exact(text: str) -> Fraction:
    """`2.4`, `18/7` or `-2` exactly."""
    return compile_number(parse(text))({})


def set_around(criterion: Mapping[str, Any]) -> CriteriaSet:
    """A criteria set of this criterion and, beside it, one of 7 points."""
    titled = {"code": CODE, "title": "Thử", **criterion}
    beside = {"code": BESIDE, "title": "Bên cạnh", "max": "7", "rule": {"kind": "yes_no"}}
    total = Fraction(titled.get("max", "0")) + 7
    content = {
        "id": "spec", "title": "Thử", "applies_to": ["commune"], "valid": {"from": "2026-01-01"},
        "source": {"document": "Bảng thử"}, "verified": "true", "total": decimal_text(total),
        "bands": {"on": "index", "steps": [{"id": "all", "from": "0", "name": "Đạt"}]},
        "fields": [{"code": "1", "title": "Thử", "criteria": [titled, beside]}],
    }  # fmt: skip
    return load_bytes(json.dumps(content, ensure_ascii=False), "spec.yaml")


def score(case: SpecCase) -> Results:
    """The case's unit, and the others of its group, scored at the case's stages."""
    made = set_around(case.criterion)
    builder = SheetBuilder(made)
    for number, other in enumerate(case.others):
        _add(builder, f"Xã khác {number}", case.stages[0]["stage"], CODE, other)
    for stage in case.stages:
        _add(builder, UNIT, stage["stage"], BESIDE, {"answer": "yes"})
        _add(builder, UNIT, stage["stage"], CODE, stage["sheet"])
    return evaluate(made, builder.build())


def _add(builder: SheetBuilder, unit: str, stage: str, code: str, inputs: Mapping[str, str]) -> None:
    for name, value in inputs.items():
        builder.add(Entry(unit, code, name, value, stage))


def sheet_of(made: CriteriaSet, units: Mapping[str, Mapping[str, Mapping[str, str]]], stage: str) -> Sheet:
    """A sheet of one stage from plain text."""
    builder = SheetBuilder(made)
    for unit, criteria in units.items():
        for code, inputs in criteria.items():
            _add(builder, unit, stage, code, inputs)
    return builder.build()


def codes_in(message: Message | None) -> Iterator[str]:
    """The codes of a message and of those inside it, without their room."""
    if message is None:
        return
    yield message.code.partition(".")[2]
    for value in message.params.values():
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Message | Problem):
                yield from codes_in(inner.message if isinstance(inner, Problem) else inner)


def reason_codes(leaf: Leaf) -> list[str]:
    """The codes of a leaf's reasons, without their room."""
    return [reason.code.partition(".")[2] for reason in leaf.reasons]
