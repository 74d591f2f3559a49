"""Ways to damage what people hand in: bytes, text, trees and grids, as Hypothesis strategies."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from cchc.records.errors import Message
from cchc.records.text import nfc
from cchc.tables.grid import Cell, Grid, Row

HOSTILE = (
    "", " ", "null", "~", "yes", "none", "-1", "0", "1/0", "9" * 400, "0." + "0" * 300 + "1", "1e999", "NaN", "1.10",
    "1,5", "1.000.000", "&a x", "*a", "!!python/object:os.system x", "{" * 60, "[" * 60, "'", '"', "\\", "#", ": ",
    "- ", "\t", "\n", "\r", "\x00", "\ufeff", "\u202e", "\u2028", "😀", "e\u0302", "ﬀ", "=1+1", "'=1", "%", "%s", "{0}",
    "{vi}", "c['1.1'].x", "c['", "x / 0", "(" * 40 + "x" + ")" * 40, "-" * 3_000 + "1", "max", "min(1)", "x < 1 < 2",
    "2026-02-30", "9999-99-99", "31/12/2026", "formula", "target_ratio", "exclude", "metric:", "otherwise", "linear",
    "applicable", "Không áp dụng", "council", "tháng sau", "a" * 70_000,
)  # fmt: skip
hostile = st.sampled_from(HOSTILE)


@st.composite
def bytes_of(draw: st.DrawFn, content: bytes) -> bytes:
    """A few bytes changed, taken out or put in; or the end missing."""
    damaged = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(damaged) - 1, 0)))
        match draw(st.sampled_from(["change", "insert", "delete", "cut"])):
            case "change":
                damaged[at : at + 1] = draw(st.binary(min_size=1, max_size=2))
            case "insert":
                damaged[at:at] = draw(st.sampled_from([b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"<!", b"PK"]))
            case "delete":
                del damaged[at : at + draw(st.integers(1, 40))]
            case "cut":
                del damaged[at:]
    return bytes(damaged)


@st.composite
def text_of(draw: st.DrawFn, text: str) -> str:
    """Lines and words moved, doubled, dropped, or replaced by something hostile."""
    lines = text.splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 3))):
        at, other = (draw(st.integers(0, max(len(lines) - 1, 0))) for _ in range(2))
        line = lines[at] if lines else ""
        match draw(st.sampled_from(["drop", "double", "swap", "indent", "word", "word", "word", "character", "cut"])):
            case "drop":
                lines[at : at + 1] = []
            case "double":
                lines[at:at] = [line]
            case "swap" if lines:
                lines[at], lines[other] = lines[other], lines[at]
            case "indent":
                lines[at : at + 1] = [draw(st.sampled_from([" ", "    ", "\t", "- "])) + line]
            case "word":
                words = line.split(" ")
                words[draw(st.integers(0, len(words) - 1))] = draw(hostile)
                lines[at : at + 1] = [" ".join(words) + ("\n" if line.endswith("\n") else "")]
            case "character":
                where = draw(st.integers(0, len(line)))
                lines[at : at + 1] = [line[:where] + draw(hostile) + line[where + 1 :]]
            case "cut":
                lines[at + 1 :] = []
    return "".join(lines)


def paths(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a tree."""
    if path:
        yield path
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, below in steps:
        yield from paths(below, (*path, key))


@st.composite
def tree_of(draw: st.DrawFn, tree: Any) -> Any:
    """Keys and members dropped, renamed, moved, or given another kind of value."""
    damaged = deepcopy(tree)
    for _ in range(draw(st.integers(1, 3))):
        everywhere = list(paths(damaged))
        if not everywhere:
            break
        *way, last = draw(st.sampled_from(everywhere))
        parent = damaged
        for key in way:
            parent = parent[key]
        match draw(st.sampled_from(["drop", "rename", "hostile", "hostile", "list", "mapping", "elsewhere"])):
            case "drop":
                del parent[last]
            case "rename" if isinstance(parent, dict):
                parent[draw(hostile)] = parent.pop(last)
            case "list":
                parent[last] = [parent[last]]
            case "mapping":
                parent[last] = {"no": parent[last]}
            case "elsewhere":
                found = damaged
                for key in draw(st.sampled_from(everywhere)):
                    found = found[key] if not isinstance(found, str | None) else found
                parent[last] = deepcopy(found)
            case _:
                parent[last] = draw(hostile)
    return damaged


@st.composite
def grids_of(draw: st.DrawFn, grids: tuple[Grid, ...]) -> tuple[Grid, ...]:
    """Cells changed or without a value, rows moved, doubled or dropped, a sheet missing or under another name."""
    damaged = list(grids)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(damaged) - 1))
        match draw(st.sampled_from(["cell", "cell", "cell", "cell", "rows", "rows", "sheet", "name"])):
            case "cell":
                damaged[at] = draw(with_other_cell(damaged[at]))
            case "rows":
                damaged[at] = draw(with_other_rows(damaged[at]))
            case "sheet" if len(damaged) > 1:
                del damaged[at]
            case _:
                damaged[at] = replace(damaged[at], sheet=draw(st.sampled_from([g.sheet for g in grids])))
    return tuple(damaged)


@st.composite
def with_other_cell(draw: st.DrawFn, grid: Grid) -> Grid:
    if not grid.rows:
        return grid
    where = draw(st.integers(0, len(grid.rows) - 1))
    row = grid.rows[where]
    cells = [*row.cells, Cell("")]
    texts = st.one_of(hostile, st.sampled_from([cell.text for other in grid.rows for cell in other.cells] or [""]))
    fault = draw(st.sampled_from([None] * 7 + [Message("tables.formula_without_value")]))
    cells[draw(st.integers(0, len(cells) - 1))] = Cell(nfc(draw(texts)).strip(), fault=fault)
    rows = [*grid.rows[:where], replace(row, cells=tuple(cells)), *grid.rows[where + 1 :]]
    return replace(grid, rows=tuple(rows))


@st.composite
def with_other_rows(draw: st.DrawFn, grid: Grid) -> Grid:
    rows = list(grid.rows)
    if rows:
        at, other = (draw(st.integers(0, len(rows) - 1)) for _ in range(2))
        match draw(st.sampled_from(["drop", "double", "swap", "empty"])):
            case "drop":
                del rows[at]
            case "double":
                rows.insert(other, rows[at])
            case "swap":
                rows[at], rows[other] = rows[other], rows[at]
            case "empty":
                rows = rows[:at]
    return replace(grid, rows=tuple(Row(number, row.cells) for number, row in enumerate(rows, 1)))
