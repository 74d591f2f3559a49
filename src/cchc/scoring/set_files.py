"""A criteria set from whatever file it comes in: YAML, a workbook, or the shipped sets by id."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cchc.records.errors import Place, unreadable
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.loading import load, load_bytes, load_node
from cchc.scoring.workbook_reading import workbook_node
from cchc.tables.limits import DEFAULT_LIMITS
from cchc.tables.reading import read_path, read_tables

_WORKBOOK_SUFFIXES: Final = (".xlsx", ".xlsm")


def load_any(source: str | Path) -> CriteriaSet:
    """`load`, and workbooks too."""
    path = Path(source)
    if path.suffix.lower() in _WORKBOOK_SUFFIXES and path.is_file():
        return load_node(workbook_node(read_path(path)))
    return load(source)


def load_uploaded(content: bytes, file: str) -> CriteriaSet:
    """The set in an uploaded file; `file` is the name shown to people. Raises as the readers of either form do."""
    if len(content) > DEFAULT_LIMITS.file_bytes:
        raise unreadable("tables.file_too_large", Place(file), limit=DEFAULT_LIMITS.file_bytes // 1_000_000)
    if Path(file).suffix.lower() in _WORKBOOK_SUFFIXES:
        return load_node(workbook_node(read_tables(content, file)))
    return load_bytes(content, file)
