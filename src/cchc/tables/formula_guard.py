"""Text that a spreadsheet would run as a formula, made harmless in CSV and restored when read back.

A guard is one apostrophe in front. Texts that already look guarded take one more, so that writing and reading are
exact inverses. Plain negative numbers such as -1,5 are no formulas and stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_PLAIN_NUMBER: Final = re.compile(r"[+-][0-9]+(?:[.,][0-9]+)?%?")
_GUARD: Final = "'"


def guard(text: str) -> str:
    """The text as it may stand in a CSV file."""
    return _GUARD + text if _is_dangerous(text.lstrip(_GUARD)) else text


def unguard(text: str) -> str:
    """The text as it was before `guard`."""
    return text[1:] if text.startswith(_GUARD) and _is_dangerous(text.lstrip(_GUARD)) else text


def _is_dangerous(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula: `= + - @`, their full-width forms, tab, line break."""
    if _PLAIN_NUMBER.fullmatch(text):
        return False
    start = text.lstrip()[:1]
    return text[:1] in {"\t", "\r", "\n"} or unicodedata.normalize("NFKC", start) in {"=", "+", "-", "@"}
