"""Reads that every request asks in the same words: the statement is made once, and then only its values change.

To make a statement of a queryset, with its joins, conditions and columns, takes Django many times as long as a database
needs to answer it by a key. What is read on every page is therefore written down as a `Prepared`:

_STEP = Prepared(lambda number: StepInstance.objects.filter(pk=number).order_by("pk"), number=int)
step = _STEP.one(number=5)

The answer is a queryset with these values, to be read alone or by `together`, and not to be narrowed any further. It
holds no rows: nothing that the database said is kept from one request to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from types import GenericAlias
from typing import Any, Final, Generic, NoReturn, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import QuerySet
from django.db.models.sql import Query

Q = TypeVar("Q", bound=QuerySet[Any, Any])
_LARGEST: Final = 2**63 - 1
_LONGEST: Final = 30
_FIRST_DAY: Final = datetime(1903, 1, 1, tzinfo=UTC)
_SAMPLES: Final[Mapping[type, Callable[[int], Any]]] = {
    int: lambda number: 1_000_003 + number,
    str: lambda number: f"sample {number}",
    date: lambda number: (_FIRST_DAY + timedelta(days=number)).date(),
    datetime: lambda number: _FIRST_DAY + timedelta(days=number),
}
"""Values that stand for those to come: each different from all others, so that it is known where they go."""


class Prepared(Generic[Q]):
    """`make` answers the queryset for values of these types, or for lists of them (`list[int]`). Where the statement
    also hangs on something else (the reader's language), that is its `shape`: given before the values. A statement is
    made for each shape and each length of a list; for a long list as if nothing were prepared.

    Calling it raises `ValueError` where a value goes nowhere, or goes in changed: then it cannot be prepared.
    """

    def __init__(self, make: Callable[..., Q], **types: Any) -> None:
        self._make = make
        self._types = types
        self._made: dict[tuple[Hashable, ...], _Statement | None] = {}

    def __call__(self, *shape: Hashable, **values: Any) -> Q:
        """The read with these values; of a number that is larger than any that a column holds, nothing."""
        lengths = tuple(len(value) for value in values.values() if _is_list(value))
        if any(length > _LONGEST for length in lengths):
            return self._make(*shape, **values)
        key = (connection.vendor, lengths, *shape)
        if key not in self._made:
            self._made[key] = self._prepare(shape, {name: len(some) for name, some in values.items() if _is_list(some)})
        made, given = self._made[key], _flat(values)
        if made is None or any(isinstance(value, int) and value > _LARGEST for value in given.values()):
            return self._make(*shape, **values).none()
        read: Q = made.with_values(given)
        return read

    def one(self, *shape: Hashable, **values: Any) -> Any:
        """The first row of the read with these values; None where there is none."""
        return next(iter(self(*shape, **values)), None)

    def _prepare(self, shape: Sequence[Hashable], lengths: Mapping[str, int]) -> _Statement | None:
        """None where nothing can be found, whatever the values are."""
        numbers = count()
        first, second = (
            {name: _sample(kind, numbers, lengths.get(name, 0)) for name, kind in self._types.items()} for _ in range(2)
        )
        read = self._make(*shape, **first)
        compiler = read.query.get_compiler(connection.alias)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        same_sql, others = self._make(*shape, **second).query.get_compiler(connection.alias).as_sql()
        if sql != same_sql:
            raise ValueError("the statement hangs on its values")
        samples, other_samples = _flat(first), _flat(second)
        places = [_place(pair, samples, other_samples) for pair in zip(params, others, strict=True)]
        if missing := samples.keys() - {place.name for place in places if place is not None}:
            raise ValueError(f"{', '.join(sorted(missing))} goes nowhere")
        converters = compiler.get_converters(column for column, *_ in compiler.select[: compiler.col_count])
        return _Statement(read, compiler, sql, tuple(params), tuple(places), converters)


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _sample(kind: Any, numbers: Iterator[int], length: int) -> Any:
    if isinstance(kind, GenericAlias):
        return [_SAMPLES[kind.__args__[0]](next(numbers)) for _ in range(length)]
    return _SAMPLES[kind](next(numbers))


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """Each value by its name, those of a list by the name with their number."""
    flat = dict[str, Any]()
    for name, value in values.items():
        flat.update({f"{name}.{at}": one for at, one in enumerate(value)} if _is_list(value) else {name: value})
    return flat


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
        for adapt in _adapting(type(sample), type(pair[0])):
            if (adapt(sample), adapt(second[name])) == pair:
                return _Place(name, adapt)
    raise ValueError(f"a value goes into the statement as {pair[0]!r}")


def _adapting(kind: type, wanted: type) -> Sequence[Callable[[Any], Any]]:
    """As fields do for this engine: SQLite is given days and moments as text, PostgreSQL numbers with their size. Texts
    also as a part of others.
    """
    if kind is datetime:
        return (connection.ops.adapt_datetimefield_value,)
    if kind is date:
        return (connection.ops.adapt_datefield_value,)
    return (str, _contained) if kind is str else (wanted if issubclass(wanted, kind) else kind,)


def _contained(text: str) -> str:
    return f"%{connection.ops.prep_for_like_query(text)}%"


@dataclass(frozen=True, slots=True)
class _Statement:
    """The read with samples, what compiled it, and the places of the values among its parameters."""

    read: QuerySet[Any, Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    places: tuple[_Place | None, ...]
    converters: Mapping[int, Any]

    def with_values(self, values: Mapping[str, Any]) -> QuerySet[Any, Any]:
        """The same read with other values: a copy of it, whose query is settled."""
        found = zip(self.params, self.places, strict=True)
        query: Any = object.__new__(_Settled)
        vars(query).update(vars(self.read.query))
        query.statement = self
        query.values = tuple(param if place is None else place.adapt(values[place.name]) for param, place in found)
        read: Any = object.__new__(type(self.read))
        vars(read).update(vars(self.read), _query=query)
        copied: QuerySet[Any, Any] = read
        return copied


class _Settled(Query):
    """A query whose statement stands: it is read as it is."""

    statement: _Statement
    values: tuple[Any, ...]

    def get_compiler(self, *_: Any, **__: Any) -> Any:
        """One that compiles nothing any more, for the connection of this thread."""
        compiler = copy(self.statement.compiler)
        compiler.connection = connections[connection.alias]
        compiler.as_sql = lambda *_, **__: (self.statement.sql, self.values)
        compiler.get_converters = lambda _: self.statement.converters
        return compiler

    def clone(self) -> NoReturn:
        """Refused: what narrows a prepared read belongs into it."""
        raise TypeError("a prepared read is not narrowed any further")
