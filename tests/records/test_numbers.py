"""Numbers: lenient in, strict out, exact between."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.records.errors import DomainError
from cchc.records.numbers import (
    decimal_text,
    format_apart,
    format_number,
    format_typed,
    parse_count,
    parse_number,
    parse_share,
    round_half_up,
    terminating_decimal,
)

NOT_NUMBERS = [
    "", " ", "-", "+", ".", ",", "5.", "5,", ".5", ",5", "1.214,5", "1,214.5", "1.000.000", "1 000", "1\u00a0000",
    "1e5", "1E5",
    "0x1F", "1_000", "--5", "+-5", "- 5", "5-", "5 %", "½", "²", "٣", "５", "NaN", "Infinity", "-inf", "năm", "1/2",
    "=1", "'5",
    "1" * 19, "0." + "1" * 19, "5\n6", "5\x00", "1,,5", "1.,5",
]  # fmt: skip


def refused(parse: object, text: str) -> tuple[str, object]:
    with pytest.raises(DomainError) as caught:
        parse(text)  # type: ignore[operator]
    (problem,) = caught.value.problems
    return problem.code, problem.message.params["text"]


class TestParse:
    @pytest.mark.requirement(103)
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("83,5", Fraction(167, 2)),
            ("83.5", Fraction(167, 2)),
            ("75,42", Fraction(3771, 50)),
            ("86,55", Fraction(1731, 20)),
            ("1.214", Fraction(607, 500)),
            ("0", Fraction(0)),
            ("-0", Fraction(0)),
            ("007", Fraction(7)),
            ("+5", Fraction(5)),
            ("-5,25", Fraction(-21, 4)),
            ("\N{MINUS SIGN}5", Fraction(-5)),
            ("-0,5", Fraction(-1, 2)),
            (" 5 ", Fraction(5)),
            ("\t5\n", Fraction(5)),
            ("\u00a05", Fraction(5)),
            ("9" * 18, Fraction(10**18 - 1)),
            ("0," + "0" * 17 + "1", Fraction(1, 10**18)),
        ],
    )
    def test_numbers(self, text: str, value: Fraction) -> None:
        assert parse_number(text) == value

    @pytest.mark.parametrize("text", NOT_NUMBERS)
    def test_what_is_no_number_is_refused_as_typed(self, text: str) -> None:
        assert refused(parse_number, text) == ("records.not_a_number", text)
        assert refused(parse_count, text) == ("records.not_a_count", text)

    @pytest.mark.parametrize(
        ("text", "value"), [("0", 0), ("1214", 1214), (" 7 ", 7), ("007", 7), ("9" * 18, 10**18 - 1)]
    )
    def test_counts(self, text: str, value: int) -> None:
        assert parse_count(text) == value

    @pytest.mark.parametrize("text", ["+5", "-5", "1.5", "1,5", "1.214", "5%"])
    def test_a_count_is_digits_only(self, text: str) -> None:
        assert refused(parse_count, text) == ("records.not_a_count", text)

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("0,85", Fraction(17, 20)),
            ("85%", Fraction(17, 20)),
            ("85 %", Fraction(17, 20)),
            ("85\u00a0%", Fraction(17, 20)),
            (" 93,4% ", Fraction(467, 500)),
            ("1", Fraction(1)),
            ("100%", Fraction(1)),
            ("120%", Fraction(6, 5)),
            ("-5%", Fraction(-1, 20)),
        ],
    )
    def test_shares(self, text: str, value: Fraction) -> None:
        assert parse_share(text) == value

    @pytest.mark.parametrize("text", ["%", "85%%", "%85", "8 5%", "tám%", "", "85 phần trăm"])
    def test_what_is_no_share_is_refused_as_typed(self, text: str) -> None:
        assert refused(parse_share, text) == ("records.not_a_number", text)

    @given(st.text(max_size=12))
    def test_any_text_is_a_number_or_refused(self, text: str) -> None:
        for parse in (parse_number, parse_count, parse_share):
            try:
                assert isinstance(parse(text), int | Fraction)
            except DomainError as error:
                assert error.code in {"records.not_a_number", "records.not_a_count"}  # noqa: PT017


class TestRoundHalfUp:
    @pytest.mark.requirement(101)
    @pytest.mark.parametrize(
        ("value", "decimals", "text"),
        [
            (Fraction("84.17") / 93 * 100, 2, "90.51"),
            (Fraction("79.63") / 94 * 100, 2, "84.71"),
            (Fraction("90.505"), 2, "90.51"),
            (Fraction("90.504999999999999999"), 2, "90.50"),
            (Fraction("0.5"), 0, "1"),
            (Fraction("1.5"), 0, "2"),
            (Fraction("2.5"), 0, "3"),
            (Fraction("-0.5"), 0, "-1"),
            (Fraction("-0.4"), 0, "0"),
            (Fraction("-2.345"), 2, "-2.35"),
            (Fraction("-2.344"), 2, "-2.34"),
            (Fraction(0), 2, "0.00"),
            (Fraction(100), 2, "100.00"),
            (Fraction("99.995"), 2, "100.00"),
            (Fraction(10**40 + 1), 2, f"{10**40 + 1}.00"),
            (Fraction(10**30) + Fraction(1, 3), 3, f"{10**30}.333"),
        ],
    )
    def test_edges(self, value: Fraction, decimals: int, text: str) -> None:
        rounded = round_half_up(value, decimals)
        assert f"{rounded:f}" == text
        assert rounded.as_tuple().exponent == -decimals

    @given(st.fractions(max_denominator=10_000), st.integers(0, 6))
    def test_agrees_with_a_slow_search(self, value: Fraction, decimals: int) -> None:
        """Of the neighbours on the grid the nearest; of two as near the one farther from zero."""
        step = Fraction(1, 10**decimals)
        floor = value // step
        near = [(floor + n) * step for n in (-1, 0, 1, 2)]
        best = min(near, key=lambda candidate: (abs(candidate - value), -abs(candidate)))
        assert Fraction(round_half_up(value, decimals)) == best

    @given(st.fractions(), st.integers(0, 40))
    def test_long_figures_are_never_cut(self, value: Fraction, decimals: int) -> None:
        wide = value * 10**30
        assert abs(Fraction(round_half_up(wide, decimals)) - wide) * 2 <= Fraction(1, 10**decimals)

    def test_the_callers_decimal_context_does_not_matter(self) -> None:
        with localcontext() as context:
            context.prec = 3
            assert f"{round_half_up(Fraction(123456, 10), 1):f}" == "12345.6"
            assert f"{terminating_decimal(Fraction(123456, 10)):f}" == "12345.6"
            assert format_number(Fraction(123456, 10), "en") == "12,345.6"


class TestFormat:
    @pytest.mark.parametrize(
        ("value", "decimals", "vi", "en"),
        [
            (Fraction(2429, 2), None, "1.214,5", "1,214.5"),
            (Decimal("84.50"), None, "84,5", "84.5"),
            (Decimal("84.50"), 2, "84,50", "84.50"),
            (1214, None, "1.214", "1,214"),
            (1214, 2, "1.214,00", "1,214.00"),
            (100, None, "100", "100"),
            (Fraction(1, 3), None, "0,3333", "0.3333"),
            (Fraction(2, 3), None, "0,6667", "0.6667"),
            (Fraction(1, 100_000), None, "0", "0"),
            (Fraction(-1, 100_000), None, "0", "0"),
            (Fraction(-1, 100_000), 2, "0,00", "0.00"),
            (Decimal("-0"), None, "0", "0"),
            (Fraction(-5, 2), None, "-2,5", "-2.5"),
            (Fraction(1, 10_000), None, "0,0001", "0.0001"),
            (10**15, None, "1.000.000.000.000.000", "1,000,000,000,000,000"),
            (Fraction(5, 2), 0, "3", "3"),
        ],
    )
    def test_in_both_languages(self, value: Fraction | Decimal | int, decimals: int | None, vi: str, en: str) -> None:
        assert format_number(value, "vi", decimals) == vi
        assert format_number(value, "en", decimals) == en

    @pytest.mark.parametrize(
        ("text", "vi", "en"),
        [
            ("4.875", "4,875", "4.875"),
            (" 4,8750 ", "4,8750", "4.8750"),
            ("1214", "1214", "1214"),
            ("-0.5", "-0,5", "-0.5"),
            ("85,5%", "85,5%", "85.5%"),
            ("85.5 %", "85,5 %", "85.5 %"),
            ("1.214,5", "1.214,5", "1.214,5"),
            ("12.03.2026", "12.03.2026", "12.03.2026"),
            ("Đã có.", "Đã có.", "Đã có."),
            ("", "", ""),
        ],
    )
    def test_as_typed_with_the_readers_decimal_sign(self, text: str, vi: str, en: str) -> None:
        assert (format_typed(text, "vi"), format_typed(text, "en")) == (vi, en)

    def test_vietnamese_is_the_default(self) -> None:
        assert format_number(Fraction(1, 2)) == "0,5"

    def test_endless_figures_are_shown(self) -> None:
        assert format_number(10**5_000).count("0") == 5_000

    @given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-999, max_value=999))
    def test_comes_back_when_parsed(self, value: Decimal) -> None:
        assert parse_number(format_number(value, "vi")) == Fraction(value)
        assert parse_number(format_number(value, "en")) == Fraction(value)
        assert parse_number(format_number(value, "vi", 4)) == Fraction(value)

    @given(st.integers(-(10**17), 10**17), st.integers(0, 17))
    def test_comma_and_point_mean_the_same(self, digits: int, places: int) -> None:
        text = f"{Decimal(digits).scaleb(-places):f}"
        assert parse_number(text) == parse_number(text.replace(".", ",")) == Fraction(digits, 10**places)


class TestDecimals:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (Fraction(1, 8), "0.125"),
            (Fraction(-1, 8), "-0.125"),
            (Fraction(1, 3), "0.333333"),
            (Fraction(2, 3), "0.666667"),
            (Fraction(-2, 3), "-0.666667"),
            (Fraction(0), "0"),
            (Fraction(100), "100"),
            (Fraction(1, 10**12), "0.000000000001"),
            (Fraction(10**40, 1), "1" + "0" * 40),
            (Fraction(1, 2**40), f"{Decimal(5**40).scaleb(-40):f}"),
            (Fraction(1, 10**9 * 3), "0.000000"),
        ],
    )
    def test_text(self, value: Fraction, text: str) -> None:
        assert decimal_text(value) == text

    def test_places(self) -> None:
        assert decimal_text(Fraction(1, 3), 4) == "0.3333"
        assert decimal_text(Fraction(1, 8), 1) == "0.125"

    @given(st.fractions())
    def test_ends_exactly_when_only_twos_and_fives_divide(self, value: Fraction) -> None:
        rest = value.denominator
        for factor in (2, 5):
            while rest % factor == 0:
                rest //= factor
        decimal = terminating_decimal(value)
        assert (decimal is not None) == (rest == 1)
        assert decimal is None or Fraction(decimal) == value

    @given(st.integers(-(10**40), 10**40), st.integers(0, 60))
    def test_text_of_a_decimal_is_that_decimal(self, digits: int, places: int) -> None:
        value = Fraction(digits, 10**places)
        assert Fraction(decimal_text(value)) == value
        assert "E" not in decimal_text(value)


class TestFormatApart:
    @pytest.mark.parametrize(
        ("value", "others", "shown"),
        [
            ("0.3", ["0.3"], "0,3"),
            ("0.29999", ["0.3"], "0,29999"),
            ("0.2999", ["0.3"], "0,2999"),
            ("0.3", ["0.29999"], "0,3"),
            ("0.30000001", ["0.29999", "0.3"], "0,30000001"),
            ("1/3", ["0.3333"], "0,33333"),
            ("1/3", [], "0,3333"),
            ("1/3", ["1/3"], "0,3333"),
            ("1214.5", ["1214.500004"], "1.214,5"),
            ("-0.00000001", ["0"], "-0,00000001"),
        ],
    )
    def test_it_is_told_from_what_it_is_compared_with(self, value: str, others: list[str], shown: str) -> None:
        assert format_apart(Fraction(value), list(map(Fraction, others))) == shown

    @given(*[st.fractions(-10, 10, max_denominator=10**6)] * 2)
    def test_two_figures_never_look_the_same_and_stay_in_order(self, one: Fraction, other: Fraction) -> None:
        shown = [parse_number(format_apart(*pair)) for pair in ((one, [other]), (other, [one]))]
        assert (shown[0] < shown[1]) == (one < other)
        assert (shown[0] == shown[1]) == (one == other)
