"""Numbers as Vietnamese officials write them: lenient in, strict out, exact inside.

Inside, a figure is a `Fraction` or an `int`; it becomes a `Decimal` when it is rounded, and text
when it is shown. Never a float.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction
from typing import Final

from cchc.records.errors import refuse
from cchc.records.text import Language


@dataclass(frozen=True, slots=True)
class Percent:
    """A share to be shown in words as a percentage: `Percent(Fraction(467, 500))` → `93,4 %`.

    `others` are the shares it is compared with: as many decimals are shown as it takes to tell it from them.
    """

    share: Fraction
    others: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class Apart:
    """A figure shown in words with as many decimals as it takes to tell it from the `others` it is compared with.

    “0,3 is below 0,3” would be a false reason: `Apart(Fraction("0.29999"), (Fraction("0.3"),))` → `0,29999`.
    """

    figure: Fraction
    others: tuple[Fraction, ...]


_NUMBER: Final = re.compile(r"([+-]?)([0-9]{1,18})(?:[.,]([0-9]{1,18}))?")
_COUNT: Final = re.compile(r"[0-9]{1,18}")
_SHOWN_DECIMALS: Final = 4
# Python's usual context would cut a figure at 28 digits.
_EXACT: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


def parse_number(text: str) -> Fraction:
    """`83,5` or `83.5`, no thousands separators. Raises `records.not_a_number`."""
    value = _number_in(text)
    if value is None:
        raise refuse("records.not_a_number", text=text)
    return value


def _number_in(text: str) -> Fraction | None:
    match = _NUMBER.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-"))
    if match is None:
        return None
    sign, whole, decimals = match.groups(default="")
    value = Fraction(int(whole + decimals), 10 ** len(decimals))
    return -value if sign == "-" else value


def parse_count(text: str) -> int:
    """Digits only: `1214`, not `1.214`. Raises `records.not_a_count`."""
    if _COUNT.fullmatch(text.strip()) is None:
        raise refuse("records.not_a_count", text=text)
    return int(text)


def parse_share(text: str) -> Fraction:
    """A share as `0,85` or `85%`. The range is the caller's to judge. Raises `records.not_a_number`."""
    stripped = text.strip()
    value = _number_in(stripped.removesuffix("%"))
    if value is None:
        raise refuse("records.not_a_number", text=text)
    return value / 100 if stripped.endswith("%") else value


def round_half_up(value: Fraction, decimals: int) -> Decimal:
    """Round once, halves away from zero (84.17/93·100 at 2 → 90.51). `decimals` is 0 or more."""
    scaled = abs(value) * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    if 2 * rest >= scaled.denominator:
        whole += 1
    return _shifted(-whole if value < 0 else whole, decimals)


def _shifted(digits: int, decimals: int) -> Decimal:
    """9051 at 2 → 90.51, exactly, however long."""
    return Decimal(digits).scaleb(-decimals, _EXACT)


def format_number(value: Fraction | Decimal | int, language: Language = "vi", decimals: int | None = None) -> str:
    """Show a number: `1.214,5` in Vietnamese, `1,214.5` in English.

    With `decimals` exactly that many; without, at most four and no trailing zeros. A value that four
    decimals cannot show exactly is rounded half up; only sentences use this form, never a printed figure.
    """
    if decimals is None:
        return _without_zeros(Fraction(value), language, _SHOWN_DECIMALS)
    return _separated(f"{round_half_up(Fraction(value), decimals):,f}", language)


def format_typed(text: str, language: Language = "vi") -> str:
    """A number or a percentage as somebody typed it, every digit kept, with the decimal sign of the reader's language:
    `4.875` → `4,875`. What is neither stays as it is.
    """
    typed = text.strip()
    if _NUMBER.fullmatch(typed.removesuffix("%").rstrip().replace("\N{MINUS SIGN}", "-")) is None:
        return text
    return typed.replace(",", ".") if language == "en" else typed.replace(".", ",")


def format_apart(value: Fraction, others: Iterable[Fraction], language: Language = "vi") -> str:
    """As without decimals, but with more than four where the value would look like one of the others."""
    decimals = _SHOWN_DECIMALS
    for other in others:
        while value != other and round_half_up(value, decimals) == round_half_up(other, decimals):
            decimals += 1
    return _without_zeros(value, language, decimals)


def _without_zeros(value: Fraction, language: Language, decimals: int) -> str:
    text = f"{round_half_up(value, decimals):,f}"
    return _separated(text.rstrip("0").rstrip(".") if "." in text else text, language)


def _separated(text: str, language: Language) -> str:
    return text if language == "en" else text.translate({ord(","): ".", ord("."): ","})


def decimal_text(value: Fraction, places: int = 6) -> str:
    """For JSON: the exact decimal as text where it ends, else with `places` decimals, half up."""
    exact = terminating_decimal(value)
    return f"{exact if exact is not None else round_half_up(value, places):f}"


def terminating_decimal(value: Fraction) -> Decimal | None:
    """The value as a `Decimal` when its decimal expansion ends, else None."""
    without_twos, twos = _divided_out(value.denominator, 2)
    rest, fives = _divided_out(without_twos, 5)
    if rest != 1:
        return None
    places = max(twos, fives)
    return _shifted(value.numerator * 10**places // value.denominator, places)


def _divided_out(number: int, factor: int) -> tuple[int, int]:
    """The number without its factors `factor`, and how many there were."""
    times = 0
    while number % factor == 0:
        number, times = number // factor, times + 1
    return number, times
