"""What people type into a sheet, by the kind of input: lenient in the spelling, strict in the meaning."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from cchc.records.dates import parse_date
from cchc.records.errors import refuse
from cchc.records.numbers import parse_count, parse_number
from cchc.records.search import fold
from cchc.scoring.rules.base import ONE, ZERO, Input, Option, Typed

_YES: Final = frozenset({"co", "yes", "true", "1"})
_NO: Final = frozenset({"khong", "no", "false", "0"})
_NEVER: Final = frozenset({"no", "khong", "never", "chua"})
_NONE: Final = frozenset({"none", "khong co", "khong"})
_NOT_APPLICABLE: Final = frozenset({"khong ap dung", "not applicable", "n/a"})


def says_not_applicable(text: str) -> bool:
    """Whether an answer reads “Không áp dụng”."""
    return fold(text) in _NOT_APPLICABLE


def parse_yes_no(text: str) -> bool:
    """`yes/no`, `có/không`. Raises `scoring.not_yes_no`."""
    folded = fold(text)
    if folded not in _YES | _NO:
        raise refuse("scoring.not_yes_no", text=text)
    return folded in _YES


def parse_value(item: Input, text: str) -> Typed:
    """The text of one cell as what the input holds. Raises a `DomainError` that says what was expected."""
    match item.kind:
        case "count":
            return Fraction(parse_count(text))
        case "number":
            return parse_number(text)
        case "yes_no":
            return ONE if parse_yes_no(text) else ZERO
        case "date":
            return None if fold(text) in _NEVER else parse_date(text)
        case "choice":
            return find_option(item.options, text).id if item.options else text
        case "checklist":
            return _parse_ticked(item, text)
        case "text":
            return text


def find_option(options: tuple[Option, ...], text: str) -> Option:
    """The option with that id, or else that label in either language. Raises `scoring.not_an_option`."""
    wanted = fold(text)
    for option in options:
        if option.id == text.strip():
            return option
    labelled = [o for o in options if wanted in (fold(o.id), fold(o.label.vi), fold(o.label.en or o.label.vi))]
    if len(labelled) != 1:
        raise refuse("scoring.not_an_option", text=text, options=tuple(option.id for option in options))
    return labelled[0]


def _parse_ticked(item: Input, text: str) -> tuple[str, ...]:
    """Ids joined by `;`, or `none`."""
    if fold(text) in _NONE:
        return ()
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if not parts:
        raise refuse("scoring.not_an_option", text=text, options=tuple(option.id for option in item.options))
    ticked = {find_option(item.options, part).id for part in parts} if item.options else set(parts)
    return tuple(sorted(ticked))
