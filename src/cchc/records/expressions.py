"""The one expression language of the product: criteria, class caps, derived metrics, table identities.

`+ - * /`, `min(,)`, `max(,)`, comparisons joined by `and`/`or`, numbers, names, and `c['1.2'].done` for an
input of another criterion. Parsed to frozen nodes, compiled to closures, evaluated exactly in `Fraction`.
There is no way from here to Python: no calls but min and max, no attributes, no strings, no powers.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from cchc.records.errors import DomainError, refuse

Value = Fraction | bool
Environment = Mapping["Name", Fraction]
Evaluate = Callable[[Environment], Value]

_MAX_LENGTH: Final = 2_000
_MAX_DEPTH: Final = 50
_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<reference>c\s*\[\s*(?P<quote>['"])(?P<code>[^'"\]]{1,40})(?P=quote)\s*\]\s*\.\s*(?P<input>[A-Za-z_]\w*))
      | (?P<number>[0-9]{1,18}(?:\.[0-9]{1,18})?)
      | (?P<name>[A-Za-z_]\w*)
      | (?P<symbol><=|>=|==|!=|[-+*/(),<>])
    )""",
    re.VERBOSE | re.ASCII,
)
_COMPARE: Final[dict[str, Callable[[Fraction, Fraction], bool]]] = {
    "<": operator.lt, "<=": operator.le, "==": operator.eq,
    "!=": operator.ne, ">=": operator.ge, ">": operator.gt,
}  # fmt: skip


class ZeroDenominator(Exception):
    """Raised while evaluating: a denominator is zero. Callers decide what that means."""


@dataclass(frozen=True, slots=True)
class Number:
    """A literal."""

    value: Fraction


class Name(NamedTuple):
    """An own input (`criterion` None) or an input of the criterion with that code. A tuple, as keys must hash fast."""

    name: str
    criterion: str | None = None

    def __str__(self) -> str:
        return self.name if self.criterion is None else f"c['{self.criterion}'].{self.name}"


@dataclass(frozen=True, slots=True)
class Operation:
    """`+ - * /`, `min`, `max`, a comparison, `and` or `or` over its parts."""

    symbol: str
    parts: tuple[Expression, ...]


Expression = Number | Name | Operation


def parse(text: str) -> Expression:
    """The expression written in `text`. Raises `records.bad_expression` with what is wrong where."""
    if len(text) > _MAX_LENGTH:
        raise refuse("records.expression_too_long", limit=_MAX_LENGTH)
    return _Parser(text).whole()


def names_in(expression: Expression) -> frozenset[Name]:
    """Every name the expression reads."""
    match expression:
        case Name():
            return frozenset((expression,))
        case Operation(parts=parts):
            return frozenset().union(*(names_in(part) for part in parts))
    return frozenset()


def is_condition(expression: Expression) -> bool:
    """Whether the expression answers true or false rather than a number."""
    return isinstance(expression, Operation) and (expression.symbol in _COMPARE or expression.symbol in ("and", "or"))


def compile_number(expression: Expression) -> Callable[[Environment], Fraction]:
    """A closure giving an exact number. Raises `records.number_expected` for a condition."""
    if is_condition(expression):
        raise refuse("records.number_expected")
    return _compile(expression)  # type: ignore[return-value]


def compile_condition(expression: Expression) -> Callable[[Environment], bool]:
    """A closure giving true or false. Raises `records.condition_expected` for a number."""
    if not is_condition(expression):
        raise refuse("records.condition_expected")
    return _compile(expression)  # type: ignore[return-value]


def _compile(expression: Expression) -> Evaluate:
    match expression:
        case Number(value):
            return lambda _: value
        case Name():
            return operator.itemgetter(expression)
        case Operation(symbol, parts):
            return _compile_operation(symbol, tuple(_compile(part) for part in parts))


def _compile_operation(symbol: str, parts: tuple[Evaluate, ...]) -> Evaluate:
    if symbol == "and":
        return lambda env: all(part(env) for part in parts)
    if symbol == "or":
        return lambda env: any(part(env) for part in parts)
    if symbol in ("min", "max"):
        choose = min if symbol == "min" else max
        return lambda env: choose(part(env) for part in parts)
    if len(parts) == 1:
        (only,) = parts
        return lambda env: -only(env)
    left, right = parts
    if symbol in _COMPARE:
        compare = _COMPARE[symbol]
        return lambda env: compare(left(env), right(env))  # type: ignore[arg-type]
    if symbol == "/":
        return lambda env: _divide(left(env), right(env))
    combine = {"+": operator.add, "-": operator.sub, "*": operator.mul}[symbol]
    return lambda env: combine(left(env), right(env))  # type: ignore[no-any-return]


def _divide(left: Value, right: Value) -> Fraction:
    if right == 0:
        raise ZeroDenominator
    return Fraction(left) / Fraction(right)


class _Parser:
    """Recursive descent; positions count characters from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_tokens(text))
        self._next = 0
        self._depth = 0

    def whole(self) -> Expression:
        expression = self._any_of()
        if self._next < len(self._tokens):
            raise self._error()
        return expression

    def _peek(self) -> str:
        return self._tokens[self._next][0] if self._next < len(self._tokens) else ""

    def _take(self, *symbols: str) -> str:
        token = self._peek()
        if token not in symbols:
            return ""
        self._next += 1
        return token

    def _expect(self, symbol: str) -> None:
        if not self._take(symbol):
            raise self._error()

    def _error(self) -> DomainError:
        position = self._tokens[self._next][2] if self._next < len(self._tokens) else len(self._text)
        return refuse("records.bad_expression", expression=self._text, position=position + 1)

    def _any_of(self) -> Expression:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise refuse("records.expression_too_deep", limit=_MAX_DEPTH)
        expression = self._joined("or", lambda: self._joined("and", self._comparison))
        self._depth -= 1
        return expression

    def _joined(self, word: str, read: Callable[[], Expression]) -> Expression:
        parts = [read()]
        while self._take(word):
            parts.append(read())
        if len(parts) == 1:
            return parts[0]
        if not all(is_condition(part) for part in parts):
            raise self._error()
        return Operation(word, tuple(parts))

    def _comparison(self) -> Expression:
        left = self._sum()
        symbol = self._take(*_COMPARE)
        if not symbol:
            return left
        right = self._sum()
        return Operation(symbol, (self._numeric(left), self._numeric(right)))

    def _numeric(self, expression: Expression) -> Expression:
        if is_condition(expression):
            raise self._error()
        return expression

    def _sum(self) -> Expression:
        return self._left_to_right(("+", "-"), self._product)

    def _product(self) -> Expression:
        return self._left_to_right(("*", "/"), self._signed)

    def _left_to_right(self, symbols: tuple[str, ...], read: Callable[[], Expression]) -> Expression:
        expression = read()
        while symbol := self._take(*symbols):
            expression = Operation(symbol, (self._numeric(expression), self._numeric(read())))
        return expression

    def _signed(self) -> Expression:
        minuses = 0
        while self._take("-"):
            minuses += 1
        value = self._atom()
        return Operation("-", (self._numeric(value),)) if minuses % 2 else value

    def _atom(self) -> Expression:
        if self._take("("):
            inner = self._any_of()
            self._expect(")")
            return inner
        if self._next >= len(self._tokens):
            raise self._error()
        token, node, _ = self._tokens[self._next]
        if token in ("min", "max") and self._next + 1 < len(self._tokens) and self._tokens[self._next + 1][0] == "(":
            return self._call(token)
        if node is None:
            raise self._error()
        self._next += 1
        return node

    def _call(self, function: str) -> Expression:
        self._next += 2
        parts = [self._numeric(self._any_of())]
        while self._take(","):
            parts.append(self._numeric(self._any_of()))
        self._expect(")")
        if len(parts) < 2:
            raise self._error()
        return Operation(function, tuple(parts))


def _tokens(text: str) -> Iterator[tuple[str, Expression | None, int]]:
    """Each token as (word or symbol, the leaf it stands for, position from 0)."""
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise refuse("records.bad_expression", expression=text, position=position + 1)
        start = match.start(match.lastgroup or 0) if match.lastgroup else match.start()
        if match["reference"]:
            yield "name", Name(match["input"], match["code"]), match.start("reference")
        elif match["number"]:
            yield "number", Number(Fraction(match["number"])), start
        elif match["name"] and match["name"] not in ("and", "or"):
            yield match["name"], Name(match["name"]), start
        else:
            yield match["name"] or match["symbol"], None, start
        position = match.end()
