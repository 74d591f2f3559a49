"""The long form in which sheets are taken along and brought in: one row for each thing that is said of a criterion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cchc.assessments.days_said import day_as_read
from cchc.records.errors import refuse
from cchc.records.numbers import format_typed
from cchc.records.search import fold
from cchc.records.text import LocalText
from cchc.scoring.criteria import Criterion
from cchc.scoring.rules.base import Input
from cchc.scoring.rules.given import Given
from cchc.scoring.values import parse_value, says_not_applicable

UNIT, CRITERION, INPUT, VALUE = "unit", "criterion", "input", "value"
NOTE: Final = "note"
APPLICABLE: Final = "applicable"
PASSED_OVER: Final = "passed_over_"
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    UNIT: ("Mã đơn vị", "Code of the unit"),
    CRITERION: ("Mã tiêu chí", "Code of the criterion"),
    INPUT: ("Chỉ tiêu", "Input"),
    VALUE: ("Giá trị", "Value"),
    f"{PASSED_OVER}0": ("Đơn vị", "Unit"),
    f"{PASSED_OVER}1": ("Tiêu chí", "Criterion"),
    f"{PASSED_OVER}2": ("Điểm tối đa", "Maximum"),
    f"{PASSED_OVER}3": ("Cách chấm điểm", "Rule"),
    f"{PASSED_OVER}4": ("Chọn trong", "One of"),
    f"{PASSED_OVER}5": ("Đơn vị tính", "Unit of measure"),
}
_SPECIAL: Final[Mapping[str, LocalText]] = {
    APPLICABLE: LocalText("Áp dụng (Có/Không)", "Applies (yes/no)"),
    "points": LocalText("Điểm", "Points"),
    "ratio": LocalText("Tỷ lệ", "Share of the maximum"),
    "reason": LocalText("Lý do", "Reason"),
    NOTE: LocalText("Ghi chú, giải thích", "Note, explanation"),
}
_UNITS: Final[Mapping[str, str]] = {"count": "số lượng", "date": "ngày/tháng/năm", "points": "điểm"}
YES_NO: Final = (LocalText("Có", "Yes"), LocalText("Không", "No"))
_NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that may be said of a criterion: `input` is None for the special ones."""

    name: str
    title: LocalText
    input: Input | None = None

    @property
    def choices(self) -> tuple[str, ...]:
        """What one of must be written, in Vietnamese; empty for free text."""
        if self.name == APPLICABLE or (self.input is not None and self.input.kind == "yes_no"):
            return tuple(one.vi for one in YES_NO)
        return tuple(option.label.vi for option in self.input.options) if self.input is not None else ()

    @property
    def unit(self) -> str:
        """Of measure, in Vietnamese: the input's own, or what its kind says."""
        if self.input is None:
            return _UNITS.get(self.name, "")
        return self.input.unit.vi if self.input.unit is not None else _UNITS.get(self.input.kind, "")

    @property
    def titles(self) -> set[str]:
        """What it may be called in a file: its title, in either language, with or without its unit."""
        texts = [self.title, *([self.input.measured] if self.input is not None else [])]
        return {fold(name) for text in texts for name in (text.vi, text.en or text.vi)}

    @property
    def takes_several(self) -> bool:
        """Whether several of them may be ticked."""
        return self.input is not None and self.input.kind == "checklist"


def asked_of(criterion: Criterion) -> tuple[Asked, ...]:
    """In the order of the form. A label that stands for two inputs carries the input's name."""
    labels = [fold(one.label.vi) for one in criterion.inputs.values()]
    found = [
        Asked(name, _unique(one.label, name) if labels.count(fold(one.label.vi)) > 1 else one.label, one)
        for name, one in criterion.inputs.items()
    ]
    special = [*(("ratio",) if _takes_ratio(criterion) else ()), *(("points",) if _is_given(criterion) else ())]
    if criterion.not_applicable != "never":
        special.append(APPLICABLE)
    if criterion.not_applicable != "never" or _is_given(criterion):
        special.append("reason")
    return (*found, *(Asked(name, _SPECIAL[name]) for name in (*special, NOTE)))


def meant(criterion: Criterion, written: str) -> Asked:
    """By its name or its title in either language. Raises `assessments.unknown_input`."""
    for one in asked_of(criterion):
        if written == one.name or fold(written) in one.titles:
            return one
    raise refuse("assessments.unknown_input", input=written, criterion=criterion.code)


def as_kept(asked: Asked, text: str) -> str:
    """What is kept of a text: options by their ids, yes and no in one word. Raises what the sheet's reader raises."""
    if asked.name == APPLICABLE:
        yes_no = parse_value(Input(APPLICABLE, asked.title, "yes_no"), text)
        return "" if yes_no else "no"
    one = asked.input
    if one is None or (one.name == "answer" and says_not_applicable(text)):
        return text
    value = parse_value(one, text)
    if one.kind == "yes_no":
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join(value) or _NONE
    return str(value) if one.kind == "choice" else text


def is_same(asked: Asked, before: str, after: str) -> bool:
    """Whether two texts say the same: ticks in any order, a day or a number in either spelling."""
    if asked.takes_several:
        return sorted(before.split(";")) == sorted(after.split(";"))
    return _typed(asked, before) == _typed(asked, after)


def in_words(asked: Asked, text: str) -> str:
    """A kept text as a workbook and a page have it, in Vietnamese."""
    if not text or asked.name == APPLICABLE or (asked.input is not None and asked.input.kind == "yes_no"):
        return {"yes": YES_NO[0].vi, "no": YES_NO[1].vi}.get(text, text)
    if asked.input is None or not asked.input.options:
        return _typed(asked, text)
    labels = {option.id: option.label.vi for option in asked.input.options}
    return "; ".join(labels.get(part, part) for part in text.split(";"))


def _typed(asked: Asked, text: str) -> str:
    """A day or a number as it is written in Vietnamese; any other text as it stands."""
    if asked.input is None:
        return format_typed(text) if asked.name in ("points", "ratio") else text
    return format_typed(text) if asked.input.kind in ("count", "number") else day_as_read(asked.input, text)


def _unique(label: LocalText, name: str) -> LocalText:
    return LocalText(f"{label.vi} ({name})", f"{label.en or label.vi} ({name})")


def _is_given(criterion: Criterion) -> bool:
    return isinstance(criterion.rule, Given)


def _takes_ratio(criterion: Criterion) -> bool:
    return isinstance(criterion.rule, Given) and criterion.rule.takes_ratio
