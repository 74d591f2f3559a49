"""The opinion slip of council members (phiếu lấy ý kiến) on paper: what is open, with room to answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.db.models import Max

from cchc.assessments.council import Item, agenda_of
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Answer, OpinionAsked
from cchc.assessments.queries.council import questions_of
from cchc.assessments.queries.writers import round_written_by
from cchc.assessments.reporting import shown
from cchc.assessments.states import DELIBERATING
from cchc.documents.blocks import Column, Table
from cchc.followups.vocabularies.tables import numbered, printable
from cchc.organizations.models import Unit
from cchc.papers.vocabularies import UNIT_WORDS, values_of_unit
from cchc.papers.vocabulary import Value, Vocabulary, Word
from cchc.records.text import LocalText
from cchc.scoring.results import Leaf
from cchc.scoring.sheets import STAGES

OF_SLIPS: Final = "assessments.slips"
_COLUMNS: Final = (
    Column("Đơn vị", "text", 13),
    Column("Tiêu chí", "text", 27),
    Column("Tự chấm / thẩm định", "centred", 12),
    Column("Lý do thẩm định", "text", 23),
    Column("Đồng ý", "centred", 10),
    Column("Điểm khác", "centred", 10),
    Column("Lý do của thành viên", "text", 17),
)
_OUT: Final = "Không áp dụng"


def _called(unit: Unit, day: date, about: str) -> str:
    round_ = round_written_by(unit, day, about)
    return printable(f"{round_.title} {round_.year}")


def _gather(unit: Unit, day: date, about: str) -> Mapping[str, Value]:
    round_ = round_written_by(unit, day, about)
    known: dict[str, Value] = {
        **values_of_unit(unit, day),
        "round.title": printable(round_.title),
        "round.year": str(round_.year),
    }
    if round_.state != DELIBERATING:
        return known
    items = [one for one in agenda_of(round_, set_of(round_), questions_of(round_)) if not one.is_settled]
    asked = OpinionAsked.objects.filter(sheet__round=round_).aggregate(last=Max("until"))
    answers = Answer.objects.filter(sheet__round=round_).exclude(stage="self").order_by("pk")
    return known | {
        "slips.number": len(items),
        "slips.until": asked["last"],
        "slips.table": _table(items, list(answers)),
    }


def _table(items: Sequence[Item], answers: Sequence[Answer]) -> Table:
    """One row for each item, the last three cells empty."""
    reasons: dict[tuple[int, str], str] = {}
    for one in sorted(answers, key=lambda answer: STAGES.index(answer.stage)):
        if reason := one.said.get("reason"):
            reasons[one.sheet_id, one.criterion] = reason
    return numbered(_COLUMNS, [_line(one, reasons.get((one.sheet.pk, one.criterion.code), "")) for one in items])


def _line(item: Item, reason: str) -> tuple[str, ...]:
    points = " / ".join(points_said(leaf) or "–" for leaf in (item.own, item.appraised))
    criterion = printable(f"{item.criterion.code} {item.criterion.title.vi}")
    return (printable(item.sheet.name), criterion, points, printable(reason), "", "", "")


def points_said(leaf: Leaf | None) -> str:
    """The points of a criterion as a paper prints them; taken out of the maximum it says so."""
    if leaf is None:
        return ""
    return shown(leaf.points) if leaf.applicable else _OUT


_SAMPLE: Final = Table(
    (Column("STT", "centred", 5), *_COLUMNS),
    ((1, "xã Mẫu", "1.1 Hoàn thành kế hoạch", "4 / 3", "Thiếu hai báo cáo", "", "", ""),),
)
VOCABULARY: Final = Vocabulary(
    LocalText("Phiếu lấy ý kiến thành viên Hội đồng", "Opinion slip of council members"),
    (
        *UNIT_WORDS,
        Word("round.title", LocalText("Tên đợt chấm điểm", "Title"), "Chấm điểm cải cách hành chính"),
        Word("round.year", LocalText("Năm đánh giá", "Year assessed"), "2026"),
        Word("slips.number", LocalText("Số nội dung xin ý kiến", "How many items"), 1, "number"),
        Word("slips.until", LocalText("Cho ý kiến đến ngày", "Opinions until"), date(2027, 1, 6), "date"),
        Word("slips.table", LocalText("Bảng nội dung xin ý kiến", "Table of items"), _SAMPLE, "table"),
    ),
    _gather,
    _called,
)
