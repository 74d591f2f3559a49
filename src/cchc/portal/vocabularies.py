"""The names that papers about a published round may use: what was printed, what follows from it, where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from cchc.assessments.reporting import Reported, classes_of, results_table, said_of, shown
from cchc.followups.vocabularies.tables import printable
from cchc.organizations.models import Unit
from cchc.papers.vocabularies import UNIT_WORDS, values_of_unit
from cchc.papers.vocabulary import Value, Vocabulary, Word
from cchc.portal.models import PublishedResult, PublishedRound
from cchc.portal.queries import get_round
from cchc.records.numbers import parse_number
from cchc.records.text import LocalText

OF_ROUND: Final = "portal.round"


def _called(_unit: Unit, _day: date, about: str) -> str:
    return get_round(about).title_vi


def _gather(unit: Unit, day: date, about: str) -> Mapping[str, Value]:
    """What is published everybody may write about."""
    published = get_round(about)
    rows = list(published.results.order_by("row"))
    bands = {band["id"]: band["vi"] for band in published.bands}
    reported = [_reported(one, published, bands) for one in rows]
    return {
        **values_of_unit(unit, day),
        "round.title": printable(published.title_vi),
        "round.year": str(published.year),
        "round.source": printable(published.source_document),
        "round.source_on": published.source_on,
        "round.criteria": printable(published.criteria_document),
        "round.criteria_on": published.criteria_on,
        "units.number": len(rows),
        "results.lines": tuple(said_of(one) for one in reported),
        "results.table": results_table(reported),
        "results.classes": classes_of(reported, list(bands.values())),
        "differences.number": sum("index" in one.disagreements for one in rows),
        "differences.lines": _differences(rows, published.decimals) or ("Không có",),
    }


def _reported(one: PublishedResult, published: PublishedRound, bands: Mapping[str, str]) -> Reported:
    printed = {name: parse_number(text) for name, text in _figures(one).items()}
    return Reported(
        one.unit_name, printed.get("self"), printed.get("self_max"), printed["appraised"], printed["appraised_max"],
        round(one.index, published.decimals), bands.get(one.band, one.band), one.rank, one.group,
    )  # fmt: skip


def _figures(one: PublishedResult) -> Mapping[str, str]:
    return {name: text for name, text in one.printed.items() if name in _POINTS}


def _differences(rows: Sequence[PublishedResult], decimals: int) -> tuple[str, ...]:
    """The printed indexes that do not follow from the points printed beside them."""
    return tuple(
        f"{printable(one.unit_name)}: văn bản in Chỉ số {shown(parse_number(one.printed['index']))}; tính từ "
        f"điểm {one.printed['appraised'].replace('.', ',')}/{one.printed['appraised_max'].replace('.', ',')} là "
        f"{shown(round(one.index, decimals))}"
        for one in rows
        if "index" in one.disagreements
    )


_POINTS: Final = ("self", "self_max", "appraised", "appraised_max")
_SAMPLE_UNIT: Final = Reported(
    "UBND xã Mẫu Một", Decimal("83.5"), Decimal(97), Decimal("75.42"), Decimal(94), Decimal("80.23"), "Tốt", 1
)
VOCABULARIES: Final = {
    OF_ROUND: Vocabulary(
        LocalText("Một đợt chấm điểm đã công bố", "A published scoring round"),
        (
            *UNIT_WORDS,
            Word("round.title", LocalText("Tên đợt", "Title"), "Chỉ số cải cách hành chính các xã năm 2022"),
            Word("round.year", LocalText("Năm đánh giá", "Year assessed"), "2022"),
            Word("round.source", LocalText("Văn bản đã công bố", "Document it was published by"), "Báo cáo 01/BC-HĐ"),
            Word("round.source_on", LocalText("Ngày văn bản", "Its date"), date(2022, 12, 1), "date"),
            Word("round.criteria", LocalText("Văn bản ban hành Bộ tiêu chí", "Decision on the set"), "1253/QĐ-UBND"),
            Word("round.criteria_on", LocalText("Ngày ban hành", "Its date"), date(2022, 11, 17), "date"),
            Word("units.number", LocalText("Số đơn vị", "How many units"), 7, "number"),
            Word(
                "results.lines",
                LocalText("Kết quả từng đơn vị", "Result of each unit"),
                (said_of(_SAMPLE_UNIT),),
                "list",
            ),
            Word(
                "results.table", LocalText("Bảng kết quả", "Table of results"), results_table([_SAMPLE_UNIT]), "table"
            ),
            Word("results.classes", LocalText("Số đơn vị theo xếp loại", "Units by class"), ("Tốt: 1 đơn vị",), "list"),
            Word("differences.number", LocalText("Số Chỉ số in sai", "Indexes misprinted"), 1, "number"),
            Word(
                "differences.lines",
                LocalText("Chỉ số in không khớp điểm đã in", "Printed indexes that do not follow"),
                ("UBND xã Mẫu Hai: văn bản in Chỉ số 84,41; tính từ điểm 79,63/94 là 84,71",),
                "list",
            ),
        ),
        _gather,
        _called,
    )
}
