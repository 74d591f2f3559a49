"""A result as a page shows it: exact, explained, in the reader's form."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.portal.figures import RoundFigures, Score, UnitFigures
from cchc.portal.models import PublishedResult, PublishedRound
from cchc.records.text import Language
from cchc.scoring.arithmetic import index_of

BANDS = [
    {"id": "a", "from": "90", "vi": "Xuất sắc", "en": "Excellent", "doubt_vi": "", "doubt_en": ""},
    {"id": "b", "from": "0", "vi": "Khá", "en": "", "doubt_vi": "chưa rõ", "doubt_en": ""},
]


def _round(language: Language = "vi", decimals: int = 2) -> RoundFigures:
    published = PublishedRound(title_vi="Kết quả", title_en="", decimals=decimals, bands=BANDS)
    return RoundFigures(published, language)


def _unit(points: str, maximum: str, language: Language = "vi", **printed: str) -> UnitFigures:
    index = index_of(Fraction(points), Fraction(maximum), 2)
    result = PublishedResult(
        index=index, band="a" if index >= 90 else "b", printed={"appraised": points, "appraised_max": maximum} | printed
    )
    if "self" in printed:
        result.self_index = index_of(Fraction(printed["self"]), Fraction(printed["self_max"]), 2)
    return _round(language).unit(result)


@pytest.mark.requirement(101)
@pytest.mark.parametrize(
    ("points", "maximum", "quotient", "index"),
    [
        ("79.63", "94", "84,7127…", "84,71"),
        ("87.5", "100", "87,5", "87,50"),
        ("84.17", "93", "90,5053…", "90,51"),
        ("1", "3", "33,3333…", "33,33"),
        ("2", "3", "66,6666…", "66,67"),
        ("0", "3", "0", "0,00"),
    ],
)
def test_the_quotient_is_cut_and_the_index_rounded(points: str, maximum: str, quotient: str, index: str) -> None:
    score = Score(_round(), points, maximum)
    assert (score.quotient_shown, score.index_shown) == (quotient, index)


@pytest.mark.requirement(103, 128)
def test_figures_keep_the_decimals_they_were_printed_with() -> None:
    unit = _unit("81.10", "93", index="87,20%")
    assert (unit.appraised.points_shown, unit.appraised.maximum_shown, unit.printed_index) == ("81,10", "93", "87,20")
    assert _unit("81.10", "93", "en", index="87,2").printed_index == "87.2"
    assert _unit("81.10", "93").printed_index == ""


_HUNDREDTHS = st.integers(1, 20_000).map(lambda n: Fraction(n, 100))


@given(maximum=_HUNDREDTHS, share=st.integers(0, 8_999))
def test_the_points_missing_to_the_next_class_are_enough_and_the_least(maximum: Fraction, share: int) -> None:
    points = maximum * share / 10_000
    if index_of(points, maximum, 2) >= 90:
        return
    text = str(Decimal(points.numerator) / Decimal(points.denominator))
    unit = _unit(text, str(Decimal(maximum.numerator) / Decimal(maximum.denominator)))
    missing = Fraction(unit.points_to_next.replace(".", "").replace(",", "."))
    assert index_of(points + missing, maximum, 2) >= 90
    assert index_of(points + missing - Fraction(1, 100), maximum, 2) < 90


def test_at_the_top_there_is_no_next_class() -> None:
    assert _unit("95", "100").next_band is None
    band = _unit("89.99", "100").next_band
    assert band is not None and band.name == "Xuất sắc"


@pytest.mark.requirement(122)
def test_differences_between_the_stages_carry_their_sign() -> None:
    tan_lap = _unit("84.17", "93", self="85.5", self_max="95.5")
    assert (tan_lap.change, tan_lap.maximum_change, tan_lap.index_change) == ("−1,33", "−2,5", "+0,98")
    assert tan_lap.index_rises_as_points_fall
    same = _unit("80", "100", self="80", self_max="100")
    assert (same.change, same.index_change, same.maximum_change) == ("0", "0", "0")
    assert not same.index_rises_as_points_fall


def test_without_a_self_score_nothing_is_compared() -> None:
    unit = _unit("80", "100")
    assert unit.self_score is None
    assert (unit.change, unit.index_change, unit.maximum_change) == ("", "", "")
    assert not unit.index_rises_as_points_fall


def test_what_has_no_english_is_shown_in_vietnamese() -> None:
    shown = _round("en")
    assert (shown.title, shown.bands[0].name, shown.bands[1].name) == ("Kết quả", "Excellent", "Khá")
    assert shown.bands[1].doubt == "chưa rõ"
