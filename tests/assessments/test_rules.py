"""What counts as a strength or a weakness is dated data with its source; an unclear file is refused with its line."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from cchc.assessments.rules import Thresholds, read_rules, thresholds_on
from cchc.records.errors import DomainError

RECORD = """
  - valid: {from: 2027-01-01}
    source: {document: Quyết định thử, on: 2026-12-01}
    verified: {no: Để thử}
    high: {value: "87,5", unit: percent_of_maximum}
    low: {value: 40, unit: percent_of_maximum}
    most: {value: 75, unit: percent_of_units}
"""


def read(text: str) -> Thresholds:
    return read_rules(f"rules:{text}".encode(), "quy-dinh.yaml").as_of(date(2027, 6, 1)).value


def test_what_ships_holds_today_and_says_what_is_doubtful() -> None:
    rule = thresholds_on(date(2026, 12, 31))
    assert rule.value == Thresholds(Fraction(90), Fraction(50), Fraction(80))
    assert "01/BC-HĐ" in rule.source.document and rule.verification.doubt_in("en")


def test_a_province_has_its_own_from_a_day_on() -> None:
    assert read(RECORD) == Thresholds(Fraction(175, 2), Fraction(40), Fraction(75))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (("value: 40", "value: 140"), "assessments.share_outside"),
        (("value: 40", "value: 88"), "assessments.low_above_high"),
        (("percent_of_units", "percent_of_maximum"), "records.not_one_of"),
        (("    most:", "    lost:"), "records.missing_key"),
        (("    verified: {no: Để thử}\n", ""), "records.missing_key"),
    ],
)
def test_what_is_unclear_is_refused_with_its_line(wrong: tuple[str, str], code: str) -> None:
    with pytest.raises(DomainError) as error:
        read(RECORD.replace(*wrong))
    place = error.value.problems[0].place
    assert (error.value.code, place is not None and place.file) == (code, "quy-dinh.yaml")
