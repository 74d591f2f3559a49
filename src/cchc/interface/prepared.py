"""Reads that every request asks in the same words: the statement is made once, and then only its values change.

To make a statement of a queryset, with its joins, conditions and columns, takes Django many times as long as a database
needs to answer it by a key. What is read on every page is therefore written down as a `Prepared`:

_STEP = Prepared(lambda number: StepInstance.objects.filter(pk=number).order_by("pk"), number=int)
step = _STEP.one(number=5)

The answer is a queryset with these values, to be read alone or by `together`, and not to be narrowed any further. It
holds no rows: nothing that the database said is kept from one request to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Generic, NoReturn, TypeVar

from django.db import connection, connections
from django.db.models import QuerySet
from django.db.models.sql import Query

Q = TypeVar("Q", bound=QuerySet[Any, Any])
_LARGEST: Final = 2**63 - 1
_FIRST_DAY: Final = datetime(1903, 1, 1, tzinfo=UTC)
_SAMPLES: Final[Mapping[type, Callable[[int], Any]]] = {
    int: lambda number: 1_000_003 + number,
    str: lambda number: f"sample {number}",
    date: lambda number: (_FIRST_DAY + timedelta(days=number)).date(),
    datetime: lambda number: _FIRST_DAY + timedelta(days=number),
}
"""Values that stand for those to come: each different from all others, so that it is known where they go."""


class Prepared(Generic[Q]):
    """`make` answers the queryset for values of these types. Where the statement also hangs on something else (the
    reader's language), that is its `shape`: given before the values, and a statement is made for each.

    Calling it raises `ValueError` where a value goes nowhere, or goes in changed: then it cannot be prepared.
    """

    def __init__(self, make: Callable[..., Q], **types: type) -> None:
        self._make = make
        self._types = types
        self._made: dict[tuple[Hashable, ...], _Statement] = {}

    def __call__(self, *shape: Hashable, **values: Any) -> Q:
        """The read with these values; of a number that is larger than any that a column holds, nothing."""
        key = (connection.vendor, *shape)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._prepare(shape)
        read: Q = made.read.all()
        if any(isinstance(value, int) and value > _LARGEST for value in values.values()):
            return read.none()
        query = read.query
        query.__class__ = _Settled  # as Django itself makes one kind of a query another
        query.statement, query.values = made, made.with_values(values)
        return read

    def one(self, *shape: Hashable, **values: Any) -> Any:
        """The first row of the read with these values; None where there is none."""
        return next(iter(self(*shape, **values)), None)

    def _prepare(self, shape: Sequence[Hashable]) -> _Statement:
        number = len(self._types)
        first, second = (self._samples(start) for start in (0, number))
        read = self._make(*shape, **first)
        compiler = read.query.get_compiler(connection.alias)
        sql, params = compiler.as_sql()
        same_sql, others = self._make(*shape, **second).query.get_compiler(connection.alias).as_sql()
        if sql != same_sql:
            raise ValueError("the statement hangs on its values")
        places = [_place(pair, first, second) for pair in zip(params, others, strict=True)]
        if missing := first.keys() - {place.name for place in places if place is not None}:
            raise ValueError(f"{', '.join(sorted(missing))} goes nowhere")
        return _Statement(read, compiler, sql, tuple(params), tuple(places))

    def _samples(self, start: int) -> dict[str, Any]:
        return {name: _SAMPLES[kind](start + at) for at, (name, kind) in enumerate(self._types.items())}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value goes, and what the engine makes of it on the way."""

    name: str
    adapt: Callable[[Any], Any]


def _place(pair: tuple[Any, Any], first: Mapping[str, Any], second: Mapping[str, Any]) -> _Place | None:
    """Which value goes where these two were found; None for what is the same with all values. Raises `ValueError`."""
    if pair[0] == pair[1]:
        return None
    for name, sample in first.items():
        adapt = _adapting(type(sample), type(pair[0]))
        if (adapt(sample), adapt(second[name])) == pair:
            return _Place(name, adapt)
    raise ValueError(f"a value goes into the statement as {pair[0]!r}")


def _adapting(kind: type, wanted: type) -> Callable[[Any], Any]:
    """As fields do for this engine: SQLite is given days and moments as text, PostgreSQL numbers with their size."""
    if kind is datetime:
        return connection.ops.adapt_datetimefield_value
    if kind is date:
        return connection.ops.adapt_datefield_value
    return wanted if issubclass(wanted, kind) else kind


@dataclass(frozen=True, slots=True)
class _Statement:
    """The read with samples, what compiled it, and the places of the values among its parameters."""

    read: QuerySet[Any, Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    places: tuple[_Place | None, ...]

    def with_values(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        found = zip(self.params, self.places, strict=True)
        return tuple(param if place is None else place.adapt(values[place.name]) for param, place in found)


class _Settled(Query):
    """A query whose statement stands: it is read as it is."""

    statement: _Statement
    values: tuple[Any, ...]

    def get_compiler(self, *_: Any, **__: Any) -> Any:
        """One that compiles nothing any more, for the connection of this thread."""
        compiler = copy(self.statement.compiler)
        compiler.connection = connections[connection.alias]
        compiler.as_sql = lambda *_, **__: (self.statement.sql, self.values)
        return compiler

    def clone(self) -> NoReturn:
        """Refused: what narrows a prepared read belongs into it."""
        raise TypeError("a prepared read is not narrowed any further")
