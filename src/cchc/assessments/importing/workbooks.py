"""The workbook to fill in: what is asked of each criterion, its rule in words, what stands there, lists to choose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cchc.assessments.importing.layout import HEADINGS, INPUT, NOTE, PASSED_OVER, Asked, asked_of, in_words
from cchc.assessments.models import Answer, Round, Sheet
from cchc.records.words import say
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.wording import rule_in_words
from cchc.tables.writing import Column, SheetToWrite, WrittenValue, write_xlsx

_HOW: Final = "Chỉ nhập cột “Giá trị”. Ô trống: giữ nguyên. Ghi dấu gạch ngang (-) để xóa."
_SEVERAL: Final = "Ghi một hoặc nhiều mục, cách nhau bằng dấu chấm phẩy; “không có” khi không có mục nào."
Answers = Mapping[tuple[int, str], Answer]
_Line = tuple[Sequence[WrittenValue], Asked]


def sheet_workbook(round_: Round, criteria: CriteriaSet, sheet: Sheet, answers: Answers) -> bytes:
    """A unit's own sheet: all that it scores itself."""
    asked = [one for one in criteria.criteria if one.scored_by_unit]
    return _workbook(round_, criteria, [sheet], asked, answers, of_all_units=False)


def points_workbook(
    round_: Round, criteria: CriteriaSet, sheets: Sequence[Sheet], asked: Sequence[Criterion], answers: Answers
) -> bytes:  # fmt: skip
    """What surveys and statistics come to, in every unit."""
    return _workbook(round_, criteria, sheets, asked, answers, of_all_units=True)


def _workbook(
    round_: Round, criteria: CriteriaSet, sheets: Sequence[Sheet], asked: Sequence[Criterion], answers: Answers,
    *, of_all_units: bool,
) -> bytes:  # fmt: skip
    lines = [
        line
        for sheet in sheets
        for criterion in asked
        for line in _lines(criteria, criterion, sheet, answers, of_all_units)
    ]
    columns = tuple(_columns(of_all_units))
    at = next(place for place, column in enumerate(columns) if column.title == _title("value"))
    lists = [(row, at, one.choices) for row, (_, one) in enumerate(lines) if one.choices and not one.takes_several]
    title = f"{round_.title} {round_.year}" if of_all_units else f"{sheets[0].name}: {round_.title} {round_.year}"
    return write_xlsx([
        SheetToWrite(
            "Bản chấm điểm", columns, [values for values, _ in lines], (title, _HOW), frozen_columns=2,
            cell_choices=tuple(lists),
        )
    ])  # fmt: skip


def _columns(of_all_units: bool) -> Iterator[Column]:
    if of_all_units:
        yield Column(_title("unit"), 20)
        yield Column(_title(f"{PASSED_OVER}0"), 28)
    yield Column(_title("criterion"), 10)
    yield Column(_title(f"{PASSED_OVER}1"), 34)
    yield Column(_title(f"{PASSED_OVER}2"), 9, "number")
    yield Column(_title(f"{PASSED_OVER}3"), 44)
    yield Column(_title(INPUT), 32)
    yield Column(_title(f"{PASSED_OVER}5"), 14)
    yield Column(_title("value"), 26, note=_HOW)
    yield Column(_title(f"{PASSED_OVER}4"), 40, note=_SEVERAL)


def _lines(
    criteria: CriteriaSet, criterion: Criterion, sheet: Sheet, answers: Answers, of_all_units: bool
) -> Iterator[_Line]:  # fmt: skip
    answer = answers.get((sheet.pk, criterion.code))
    unit = (sheet.unit.code, sheet.name) if of_all_units else ()
    rule = say(rule_in_words(criteria, criterion), "vi")
    maximum = criterion.max if criterion.has_maximum else None
    for one in asked_of(criterion):
        text = "" if answer is None else answer.note if one.name == NOTE else answer.said.get(one.name, "")
        told = (criterion.code, criterion.title.vi, maximum, rule, one.title.vi, one.unit, in_words(one, text))
        yield (*unit, *told, "; ".join(one.choices)), one


def _title(role: str) -> str:
    return HEADINGS[role][0]
