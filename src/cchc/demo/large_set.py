"""A made-up criteria set of any size, by every rule that computes points from figures in turn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.loading import load_bytes

_FIELDS: Final = 10
_RULES: Final = (
    "{kind: linear, value: done / planned}",
    "{kind: linear_with_floor, value: done / planned, floor: 0.8}",
    "{kind: linear_to_target, value: done / planned, target: 0.8}",
    "{kind: steps, value: done / planned, steps: [{from: 0.9, points: 1}, {from: 0.5, points: 0.5}]}",
    "{kind: per_item, count: done, each: 0.05}",
    "{kind: deduction, count: planned - done, each: 0.02}",
    '{kind: formula, cases: [{when: done >= planned, points: max}, {when: otherwise, points: "max * done / planned"}]}',
    "{kind: target_ratio, actual: done, target: planned}",
)
_INPUTS: Final = (
    "{done: {label: {vi: Đã làm, en: Done}, kind: count}, planned: {label: {vi: Phải làm, en: Planned}, kind: count}}"
)
_HEAD: Final = """
id: sample-large-CRITERIA
title: {vi: "Mẫu - Bộ tiêu chí CRITERIA tiêu chí", en: "Sample - a set of CRITERIA criteria"}
applies_to: [commune]
valid: {from: 2026-01-01}
source: {document: "Bộ tiêu chí mẫu kèm theo phần mềm cchc - không do cơ quan nào ban hành"}
verified: {no: {vi: "Chỉ để dùng thử với số liệu lớn", en: "Only to try large rounds"}}
total: CRITERIA
bands:
  on: index
  steps: [{id: good, from: 80, name: {vi: Tốt, en: Good}}, {id: weak, from: 0, name: {vi: Yếu, en: Weak}}]
fields:
"""


def large_set(criteria: int) -> CriteriaSet:
    """So many criteria of 1 point each, in up to ten fields; figures are `done` and `planned`."""
    return load_bytes(_HEAD.replace("CRITERIA", str(criteria)) + "".join(_fields(criteria)), "large_set")


def _fields(criteria: int) -> Iterator[str]:
    each = -(-criteria // _FIELDS)
    for number in range(criteria):
        field, place = number // each + 1, number % each + 1
        if place == 1:
            title = f'{{vi: "Lĩnh vực mẫu {field}", en: "Sample field {field}"}}'
            yield f'  - code: "{field}"\n    title: {title}\n    criteria:\n'
        title = f'{{vi: "Tiêu chí mẫu {field}.{place}", en: "Sample criterion {field}.{place}"}}'
        rule = _RULES[number % len(_RULES)]
        yield f'      - {{code: "{field}.{place}", title: {title}, max: 1, inputs: {_INPUTS}, rule: {rule}}}\n'
