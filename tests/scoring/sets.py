"""Small criteria sets for tests, from plain data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from cchc.records.errors import Place
from cchc.records.numbers import decimal_text
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.loading import load_bytes
from cchc.scoring.sheets import Entry, Sheet, SheetBuilder

Tree = dict[str, Any]
COUNTS = {name: {"label": f"Số {name}", "kind": "count"} for name in ("x", "y")}


def set_of(*criteria: Tree, **keys: Any) -> Tree:
    """A set of one field; codes 1, 2, 3 … where a criterion has none."""
    leaves = [{"code": str(i), "title": f"Tiêu chí {i}", **leaf} for i, leaf in enumerate(criteria, 1)]
    total = decimal_text(sum((Fraction(leaf.get("max", "0")) for leaf in leaves), Fraction(0)))
    return {
        "id": "small", "title": "Thử", "applies_to": ["commune"], "valid": {"from": "2026-01-01"},
        "source": {"document": "Bảng thử"}, "verified": "true", "total": total,
        "bands": {"on": "index", "steps": [{"id": "all", "from": "0", "name": "Đạt"}]},
        "fields": [{"code": "F", "title": "Lĩnh vực", "criteria": leaves}],
    } | keys  # fmt: skip


def loaded(tree: Tree) -> CriteriaSet:
    """The set of a tree."""
    return load_bytes(json.dumps(tree, ensure_ascii=False), "set.yaml")


def sheet_of_rows(made: CriteriaSet, rows: list[dict[str, str]], file: str = "sheet.csv") -> Sheet:
    """A sheet from rows with the columns of the long form, as if they stood below the heading of a file."""
    builder = SheetBuilder(made)
    for number, row in enumerate(rows, 2):
        builder.add(Entry(**row, place=Place(file, row=number)))
    return builder.build()


def rows_of(units: Mapping[str, Mapping[str, Mapping[str, str]]], stage: str = "council") -> list[dict[str, str]]:
    """Rows of one stage from `{unit: {criterion: {input: value}}}`."""
    return [
        {"unit": unit, "criterion": code, "input": name, "value": value, "stage": stage}
        for unit, criteria in units.items()
        for code, inputs in criteria.items()
        for name, value in inputs.items()
    ]
