"""The notice to a unit of what appraisal came to (thông báo kết quả thẩm định): where points differ, what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from cchc.assessments.computing import points_so_far
from cchc.assessments.council import APPRAISED
from cchc.assessments.models import Phase, Sheet
from cchc.assessments.queries.sheets import SheetFigures, figures_of
from cchc.assessments.queries.writers import writes_for
from cchc.assessments.reporting import shown
from cchc.assessments.slip_papers import points_said
from cchc.assessments.states import PREPARING, SELF_SCORING
from cchc.documents.blocks import Column, Table
from cchc.followups.vocabularies.tables import bodies, numbered, printable
from cchc.organizations.models import Unit
from cchc.papers.vocabularies import UNIT_WORDS, values_of_unit
from cchc.papers.vocabulary import Value, Vocabulary, Word
from cchc.records.dates import format_official_date
from cchc.records.errors import refuse
from cchc.records.text import LocalText
from cchc.scoring.criteria import Criterion
from cchc.scoring.results import UnitResult
from cchc.scoring.sheets import STAGES, Stage

OF_SHEET: Final = "assessments.sheet"
_COMPARED: Final[tuple[Stage, ...]] = ("self", APPRAISED)
_COLUMNS: Final = (
    Column("Tiêu chí", "centred", 9),
    Column("Nội dung", "text", 26),
    Column("Điểm tối đa", "centred", 10),
    Column("Điểm tự chấm", "centred", 10),
    Column("Điểm thẩm định", "centred", 10),
    Column("Lý do", "text", 20),
    Column("Nội dung phải giải trình", "text", 20),
)
_COLUMNS_UNASKED: Final = (*_COLUMNS[:-2], Column("Lý do", "text", 40))


def _sheet(unit: Unit, day: date, about: str) -> Sheet:
    """Of a round whose papers the unit writes. Raises `assessments.sheet_not_found`."""
    found = Sheet.objects.filter(pk=about) if about.isdecimal() else Sheet.objects.none()
    sheet = found.select_related("round__organizer", "unit").first()
    if sheet is None or not writes_for(unit, sheet.round, day):
        raise refuse("assessments.sheet_not_found")
    return sheet


def _called(unit: Unit, day: date, about: str) -> str:
    sheet = _sheet(unit, day, about)
    return printable(f"{sheet.name}, {sheet.round.title} {sheet.round.year}")


def _gather(unit: Unit, day: date, about: str) -> Mapping[str, Value]:
    sheet = _sheet(unit, day, about)
    phase = Phase.objects.filter(round=sheet.round, phase="explanation").first()
    known: dict[str, Value] = {
        **values_of_unit(unit, day),
        "round.title": printable(sheet.round.title),
        "round.year": str(sheet.round.year),
        "sheet.unit": printable(sheet.name),
        "sheet.bodies": bodies([(sheet.unit_id, sheet.name)], day),
        "sheet.until": phase.ends_on if phase is not None else None,
    }
    if sheet.round.state in (PREPARING, SELF_SCORING):
        return known
    return known | _figures(figures_of(sheet), phase.ends_on if phase is not None else None)


def _figures(figures: SheetFigures, until: date | None) -> dict[str, Value]:
    """What appraisal came to; nobody knows it while units score themselves."""
    key = figures.sheet.pk
    rows = [row for one in figures.criteria.criteria if (row := _line(figures, one)) is not None]
    asked = sum(1 for asked in figures.questions.values() for one in asked if one.answered_at is None)
    return {
        "sheet.own": _total(figures.scored.of(key, "self")),
        "sheet.appraised": _total(figures.scored.of(key, APPRAISED)),
        "sheet.questions": asked,
        "sheet.request": _request(asked, until),
        "sheet.table": numbered(_COLUMNS, rows) if asked else numbered(_COLUMNS_UNASKED, [row[:-1] for row in rows]),
    }


def _request(asked: int, until: date | None) -> str:
    """What the unit has to do; a paper is a text of names alone, so that the whole sentence comes from here."""
    if not asked:
        return "Không có nội dung cần giải trình."
    sentence = (
        f"Đơn vị giải trình {asked} nội dung nêu trên bằng văn bản kèm tài liệu kiểm chứng trên phần mềm; người đứng"
        " đầu đơn vị khóa và gửi"
    )
    if until is None:
        return f"{sentence}."
    return f"{sentence} đến hết {format_official_date(until)}. Sau thời hạn này, Hội đồng xem xét theo hồ sơ hiện có."


def _total(result: UnitResult | None) -> str | None:
    """Points over their maximum, without the criteria that others score: surveys may not have come yet. Bonuses and
    penalties are in the points, as they are in the result.
    """
    if result is None:
        return None
    others = [leaf for leaf in result.leaves if not leaf.criterion.scored_by_unit]
    points = result.points if result.points is not None else points_so_far(result)
    points -= sum((leaf.points for leaf in others if leaf.points is not None), Fraction(0))
    maximum = result.maximum - sum((leaf.criterion.max for leaf in others if leaf.counted), Fraction(0))
    return f"{shown(points)}/{shown(maximum)}"


def _line(figures: SheetFigures, criterion: Criterion) -> tuple[str, ...] | None:
    """A criterion in which points differ or that is to be explained."""
    code, key = criterion.code, figures.sheet.pk
    own, now = (points_said(figures.scored.leaf(key, stage, code)) for stage in _COMPARED)
    asked = [one.text for one in figures.questions.get(code, ()) if one.answered_at is None]
    if not asked and (own == now or not criterion.scored_by_unit):
        return None
    reasons = [
        answer.said["reason"]
        for stage in STAGES[1 : STAGES.index(APPRAISED) + 1]
        if (answer := figures.answer(stage, code)) is not None and answer.said.get("reason")
    ]
    said = (printable(reasons[-1] if reasons else ""), printable("; ".join(asked)))
    return (code, criterion.title.vi, shown(criterion.max), own, now, *said)


_SAMPLE: Final = Table(
    (Column("STT", "centred", 5), *_COLUMNS),
    ((1, "1.1", "Hoàn thành kế hoạch", "5", "4", "3", "Thiếu hai báo cáo", "Vì sao chậm báo cáo quý II?"),),
)
VOCABULARY: Final = Vocabulary(
    LocalText("Bản chấm điểm của một đơn vị", "The sheet of one unit"),
    (
        *UNIT_WORDS,
        Word("round.title", LocalText("Tên đợt chấm điểm", "Title"), "Chấm điểm cải cách hành chính"),
        Word("round.year", LocalText("Năm đánh giá", "Year assessed"), "2026"),
        Word("sheet.unit", LocalText("Đơn vị được chấm", "Unit"), "xã Mẫu"),
        Word("sheet.bodies", LocalText("Cơ quan nhận", "Body addressed"), ("Ủy ban nhân dân xã Mẫu",), "list"),
        Word("sheet.until", LocalText("Giải trình đến ngày", "Explain until"), date(2026, 12, 25), "date"),
        Word("sheet.own", LocalText("Điểm tự chấm trên điểm tối đa", "Own points"), "83,5/97"),
        Word("sheet.appraised", LocalText("Điểm thẩm định trên điểm tối đa", "Appraised points"), "75,42/94"),
        Word("sheet.questions", LocalText("Số nội dung phải giải trình", "To be explained"), 1, "number"),
        Word(
            "sheet.request", LocalText("Yêu cầu giải trình", "What is to be explained"), _request(1, date(2026, 12, 25))
        ),
        Word("sheet.table", LocalText("Bảng tiêu chí có chênh lệch", "Where points differ"), _SAMPLE, "table"),
    ),
    _gather,
    _called,
)
