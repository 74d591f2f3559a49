"""Numbers, dates and working time in the reader's form."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import Context, Template
from django.utils import translation

from cchc.interface.durations import hours_and_minutes, status_of, time_left

MOMENT = datetime(2026, 11, 25, 17, 30, tzinfo=UTC)  # 00:30 of the next day in Vietnam


def shown(expression: str, language: str = "vi", **values: object) -> str:
    with translation.override(language):
        return Template("{% load figures %}{{ " + expression + " }}").render(Context(values))


@pytest.mark.parametrize(
    ("expression", "value", "vi", "en"),
    [
        ("x|figure:2", Decimal("84.7"), "84,70", "84.70"),
        ("x|figure:2", Fraction(1, 3), "0,33", "0.33"),
        ("x|figure", 41204, "41.204", "41,204"),
        ("x|figure", Fraction(167, 2), "83,5", "83.5"),
        ("x|figure:2", None, "–", "–"),
        ("x|share", Fraction(41204, 42347), "97,3\N{NO-BREAK SPACE}%", "97.3\N{NO-BREAK SPACE}%"),
        ("x|share:2", Fraction(1, 8), "12,50\N{NO-BREAK SPACE}%", "12.50\N{NO-BREAK SPACE}%"),
        ("x|share", None, "–", "–"),
        ("x|day", date(2026, 11, 5), "05/11/2026", "5 November 2026"),
        ("x|day", MOMENT, "26/11/2026", "26 November 2026"),
        ("x|day", None, "–", "–"),
        ("x|weekday", date(2026, 11, 25), "Thứ Tư", "Wednesday"),
        ("x|weekday", date(2026, 11, 22), "Chủ nhật", "Sunday"),
        ("x|moment", MOMENT, "00:30, 26/11/2026", "00:30, 26 November 2026"),
        ("x|moment", None, "–", "–"),
        ("x|minutes", 200, "3 giờ 20 phút", "3 h 20 min"),
        ("x|minutes", None, "–", "–"),
    ],
)
def test_figures(expression, value, vi, en):
    assert shown(expression, "vi", x=value) == vi
    assert shown(expression, "en", x=value) == en


def test_a_float_is_no_figure():
    with pytest.raises(TypeError, match="float"):
        shown("x|figure:2", x=84.7)


@pytest.mark.parametrize(
    ("minutes", "vi", "en"),
    [
        (0, "0 phút", "0 min"),
        (59, "59 phút", "59 min"),
        (60, "1 giờ", "1 h"),
        (61, "1 giờ 1 phút", "1 h 1 min"),
    ],
)
def test_hours_and_minutes(minutes, vi, en):
    with translation.override("vi"):
        assert hours_and_minutes(minutes) == vi
    with translation.override("en"):
        assert hours_and_minutes(minutes) == en


@pytest.mark.parametrize(
    ("minutes", "vi", "en"),
    [
        (961, "còn 2 ngày làm việc", "2 working days left"),
        (480, "còn 1 ngày làm việc", "1 working day left"),
        (479, "còn 7 giờ 59 phút", "7 h 59 min left"),
        (0, "còn 0 phút", "0 min left"),
        (-1, "quá hạn 1 phút", "overdue 1 min"),
        (-200, "quá hạn 3 giờ 20 phút", "overdue 3 h 20 min"),
        (-479, "quá hạn 7 giờ 59 phút", "overdue 7 h 59 min"),
        (-480, "quá hạn 1 ngày làm việc", "overdue 1 working day"),
    ],
)
def test_time_left(minutes, vi, en):
    with translation.override("vi"):
        assert time_left(minutes) == vi
    with translation.override("en"):
        assert time_left(minutes) == en


@pytest.mark.parametrize(("minutes", "status"), [(-1, "overdue"), (0, "soon"), (480, "soon"), (481, "ok")])
def test_status_of_what_is_left(minutes, status):
    assert status_of(minutes, soon=480) == status
