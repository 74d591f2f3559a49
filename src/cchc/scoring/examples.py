"""The example sheets that come with the shipped sets: made-up figures of made-up units, to try things with."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from cchc.scoring.sheets import Stage, parse_stage

Figures = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Unit → criterion → input → text."""


def example_sheet(set_id: str) -> Path:
    """The file of a shipped set's example."""
    return Path(str(resources.files("cchc.scoring"))) / "sets" / "examples" / f"{set_id}.csv"


def example_figures(set_id: str, stage: Stage) -> Figures:
    """What it says at one stage, as typed."""
    said: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    with example_sheet(set_id).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if parse_stage(row["Giai đoạn"]) == stage:
                said[row["Đơn vị"]][row["Tiêu chí"]][row["Chỉ tiêu"]] = row["Giá trị"]
    return said
