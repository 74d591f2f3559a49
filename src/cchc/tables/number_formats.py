"""What a spreadsheet shows for a number, from its number format; exact, halves away from zero.

Only what concerns the number itself is kept: decimals, leading zeros and percent. Colours, units, currency, padding and
thousands separators are left out, a negative number keeps a plain minus, and a format that would hide the number,
scale it by thousands, or show it as a fraction or power of ten is read as General.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Final

_DECORATION: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_CONDITION: Final = re.compile(r"\[\s*[<>=]")
_PATTERN: Final = re.compile(r"[^0#?.,%E/]*([0#?][0#?,]*)?(?:(\.)([0#?]*))?\s*(%?)[^0#?.,%E/]*")
_SIGNIFICANT: Final = Context(prec=15, rounding=ROUND_HALF_UP)
_EXACT: Final = Context(prec=1000, rounding=ROUND_HALF_UP)
_GENERAL_DIGITS: Final = 10  # General shows 11 characters: ten digits and the point


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How many digits are shown before the point at least, and after it at least and at most."""

    whole: int
    least: int
    most: int
    is_percent: bool


def shown_number(value: Decimal | int, code: str) -> str:
    """The number as text under the format `code`: `87.20`, `-1.5`, `87.11%`. Never separators, never a power of ten.

    A spreadsheet works with 15 significant digits; binary noise behind them is not shown there, nor here.
    """
    exact = _SIGNIFICANT.create_decimal(value)
    chosen = number_format(_section(code, exact))
    if chosen is None:
        return _general(exact)
    if chosen.is_percent:
        exact = exact.scaleb(2, _EXACT)
    text = _rounded(exact, chosen.most)
    whole, _, decimals = text.lstrip("-").partition(".")
    decimals = decimals[: chosen.least] + decimals[chosen.least :].rstrip("0")
    shown = whole.zfill(chosen.whole) + ("." + decimals if decimals else "") + ("%" if chosen.is_percent else "")
    return f"-{shown}" if text.startswith("-") and shown.strip("0.%") else shown


@lru_cache(maxsize=1000)
def number_format(section: str) -> NumberFormat | None:
    """The format of one section, None for General and for what is read as General."""
    match = _PATTERN.fullmatch(section)
    if match is None or (match[1] is None and not match[3]):
        return None
    whole, decimals = match[1] or "", match[3] or ""
    if whole.endswith(","):
        return None
    return NumberFormat(max(whole.count("0"), 1), _required(decimals), len(decimals), bool(match[4]))


def _required(decimals: str) -> int:
    """Decimals shown even when zero: up to the last 0 of the pattern."""
    return decimals.rindex("0") + 1 if "0" in decimals else 0


@lru_cache(maxsize=1000)
def _sections(code: str) -> tuple[str, ...]:
    """`positive;negative;zero;text` without decoration; General alone where own conditions choose between them."""
    return ("General",) if _CONDITION.search(code) else tuple(_DECORATION.sub("", code).split(";"))


def _section(code: str, value: Decimal) -> str:
    """The section that shows this number."""
    sections = _sections(code)
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[1] if value < 0 and len(sections) > 1 else sections[0]


def _general(value: Decimal) -> str:
    whole_digits = max(value.adjusted() + 1, 1)
    shown = _rounded(value, max(_GENERAL_DIGITS - whole_digits, 0))
    if not shown.strip("-0."):
        shown = f"{value:f}"
    return _trimmed(shown)


def _rounded(value: Decimal, decimals: int) -> str:
    return f"{value.quantize(Decimal(1).scaleb(-decimals), context=_EXACT):f}"


def _trimmed(text: str) -> str:
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text
