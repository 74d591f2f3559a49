"""A criteria set as a workbook that an official can edit and that reads back to the same content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.workbook_layout import (
    BANDS,
    CLASS_CAPS,
    CRITERIA,
    EVIDENCE,
    GUIDE_SHEET,
    INPUT_LIST,
    INPUTS,
    KEY_TITLE,
    LIST_SEPARATOR,
    PARTS,
    RULE_LISTS,
    SET_KEYS,
    SET_SHEET,
    STEPS,
    VALUE_TITLE,
    Part,
    PathColumn,
)
from cchc.scoring.writing import set_tree
from cchc.tables.layout import Column, SheetToWrite
from cchc.tables.xlsx_writing import write_xlsx

_SPARE_ROWS: Final = 50
Tree = dict[str, Any]


def to_workbook(made: CriteriaSet) -> bytes:
    """The XLSX file. Every cell is text; code columns are locked; drop-down lists hold the allowed words."""
    tree = set_tree(made)
    nodes = list(_nodes(tree["fields"], ""))
    rows = {
        CRITERIA.sheet: [_row(CRITERIA, node | {"parent": parent}) for node, parent in nodes],
        INPUTS.sheet: [_owned(INPUTS, node, item) for node, _ in nodes for item in _inputs(node)],
        STEPS.sheet: [_owned(STEPS, node, item) for node, _ in nodes for item in _list_members(node)],
        EVIDENCE.sheet: [_owned(EVIDENCE, node, item) for node, _ in nodes for item in node.get("evidence", [])],
        BANDS.sheet: [_row(BANDS, band) for band in tree["bands"]["steps"]],
        CLASS_CAPS.sheet: [_row(CLASS_CAPS, cap) for cap in tree.get("class_caps", [])],
    }
    return write_xlsx([_guide(made), _set_sheet(tree), *(_sheet(part, rows[part.sheet]) for part in PARTS)])


def _nodes(members: list[Tree], parent: str) -> Iterator[tuple[Tree, str]]:
    """Every field, group and criterion with the code it stands under, in order."""
    for node in members:
        yield node, parent
        yield from _nodes(node.get("criteria", []), node["code"])


def _inputs(node: Tree) -> Iterator[Tree]:
    for name, item in node.get("inputs", {}).items():
        yield item | {"name": name}


def _list_members(node: Tree) -> Iterator[Tree]:
    """Members of the rule's lists, and options of inputs that only inform."""
    for name in RULE_LISTS:
        for member in node.get("rule", {}).get(name, []):
            yield member | {"list": name}
    for name, item in node.get("inputs", {}).items():
        for option in item.get("options", []):
            yield option | {"list": f"{INPUT_LIST}{name}"}


def _owned(part: Part, node: Tree, member: Tree) -> tuple[str, ...]:
    return (node["code"], *_row(part, member)[1:])


def _row(part: Part, member: Tree) -> tuple[str, ...]:
    return tuple(text_at(member, column.path) for column in part.columns)


def text_at(tree: Any, path: str) -> str:
    """The text under a dotted path, of a text in two languages the Vietnamese one; empty where there is none."""
    for key in path.split("."):
        tree = tree.get(key) if isinstance(tree, dict) else None
    if isinstance(tree, dict):
        tree = tree.get("vi")
    if isinstance(tree, list):
        return LIST_SEPARATOR.join(tree)
    return tree if isinstance(tree, str) else ""


def _set_sheet(tree: Tree) -> SheetToWrite:
    columns = (
        Column(KEY_TITLE, 18, locked=True),
        Column(VALUE_TITLE, 60),
        Column("Giải thích", 70, locked=True),
    )
    rows = [(key.path, text_at(tree, key.path), key.about) for key in SET_KEYS]
    return SheetToWrite(SET_SHEET, columns, rows, is_protected=True)


def _sheet(part: Part, rows: Sequence[tuple[str, ...]]) -> SheetToWrite:
    columns = tuple(_column(column) for column in part.columns)
    locks = any(column.is_locked for column in part.columns)
    return SheetToWrite(
        part.sheet, columns, rows, is_protected=locks, spare_rows=_SPARE_ROWS, frozen_columns=1 if locks else 0
    )


def _column(column: PathColumn) -> Column:
    return Column(
        column.title,
        column.width,
        choices=column.choices,
        note=column.note or None,
        locked=column.is_locked,
    )


def _guide(made: CriteriaSet) -> SheetToWrite:
    lines = (
        made.title.vi,
        "Bảng tính này chứa toàn bộ một bộ tiêu chí. Sửa ở đây rồi nhập lại bằng lệnh cchc criteria import.",
        "Mọi ô là văn bản. Số ghi 0.8 hoặc 0,8; ngày ghi 31/12/2026. Trong biểu thức, số thập phân dùng dấu chấm.",
        "Cột mã bị khóa để không sửa nhầm. Muốn thêm dòng: bỏ bảo vệ trang tính (không có mật khẩu).",
        "Tổng điểm (total) phải bằng tổng điểm tối đa của các tiêu chí, không kể điểm thưởng và điểm trừ.",
        "Dòng trống được bỏ qua. Ô sai được báo theo trang tính, dòng và cột.",
        "",
        f"{SET_SHEET}: các khóa chung.",
        *(f"{part.sheet}: {part.about}" for part in PARTS),
    )
    return SheetToWrite(GUIDE_SHEET, (Column("", 110),), (), lines_above=lines, is_landscape=False)
