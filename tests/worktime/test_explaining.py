"""Why a date: every span with its reason and its source."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cchc.records.sources import Source
from cchc.records.words import say
from cchc.worktime import Calendar
from cchc.worktime.explaining import Span
from cchc.worktime.source_words import source_message

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def told(spans: tuple[Span, ...]) -> list[tuple[str, str, int, str]]:
    return [(f"{s.start:%d/%m %H:%M}", f"{s.end:%d/%m %H:%M}", s.minutes, s.reason.code.split(".")[1]) for s in spans]


@pytest.mark.requirement(71)
def test_why_the_new_year_of_2026_counts_as_it_does() -> None:
    calendar = Calendar.load("vn")
    spans = calendar.explain(datetime(2025, 12, 31, 16, tzinfo=ZONE), datetime(2026, 1, 5, 13, 30, tzinfo=ZONE))
    assert told(spans) == [
        ("31/12 16:00", "31/12 17:00", 60, "open_hours"),
        ("31/12 17:00", "01/01 00:00", 0, "outside_hours"),
        ("01/01 00:00", "02/01 00:00", 0, "closed_day"),
        ("02/01 00:00", "03/01 00:00", 0, "closed_day"),
        ("03/01 00:00", "05/01 00:00", 0, "rest_day"),
        ("05/01 00:00", "05/01 07:30", 0, "outside_hours"),
        ("05/01 07:30", "05/01 11:30", 240, "open_hours"),
        ("05/01 11:30", "05/01 13:00", 0, "break"),
        ("05/01 13:00", "05/01 13:30", 30, "open_hours"),
    ]
    holiday, swap = spans[2], spans[3]
    assert say(holiday.reason) == "ngày nghỉ: Tết Dương lịch"
    assert holiday.source == calendar.rules.exceptions[date(2026, 1, 1)].source
    assert swap.source == calendar.rules.exceptions[date(2026, 1, 2)].source
    assert spans[0].source == calendar.rules.weeks[0].source


def test_a_worked_saturday_says_by_what() -> None:
    spans = Calendar.load("vn").explain(datetime(2026, 1, 9, 17, tzinfo=ZONE), datetime(2026, 1, 10, 8, tzinfo=ZONE))
    assert told(spans) == [
        ("09/01 17:00", "10/01 00:00", 0, "outside_hours"),
        ("10/01 00:00", "10/01 07:30", 0, "outside_hours"),
        ("10/01 07:30", "10/01 08:00", 30, "open_day"),
    ]
    assert spans[2].source != spans[0].source


def test_the_order_of_the_moments_and_a_stretch_of_nothing() -> None:
    calendar = Calendar.load("vn")
    early, late = datetime(2026, 1, 5, 9, tzinfo=ZONE), datetime(2026, 1, 6, 9, tzinfo=ZONE)
    assert calendar.explain(late, early) == calendar.explain(early, late)
    assert calendar.explain(early, early) == ()


@pytest.mark.parametrize(
    ("article", "vi", "en"),
    [
        ("112", "Luật Mẫu; Điều 112", "Luật Mẫu; article 112"),
        ("112.1", "Luật Mẫu; khoản 1 Điều 112", "Luật Mẫu; clause 1 of article 112"),
        ("13, 14", "Luật Mẫu; Điều 13, 14", "Luật Mẫu; article 13, 14"),
        ("Phụ lục 2", "Luật Mẫu, Phụ lục 2", "Luật Mẫu, Phụ lục 2"),
    ],
)
def test_a_source_names_its_article_as_papers_do(article: str, vi: str, en: str) -> None:
    message = source_message(Source("Luật Mẫu", article=article))
    assert (say(message, "vi"), say(message, "en")) == (vi, en)
