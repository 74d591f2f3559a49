"""What a spreadsheet shows for a number, case by case; the expected texts are those of the format's specification."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.records.numbers import parse_number, round_half_up
from cchc.tables.number_formats import shown_number

CASES = [
    # General: ten digits and a point at most
    ("General", "87.2043", "87.2043"),
    ("General", "87.20430107526882", "87.20430108"),
    ("General", "0.333333333333333333", "0.333333333"),
    ("General", "83.5", "83.5"),
    ("General", "-1.50", "-1.5"),
    ("General", "100", "100"),
    ("General", "0", "0"),
    ("General", "-0.0", "0"),
    ("General", "12345678901", "12345678901"),
    ("General", "79123456789012", "79123456789012"),  # an identity number stays whole
    ("General", "0.00000000001", "0.00000000001"),
    ("@", "1.10", "1.1"),
    ("", "5", "5"),
    # fixed decimals, halves away from zero, decimals kept
    ("0.00", "87.2", "87.20"),
    ("0.00", "87.2043", "87.20"),
    ("0.00", "87.205", "87.21"),
    ("0.00", "87.204999", "87.20"),
    ("0.00", "-87.205", "-87.21"),
    ("0.00", "-0.004", "0.00"),
    ("0.00", "1.005", "1.01"),
    ("0.0", "87.04999999999999999", "87.1"),  # fifteen digits: 87.05
    ("0.0", "87.0499", "87.0"),
    ("0", "0.5", "1"),
    ("0", "-0.5", "-1"),
    ("0", "0.4999", "0"),
    # digits that may be missing
    ("0.##", "83.5", "83.5"),
    ("0.##", "83", "83"),
    ("0.0#", "83", "83.0"),
    ("#.##", "0.5", "0.5"),
    ("?0.0?", "7.25", "7.25"),
    ("000", "7", "007"),
    ("00.0", "-7.25", "-07.3"),
    # thousands separators are not part of the text; in a format code the comma is never the decimal mark
    ("#,##0", "1234567", "1234567"),
    ("#,##0.00", "1234.5", "1234.50"),
    ("0,00", "1234.5", "1235"),
    ("#,##0.00_);(#,##0.00)", "-1234.5", "-1234.50"),
    ("#,##0.00_);[Red](#,##0.00)", "1234.5", "1234.50"),
    (r"_(* #,##0.00_);_(* \(#,##0.00\);_(* \"-\"??_);_(@_)".replace('\\"', '"'), "1234.5", "1234.50"),
    (r"_(* #,##0.00_);_(* \(#,##0.00\);_(* \"-\"??_);_(@_)".replace('\\"', '"'), "0", "0"),
    # percent: times 100, the sign stays
    ("0%", "0.8711", "87%"),
    ("0.00%", "0.8711", "87.11%"),
    ("0.00%", "0.87115", "87.12%"),
    ("0.0%", "1", "100.0%"),
    ("0.00 %", "-0.5", "-50.00%"),
    # sections
    ("0.00;-0.0", "-1.25", "-1.3"),
    ("0.00;0.0", "-1.25", "-1.3"),  # hiding the minus would change the number
    ("0.00;-0.00;0", "0", "0"),
    ("0.0;;", "0", "0"),  # a hidden number is still there
    # units, colours, locales
    ('0.00" điểm"', "83.5", "83.50"),
    ('"Đạt "0.0', "83.55", "83.6"),
    (r"0.00\ \đ", "83.5", "83.50"),
    ("[Red]0.00", "83.5", "83.50"),
    ("[$-42A]0.00", "83.5", "83.50"),
    ("#,##0.00\\ [$₫-42A]", "1234.5", "1234.50"),
    # read as General: conditions, scaled by thousands, fractions, powers of ten, unknown signs
    ("[>100]0.0;0.00", "83.456", "83.456"),
    ("0.0,", "1234.5", "1234.5"),
    ("# ?/?", "0.25", "0.25"),
    ("0.00E+00", "1234.5", "1234.5"),
    ("##0.0E+0", "1234.5", "1234.5"),
    ("0-00-00", "123456", "123456"),
    ('0.00"', "1.5", "1.50"),
]


@pytest.mark.requirement(103)
@pytest.mark.parametrize(("code", "value", "text"), CASES)
def test_a_number_is_shown_by_its_format(code: str, value: str, text: str) -> None:
    assert shown_number(Decimal(value), code) == text


@given(
    value=st.decimals(min_value=-(10**6), max_value=10**6, places=8),
    decimals=st.integers(0, 5),
    grouped=st.booleans(),
)
def test_fixed_decimals_round_half_up_once(value: Decimal, decimals: int, grouped: bool) -> None:
    code = ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")
    expected = round_half_up(Fraction(value), decimals)
    shown = shown_number(value, code)
    assert parse_number(shown) == Fraction(expected)
    assert len(shown.partition(".")[2]) == decimals


@given(value=st.floats(allow_nan=False, allow_infinity=False), code=st.text(max_size=12))
def test_no_format_whatsoever_makes_a_number_unreadable(value: float, code: str) -> None:
    shown = shown_number(Decimal(repr(value)), code)
    assert set(shown) <= set("-0123456789.%")
    assert shown.strip("-%")
