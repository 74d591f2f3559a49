"""What papers of a round say of the field check: the team and the calendar of visits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from cchc.assessments.halves import AT_THE_OFFICE, HALVES
from cchc.assessments.models import Round
from cchc.assessments.queries.visits import visits_of_round
from cchc.documents.blocks import Column, Table
from cchc.followups.vocabularies.tables import numbered, printable
from cchc.papers.vocabulary import Value, Word
from cchc.records.text import LocalText

_COLUMNS: Final = (
    Column("Đơn vị", width=24), Column("Ngày", "centred", 16), Column("Buổi", "centred", 15),
    Column("Địa điểm", width=22), Column("Giờ, ghi chú", width=18),
)  # fmt: skip
_CAPTION: Final = "Lịch đi kiểm tra thực tế"


def visit_words(round_: Round) -> Mapping[str, Value]:
    """Without any visit the table is left out of a paper, and nothing stands in its place."""
    rows = [
        (printable(one.sheet.name), one.visit_on, HALVES[one.half].vi, printable(one.place) or AT_THE_OFFICE.vi,
         printable(one.note))
        for one in visits_of_round(round_)
    ]  # fmt: skip
    return {"visits.number": len(rows), "visits.table": _table(rows) if rows else ()}


def _table(rows: list[tuple[str, date, str, str, str]]) -> Table:
    return replace(numbered(_COLUMNS, rows), caption=_CAPTION)


VISIT_WORDS: Final = (
    Word(
        "visits.number", LocalText("Số đơn vị đã xếp lịch kiểm tra thực tế", "Units with a day of visit"), 1, "number"
    ),
    Word(
        "visits.table",
        LocalText(
            "Lịch đi kiểm tra thực tế (bỏ trống nếu chưa xếp)", "Calendar of visits (left out while there is none)"
        ),
        _table([("xã Mẫu", date(2026, 12, 16), "buổi sáng", "trụ sở của đơn vị", "8 giờ 00")]),
        "table",
    ),
)
