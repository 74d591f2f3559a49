"""The one expression language of the product: criteria, class caps, derived metrics, table identities.

`+ - * /`, `min(,)`, `max(,)`, comparisons joined by `and`/`or`, numbers, names, and `c['1.2'].done` for an
input of another criterion. Parsed to frozen nodes, compiled to closures, evaluated exactly in `Fraction`.
There is no way from here to Python: no calls but min and max, no attributes, no strings, no powers.
`docs/expressions.md` is the page for people who write criteria.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from cchc.records.errors import DomainError, refuse

# Parsing, compiling and evaluating recurse: the limits keep the deepest accepted text far from Python's own limit.
_MAX_LENGTH: Final = 2_000
_MAX_DEPTH: Final = 20
_MAX_OPERATIONS: Final = 200
_TOKEN: Final = re.compile(
    r"""(?:
        (?P<reference>c\s*\[\s*(?P<quote>['"])(?P<code>[^'"\]]{1,40})(?P=quote)\s*\]\s*\.\s*(?P<input>[A-Za-z_]\w*))
      | (?P<number>[0-9]{1,18}(?:\.[0-9]{1,18})?)
      | (?P<name>[A-Za-z_]\w*)
      | (?P<symbol><=|>=|==|!=|[-+*/(),<>])
    )\s*""",
    re.VERBOSE | re.ASCII,
)
_SPACE: Final = re.compile(r"\s*", re.ASCII)
_COMPARE: Final[dict[str, Callable[[Fraction, Fraction], bool]]] = {
    "<": operator.lt, "<=": operator.le, "==": operator.eq,
    "!=": operator.ne, ">=": operator.ge, ">": operator.gt,
}  # fmt: skip
_JOINING: Final = ("and", "or")
_CHOOSING: Final = ("min", "max")
# How tightly an operator binds its two sides.
_BINDING: Final = {"or": 1, "and": 2} | dict.fromkeys(_COMPARE, 3) | {"+": 4, "-": 4, "*": 5, "/": 5}


class ZeroDenominator(Exception):
    """Raised while evaluating: a denominator is zero. Callers decide what that means.

    `and` and `or` read from the left and stop once decided, so `planned == 0 or done / planned >= 1` never raises it.
    """


def _divide(left: Fraction, right: Fraction) -> Fraction:
    if not right:
        raise ZeroDenominator
    return Fraction(left, right)


_COMBINE: Final[dict[str, Callable[[Fraction, Fraction], Fraction]]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": _divide,
}  # fmt: skip


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
    """`+ - * /`, `min`, `max`, a comparison, `and` or `or` over its parts; `-` over one part is a sign."""

    symbol: str
    parts: tuple[Expression, ...]


Expression = Number | Name | Operation
Environment = Mapping[Name, Fraction]


def parse(text: str) -> Expression:
    """The expression written in `text`.

    Raises `records.bad_expression` with the position that is not understood, and `records.expression_too_long`,
    `records.expression_too_deep` or `records.expression_too_large` past the limits.
    """
    if len(text) > _MAX_LENGTH:
        raise refuse("records.expression_too_long", limit=_MAX_LENGTH)
    return _Parser(text).whole()


def names_in(expression: Expression) -> frozenset[Name]:
    """Every name the expression reads."""
    match expression:
        case Name():
            return frozenset((expression,))
        case Operation(parts=parts):
            return frozenset().union(*map(names_in, parts))
    return frozenset()


def is_condition(expression: Expression) -> bool:
    """Whether the expression answers true or false rather than a number."""
    return isinstance(expression, Operation) and (expression.symbol in _COMPARE or expression.symbol in _JOINING)


def compile_number(expression: Expression) -> Callable[[Environment], Fraction]:
    """A closure giving an exact number. Raises `records.number_expected` for a condition.

    The closure needs every name in its environment (else `KeyError`) and may raise `ZeroDenominator`.
    """
    match expression:
        case Number(value):
            return lambda _: value
        case Name():
            return operator.itemgetter(expression)
        case Operation(symbol, parts) if not is_condition(expression):
            return _computing(symbol, tuple(map(compile_number, parts)))
    raise refuse("records.number_expected")


def compile_condition(expression: Expression) -> Callable[[Environment], bool]:
    """A closure giving true or false. Raises `records.condition_expected` for a number.

    The closure needs every name in its environment (else `KeyError`) and may raise `ZeroDenominator`.
    """
    match expression:
        case Operation("and", parts):
            every = tuple(map(compile_condition, parts))
            return lambda environment: all(part(environment) for part in every)
        case Operation("or", parts):
            some = tuple(map(compile_condition, parts))
            return lambda environment: any(part(environment) for part in some)
        case Operation(symbol, (first, second)) if symbol in _COMPARE:
            compare, left, right = _COMPARE[symbol], compile_number(first), compile_number(second)
            return lambda environment: compare(left(environment), right(environment))
    raise refuse("records.condition_expected")


def _computing(symbol: str, parts: tuple[Callable[[Environment], Fraction], ...]) -> Callable[[Environment], Fraction]:
    if symbol == "min":
        return lambda environment: min(part(environment) for part in parts)
    if symbol == "max":
        return lambda environment: max(part(environment) for part in parts)
    if len(parts) == 1:
        (only,) = parts
        return lambda environment: -only(environment)
    left, right = parts
    combine = _COMBINE[symbol]
    return lambda environment: combine(left(environment), right(environment))


class _Token(NamedTuple):
    """A symbol (`and` and `or` too), or the number or name it stands for; `position` counts characters from 1."""

    position: int
    symbol: str = ""
    leaf: Number | Name | None = None


class _Parser:
    """Reads operators by how tightly they bind; every operation is checked as it is made."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_tokens(text))
        self._next = 0
        self._brackets = 0
        self._operations = 0

    def whole(self) -> Expression:
        expression = self._read(0)
        if self._next < len(self._tokens) - 1:
            raise self._error(self._tokens[self._next])
        return expression

    def _read(self, loosest: int) -> Expression:
        """The longest expression whose operators bind tighter than `loosest`."""
        left = self._operand()
        while (binding := _BINDING.get(self._symbol(), 0)) > loosest:
            token = self._take()
            left = self._operation(token, token.symbol, (left, self._read(binding)))
        return left

    def _operand(self) -> Expression:
        first = token = self._take()
        minuses = 0
        while token.symbol == "-":
            minuses, token = minuses + 1, self._take()
        operand = self._unsigned(token)
        if not minuses:
            return operand
        negative = self._operation(first, "-", (operand,))
        return negative if minuses % 2 else operand

    def _unsigned(self, token: _Token) -> Expression:
        if token.symbol == "(":
            inner = self._inside()
            self._expect(")")
            return inner
        if token.leaf is None:
            raise self._error(token)
        if isinstance(token.leaf, Name) and str(token.leaf) in _CHOOSING and self._symbol() == "(":
            return self._call(token, str(token.leaf))
        return token.leaf

    def _call(self, token: _Token, function: str) -> Expression:
        self._expect("(")
        parts = [self._inside()]
        self._expect(",")
        parts.append(self._inside())
        while self._symbol() == ",":
            self._take()
            parts.append(self._inside())
        self._expect(")")
        return self._operation(token, function, tuple(parts))

    def _inside(self) -> Expression:
        """A whole expression inside brackets."""
        self._brackets += 1
        if self._brackets > _MAX_DEPTH:
            raise refuse("records.expression_too_deep", limit=_MAX_DEPTH)
        expression = self._read(0)
        self._brackets -= 1
        return expression

    def _operation(self, token: _Token, symbol: str, parts: tuple[Expression, ...]) -> Operation:
        """Only `and` and `or` take conditions, and they take nothing else."""
        if any(is_condition(part) != (symbol in _JOINING) for part in parts):
            raise self._error(token)
        self._operations += 1
        if self._operations > _MAX_OPERATIONS:
            raise refuse("records.expression_too_large", limit=_MAX_OPERATIONS)
        first, *others = parts
        if symbol in _JOINING and isinstance(first, Operation) and first.symbol == symbol:
            return Operation(symbol, (*first.parts, *others))
        return Operation(symbol, parts)

    def _symbol(self) -> str:
        return self._tokens[self._next].symbol

    def _take(self) -> _Token:
        token = self._tokens[self._next]
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return token

    def _expect(self, symbol: str) -> None:
        token = self._take()
        if token.symbol != symbol:
            raise self._error(token)

    def _error(self, token: _Token) -> DomainError:
        return refuse("records.bad_expression", expression=self._text, position=token.position)


def _tokens(text: str) -> Iterator[_Token]:
    """The tokens of `text`, and one that ends them."""
    start = _SPACE.match(text)
    position = start.end() if start else 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise refuse("records.bad_expression", expression=text, position=position + 1)
        yield _token(match, position + 1)
        position = match.end()
    yield _Token(len(text) + 1)


def _token(match: re.Match[str], position: int) -> _Token:
    if match["reference"]:
        return _Token(position, leaf=Name(match["input"], match["code"]))
    if match["number"]:
        return _Token(position, leaf=Number(Fraction(match["number"])))
    if match["name"] and match["name"] not in _JOINING:
        return _Token(position, leaf=Name(match["name"]))
    return _Token(position, match["name"] or match["symbol"])
