"""Expressions as parts of rules: read from a set, compiled once, spoken with the labels of their inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cchc.records.expressions import (
    Environment,
    Expression,
    Name,
    Number,
    compile_condition,
    compile_number,
    names_in,
    parse,
)
from cchc.records.numbers import format_number
from cchc.records.schema import placed
from cchc.records.text import Language, LocalText
from cchc.records.yaml_text import Node


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """An expression of a rule: as written, parsed, and compiled. Terms are equal when written alike."""

    text: str
    expression: Expression
    compute: Callable[[Environment], Any]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Term) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    @property
    def names(self) -> frozenset[Name]:
        """What the expression reads."""
        return names_in(self.expression)


def number_term(text: str) -> Term:
    """An expression that gives a number, from its text."""
    expression = parse(text)
    return Term(text, expression, compile_number(expression))


def condition_term(text: str) -> Term:
    """An expression that gives true or false, from its text."""
    expression = parse(text)
    return Term(text, expression, compile_condition(expression))


def as_term(node: Node) -> Term:
    """An expression that gives a number, as written in a set."""
    return placed(node, number_term)


def as_condition(node: Node) -> Term:
    """An expression that gives true or false, as written in a set."""
    return placed(node, condition_term)


_SIGNS: Final = {"*": "×", "/": "÷", "-": "\N{MINUS SIGN}", "<=": "≤", ">=": "≥", "!=": "≠", "==": "="}
_WORDS: Final[dict[Language, dict[str, str]]] = {
    "vi": {"and": "và", "or": "hoặc", "min": "số nhỏ nhất trong", "max": "số lớn nhất trong"},
    "en": {"and": "and", "or": "or", "min": "the least of", "max": "the greatest of"},
}
_BINDING: Final = {"or": 1, "and": 2, "+": 4, "-": 4, "*": 5, "/": 5}
_COMPARISON: Final = 3
_SIGN: Final = 6


def speak(term: Term, labels: Mapping[Name, LocalText]) -> LocalText:
    """The term with every name replaced by its label: `Nhiệm vụ hoàn thành ÷ Nhiệm vụ được giao`."""
    return LocalText(_spoken(term.expression, labels, "vi"), _spoken(term.expression, labels, "en"))


def _mid_sentence(label: str) -> str:
    """`Số hồ sơ` → `số hồ sơ`; abbreviations such as `TTHC` stay."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _spoken(expression: Expression, labels: Mapping[Name, LocalText], language: Language, around: int = 0) -> str:
    """`around` is how tightly the surrounding operation binds; looser parts take brackets."""
    match expression:
        case Number(value):
            return format_number(value, language)
        case Name():
            return _mid_sentence(labels[expression].in_language(language)) if expression in labels else str(expression)
    symbol, parts = expression.symbol, expression.parts
    word = _WORDS[language].get(symbol) or _SIGNS.get(symbol, symbol)
    if symbol in ("min", "max"):
        return f"{word} ({'; '.join(_spoken(part, labels, language) for part in parts)})"
    if len(parts) == 1:
        return f"{word}{_spoken(parts[0], labels, language, _SIGN)}"
    binding = _BINDING.get(symbol, _COMPARISON)
    tighter = binding + 1 if symbol in ("-", "/") else binding
    spoken = [_spoken(part, labels, language, tighter if i else binding) for i, part in enumerate(parts)]
    text = f" {word} ".join(spoken)
    return f"({text})" if binding < around else text
