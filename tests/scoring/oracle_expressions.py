"""The oracle's own reading of expressions: handed to Python, with every number a fraction."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

Tree = dict[str, Any]

TOKEN = re.compile(
    r"""c\[(['"])(?P<code>.+?)\1\]\.(?P<input>\w+)|(?P<number>\d+(?:\.\d+)?)|(?P<word>[A-Za-z_]\w*)(?P<call>\s*\()?"""
)


class DoesNotApply(Exception):
    """A zero denominator, or a criterion taken out that is read."""


def references(text: str) -> set[tuple[str, str]]:
    return {(found["code"], found["input"]) for found in TOKEN.finditer(text) if found["code"]}


def own_names(text: str) -> set[str]:
    words = {found["word"] for found in TOKEN.finditer(text) if found["word"] and not found["call"]}
    return words - {"and", "or"}


def calculate(text: str, own_values: Tree, foreign: dict[tuple[str, str], Any]) -> Any:
    """Python does the arithmetic."""
    known = {"Fraction": Fraction, "min": min, "max": max, "own": own_values, "foreign": foreign, "__builtins__": {}}
    try:
        return eval(TOKEN.sub(in_python, text).strip(), known)
    except ZeroDivisionError:
        raise DoesNotApply from None


def in_python(found: re.Match[str]) -> str:
    if found["code"]:
        return f"foreign[{found['code']!r}, {found['input']!r}]"
    if found["number"]:
        return f"Fraction('{found['number']}')"
    return found[0] if found["call"] or found["word"] in ("and", "or") else f"own[{found['word']!r}]"


def divided(value: Fraction, by: Fraction) -> Fraction:
    if by == 0:
        raise DoesNotApply
    return value / by
