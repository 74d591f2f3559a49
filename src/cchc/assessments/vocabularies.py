"""The names that papers of a round may use: plan, notice, report, Tờ trình, decision draw on the round itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils import translation

from cchc.assessments import minutes, sheet_papers, slip_papers
from cchc.assessments.analysis_papers import ANALYSIS_WORDS, analysis_words
from cchc.assessments.criteria import set_of
from cchc.assessments.founding_papers import FOUNDING_WORDS, founding_words
from cchc.assessments.models import FoundingPaper, Round, Sheet
from cchc.assessments.phases import FOUNDING_PAPERS, PHASES
from cchc.assessments.queries.results import ResultRow, results_of
from cchc.assessments.queries.writers import round_written_by
from cchc.assessments.reporting import Reported, classes_of, results_table, said_of
from cchc.assessments.visit_papers import VISIT_WORDS, visit_words
from cchc.documents.blocks import Column, Table
from cchc.followups.vocabularies.tables import bodies, numbered, printable
from cchc.organizations.models import Unit
from cchc.papers.vocabularies import UNIT_WORDS, values_of_unit
from cchc.papers.vocabulary import Value, Vocabulary, Word
from cchc.records.dates import format_official_date
from cchc.records.text import LocalText

OF_ROUND: Final = "assessments.round"


def _called(unit: Unit, day: date, about: str) -> str:
    round_ = round_written_by(unit, day, about)
    return f"{round_.title} {round_.year}"


def _gather(unit: Unit, day: date, about: str) -> Mapping[str, Value]:
    round_ = round_written_by(unit, day, about)
    sheets = list(Sheet.objects.filter(round=round_).order_by("place"))
    papers = {one.kind: one for one in round_.founding_papers.order_by("pk")}
    return {
        **values_of_unit(unit, day),
        "round.title": printable(round_.title),
        "round.year": str(round_.year),
        "round.organizer": bodies([(round_.organizer_id, "")], day)[0] or None,
        "round.period": _period(round_.assessed_from, round_.assessed_to),
        "round.cut_off_on": round_.cut_off_on,
        **{f"round.{kind}": _cited(papers.get(kind)) for kind in FOUNDING_PAPERS},
        "round.timetable": _timetable(round_),
        **founding_words(round_, day),
        **visit_words(round_),
        "units.number": len(sheets),
        "units.bodies": bodies(((one.unit_id, one.name) for one in sheets), day),
        **_results(round_),
        **analysis_words(round_),
    }


def _cited(paper: FoundingPaper | None) -> Value:
    return None if paper is None else f"số {printable(paper.number)} {format_official_date(paper.issued_on)}"


def _period(first: date, last: date) -> str:
    return f"từ {format_official_date(first)} đến {format_official_date(last)}"


def _timetable(round_: Round) -> Table:
    known = {phase.phase: phase for phase in round_.phases.order_by("pk")}
    rows = [
        (name.vi, known[id_].starts_on, known[id_].ends_on) for id_, name in PHASES.items() if id_ in known
    ]  # fmt: skip
    return numbered(_TIMETABLE, rows)


def _results(round_: Round) -> dict[str, Value]:
    """What the version in force says; nobody knows it before the freeze."""
    if not round_.result_version:
        return {}
    criteria = set_of(round_)
    with translation.override("vi"):
        rows = results_of(round_, criteria, round_.result_version)
    reported = [_reported(row) for row in rows]
    return {
        "results.version": round_.result_version,
        "results.lines": tuple(said_of(one) for one in reported),
        "results.table": results_table(reported),
        "results.classes": classes_of(reported, [band.name.vi for band in criteria.bands]),
    }


def _reported(row: ResultRow) -> Reported:
    return Reported(
        row.sheet.name, row.own_points, row.own_maximum, row.points, row.maximum, row.index, row.band, row.rank,
        row.sheet.group,
    )  # fmt: skip


_TIMETABLE: Final = (Column("Công việc", width=40), Column("Từ ngày", "centred", 19), Column("Đến ngày", "centred", 19))
_SAMPLE: Final[Sequence[Reported]] = (
    Reported("xã Mẫu Một", Decimal("83.5"), Decimal(97), Decimal("75.42"), Decimal(94), Decimal("80.23"), "Tốt", 1),
)
_SAMPLE_TIMETABLE: Final = numbered(_TIMETABLE, [("Đơn vị tự chấm điểm", date(2026, 11, 16), date(2026, 12, 4))])
_SAMPLE_CITED: Final = "số 685/QĐ-UBND ngày 02 tháng 12 năm 2016"

VOCABULARIES: Final = {
    minutes.OF_SESSION: minutes.VOCABULARY,
    sheet_papers.OF_SHEET: sheet_papers.VOCABULARY,
    slip_papers.OF_SLIPS: slip_papers.VOCABULARY,
    OF_ROUND: Vocabulary(
        LocalText("Một đợt chấm điểm", "One scoring round"),
        (
            *UNIT_WORDS,
            Word("round.title", LocalText("Tên đợt chấm điểm", "Title"), "Chấm điểm cải cách hành chính"),
            Word("round.year", LocalText("Năm đánh giá", "Year assessed"), "2026"),
            Word(
                "round.organizer",
                LocalText("Đơn vị tổ chức đợt chấm", "Who holds the round"),
                "Ủy ban nhân dân tỉnh Mẫu",
            ),
            Word(
                "round.period", LocalText("Kỳ đánh giá", "Days assessed"), _period(date(2026, 1, 1), date(2026, 12, 31))
            ),
            Word("round.cut_off_on", LocalText("Ngày chốt số liệu", "Cut-off of data"), date(2026, 12, 31), "date"),
            *(Word(f"round.{kind}", name, _SAMPLE_CITED) for kind, name in FOUNDING_PAPERS.items()),
            Word("round.timetable", LocalText("Bảng lịch của đợt", "Timetable"), _SAMPLE_TIMETABLE, "table"),
            *FOUNDING_WORDS,
            *VISIT_WORDS,
            Word("units.number", LocalText("Số đơn vị được chấm", "How many units"), 7, "number"),
            Word("units.bodies", LocalText("Các đơn vị được chấm", "Units"), ("Ủy ban nhân dân xã Mẫu",), "list"),
            *ANALYSIS_WORDS,
            Word("results.version", LocalText("Phiên bản kết quả", "Version of the result"), 1, "number"),
            Word("results.lines", LocalText("Kết quả từng đơn vị", "Each unit"), (said_of(_SAMPLE[0]),), "list"),
            Word("results.table", LocalText("Bảng tổng hợp kết quả", "Table"), results_table(_SAMPLE), "table"),
            Word("results.classes", LocalText("Đơn vị theo xếp loại", "By class"), ("Tốt: 1 đơn vị (xã Mẫu)",), "list"),
        ),
        _gather,
        _called,
    ),
}
