"""Index, class, rank: a case on each side of every edge, and slow obvious oracles."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.records.errors import DomainError
from cchc.scoring.arithmetic import DEFAULT_BANDS, class_of, index_of, parse_bands, ranks

POINTS = st.decimals(0, 100, places=2).map(Fraction)
MAXIMA = st.decimals("0.01", 100, places=2).map(Fraction)


@pytest.mark.requirement(101)
@pytest.mark.parametrize(
    ("points", "maximum", "decimals", "index"),
    [
        ("84.17", "93", 2, "90.51"),  # 90,505…: half up, once
        ("79.63", "94", 2, "84.71"),
        ("81.1", "93", 2, "87.20"),
        ("81.1", "93", 1, "87.2"),
        ("81.1", "93", 0, "87"),
        ("90.5", "100", 0, "91"),  # exactly half goes up
        ("90.4999", "100", 0, "90"),
        ("0.125", "100", 2, "0.13"),
        ("2", "3", 2, "66.67"),
        ("1", "3", 2, "33.33"),
        ("0", "94", 2, "0.00"),
        ("94", "94", 2, "100.00"),
    ],
)
def test_the_exact_quotient_is_rounded_once_half_up(points: str, maximum: str, decimals: int, index: str) -> None:
    computed = index_of(Fraction(points), Fraction(maximum), decimals)
    assert f"{computed:f}" == index


@given(POINTS, MAXIMA, st.integers(0, 6))
def test_index_agrees_with_long_decimal_division(points: Fraction, maximum: Fraction, decimals: int) -> None:
    with localcontext(prec=60):
        # 60 digits of a quotient of two 5-digit numbers cannot fall on the wrong side of a half.
        quotient = Decimal(points.numerator * maximum.denominator * 100) / Decimal(
            points.denominator * maximum.numerator
        )
        assert index_of(points, maximum, decimals) == quotient.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@given(POINTS, MAXIMA, st.integers(1, 999))
def test_index_does_not_change_when_both_are_scaled(points: Fraction, maximum: Fraction, factor: int) -> None:
    assert index_of(points * factor, maximum * factor, 2) == index_of(points, maximum, 2)


@pytest.mark.requirement(101)
@pytest.mark.parametrize(
    ("index", "band"),
    [
        ("100", "excellent"), ("90.00", "excellent"), ("89.99", "good"), ("80", "good"), ("79.99", "fair"),
        ("70", "fair"), ("69.99", "average"), ("50", "average"), ("49.99", "weak"), ("0", "weak"),
    ],
)  # fmt: skip
def test_a_class_starts_at_its_band(index: str, band: str) -> None:
    found = class_of(Decimal(index), DEFAULT_BANDS)
    assert found is not None
    assert found.id == band
    assert class_of(Decimal(index), DEFAULT_BANDS[::-1]) == found


def test_under_the_lowest_band_there_is_no_class() -> None:
    bands = parse_bands("Đạt:50")
    assert class_of(Decimal("49.99"), bands) is None
    assert class_of(Decimal(50), bands) == bands[0]


@pytest.mark.requirement(123)
@pytest.mark.parametrize(
    ("indexes", "expected"),
    [
        ("90 80 70", [1, 2, 3]),
        ("70 90 80", [3, 1, 2]),
        ("90 80 80 70", [1, 2, 2, 4]),
        ("80 80 80", [1, 1, 1]),
        ("80.00 80", [1, 1]),
        ("80.01 80", [1, 2]),
        ("80", [1]),
        ("", []),
    ],
)
def test_ranks_share_and_skip(indexes: str, expected: list[int]) -> None:
    assert ranks([Decimal(index) for index in indexes.split()]) == expected


def test_one_unknown_leaves_the_group_without_ranks() -> None:
    assert ranks([Decimal(90), None, Decimal(70)]) == [None, None, None]


@given(st.lists(st.integers(0, 20).map(Decimal), max_size=30))
def test_rank_is_one_more_than_how_many_are_better(values: list[Decimal]) -> None:
    assert ranks(values) == [1 + sum(other > value for other in values) for value in values]


def test_bands_are_read_in_any_order_with_decimal_points() -> None:
    bands = parse_bands(" Yếu:0, Xuất sắc : 90.5 ,Tốt:80")
    assert [(band.id, band.name.vi, band.start) for band in bands] == [
        ("xuat-sac", "Xuất sắc", Fraction("90.5")),
        ("tot", "Tốt", Fraction(80)),
        ("yeu", "Yếu", Fraction(0)),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "scoring.table_bad_bands"),
        ("Tốt", "scoring.table_bad_bands"),
        (":80", "scoring.table_bad_bands"),
        ("Tốt:80,", "scoring.table_bad_bands"),
        ("Tốt:", "records.not_a_number"),
        ("Tốt:tám mươi", "records.not_a_number"),
        ("Tốt:80,5", "scoring.table_bad_bands"),
        ("Tốt:80,TỐT:70", "scoring.table_equal_bands"),
        ("Tốt:80,Khá:80.0", "scoring.table_equal_bands"),
    ],
)
def test_bad_bands_are_refused(text: str, code: str) -> None:
    with pytest.raises(DomainError) as caught:
        parse_bands(text)
    assert caught.value.code == code
