"""A criteria set from whatever file it comes in: YAML, a workbook, or the shipped sets by id."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.loading import load, load_node
from cchc.scoring.workbook_reading import workbook_node
from cchc.tables.reading import read_path

_WORKBOOK_SUFFIXES: Final = (".xlsx", ".xlsm")


def load_any(source: str | Path) -> CriteriaSet:
    """`load`, and workbooks too."""
    path = Path(source)
    if path.suffix.lower() in _WORKBOOK_SUFFIXES and path.is_file():
        return load_node(workbook_node(read_path(path)))
    return load(source)
