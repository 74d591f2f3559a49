"""Several reads that need nothing of each other, asked of the database in one question.

A page gathers from many tables. Each read stays a `QuerySet` of its own, made where it belongs and starting from what
the viewer may see; `read_together(tasks, files, bases)` fills all of them at once, so that the page goes to the
database once for them and not once for each. What is to be read for many (desk, panels) says so beforehand: `Reads`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Q, QuerySet, Value

from cchc.interface.planning import planned_once, plans_once

T = TypeVar("T")
U = TypeVar("U")
T_co = TypeVar("T_co", covariant=True)
_MARK: Final = "all_"
_MOST_PARAMS: Final = 30_000  # SQLite takes 32,766, PostgreSQL 65,535


def read_together(*reads: QuerySet[Any, Any]) -> None:
    """Fill them with one query, prefetches aside; none where none of them can find anything. A few more where they
    name more keys than a statement may.
    """
    parts = _parts_of(reads)
    for some in _in_statements(parts):
        for part, rows in zip(some, _rows_of(some), strict=True):
            part.fill(rows)
    for read in reads:
        len(read)


def statement_of(*reads: QuerySet[Any, Any]) -> tuple[str, list[Any]]:
    """The one statement that reads all of them, as Django writes it, and its values; to be looked at or timed. Raises
    `ValueError` where they are read otherwise.
    """
    parts = _parts_of(reads)
    if len(parts) == 1 and not plans_once():
        return parts[0].sql, list(parts[0].params)
    (together,) = _in_statements(parts)
    return _statement(together, _slots(together))


@dataclass(frozen=True, slots=True)
class Reads(Generic[T_co]):
    """What can be answered once `needed` are filled; it may then turn out that more has to be read."""

    needed: Sequence[QuerySet[Any, Any]]
    then: Callable[[], T_co | Reads[T_co]]

    def made(self, make: Callable[[T_co], U]) -> Reads[U]:
        """What is made of the answer."""

        def then() -> U | Reads[U]:
            answered = self.then()
            return answered.made(make) if isinstance(answered, Reads) else make(answered)

        return Reads(self.needed, then)

    def and_then(self, read: Callable[[T_co], Reads[U]]) -> Reads[U]:
        """What has to be read further with the answer in hand."""

        def then() -> Reads[U]:
            answered = self.then()
            return answered.and_then(read) if isinstance(answered, Reads) else read(answered)

        return Reads(self.needed, then)


def made_of(found: QuerySet[Any, Any], make: Callable[[Any], T]) -> Reads[T]:
    """What is made of one read."""
    return Reads((found,), lambda: make(found))


def counted(found: QuerySet[Any], **conditions: Q) -> Reads[Mapping[str, int]]:
    """How many there are (`number`), and of how many each condition holds."""
    counts = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    marked = found.order_by().annotate(**{_MARK: Value(1)}).values(_MARK)
    row = marked.annotate(number=Count("pk"), **counts).values("number", *counts)
    return made_of(row, lambda rows: next(iter(rows), dict.fromkeys(("number", *counts), 0)))


def number_of(found: QuerySet[Any]) -> Reads[int]:
    """How many there are."""
    return counted(found).made(lambda numbers: numbers["number"])


def all_of(asked: Sequence[Any | Reads[Any]]) -> Reads[list[Any]]:
    """Several answers, in their order, whose reads are asked together, round by round."""

    def then() -> list[Any] | Reads[list[Any]]:
        answered = [one.then() if isinstance(one, Reads) else one for one in asked]
        return all_of(answered) if any(isinstance(one, Reads) for one in answered) else answered

    return Reads(tuple(chain.from_iterable(one.needed for one in asked if isinstance(one, Reads))), then)


def answer(asked: Reads[T]) -> T:
    """The answer: one query for each round."""
    read_together(*asked.needed)
    answered = asked.then()
    return answer(answered) if isinstance(answered, Reads) else answered


def answer_all(*asked: Any | Reads[Any]) -> list[Any]:
    """The answers, in the order of what was asked; one query for each round."""
    return answer(all_of(asked))


@dataclass(frozen=True, slots=True)
class _Part:
    """One read among others: its own statement, and what the database calls the type of each of its columns."""

    read: QuerySet[Any, Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    types: tuple[str, ...]

    @classmethod
    def of(cls, read: QuerySet[Any, Any]) -> _Part | None:
        """None where nothing can be found and nothing is asked."""
        compiler = read.query.get_compiler(connection.alias)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        if compiler.has_extra_select:
            raise ValueError("what is read together is not ordered by what it does not select")
        types = tuple(_type_of(column) for column, *_ in compiler.select)
        return cls(read, compiler, sql, params, types)

    def fill(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Let the read make of these rows what it would have made of those of its own query."""
        query = self.read.query
        self.compiler.execute_sql = lambda *_, **__: [rows]
        query.get_compiler = lambda *_, **__: self.compiler
        try:
            len(self.read)
        finally:
            del query.get_compiler


def _parts_of(reads: Sequence[QuerySet[Any, Any]]) -> list[_Part]:
    return [part for part in map(_Part.of, reads) if part is not None]


def _in_statements(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """In their order as many as one statement may hold; what stands alone is left to its own query, where that is not
    planned each time.
    """
    some, params = list[_Part](), 0
    for part in parts:
        if some and params + len(part.params) > _MOST_PARAMS:
            yield some
            some, params = [], 0
        some, params = [*some, part], params + len(part.params)
    if len(some) > 1 or len(some) < len(parts) or (some and plans_once()):
        yield some


def _rows_of(parts: Sequence[_Part]) -> Iterator[list[tuple[Any, ...]]]:
    """For each part its rows, in its order: both engines give the parts one behind the other."""
    slots = _slots(parts)
    places = {slot: place for place, slot in enumerate(slots, 1)}
    found = defaultdict[int, list[tuple[Any, ...]]](list)
    with planned_once() as cursor:
        cursor.execute(*_statement(parts, slots))
        for row in cursor:
            found[row[0]].append(row)
    for number, part in enumerate(parts):
        columns = [places[slot] for slot in _numbered(part.types)]
        yield [tuple(row[column] for column in columns) for row in found[number]]


def _statement(parts: Sequence[_Part], slots: Sequence[tuple[str, int]]) -> tuple[str, list[Any]]:
    named = ", ".join(f"read_{number}({_names(part)}) AS ({part.sql})" for number, part in enumerate(parts))
    listed = " UNION ALL ".join(_select(number, part, slots) for number, part in enumerate(parts))
    return f"WITH {named} {listed}", [param for part in parts for param in part.params]


def _slots(parts: Sequence[_Part]) -> list[tuple[str, int]]:
    """The columns of the one result: of each type as many as the part has that has most of it."""
    return sorted(set(chain.from_iterable(_numbered(part.types) for part in parts)))


def _numbered(types: Sequence[str]) -> list[tuple[str, int]]:
    """Each type with how many of the same stand before it."""
    seen, numbered = Counter[str](), []
    for one in types:
        numbered.append((one, seen[one]))
        seen[one] += 1
    return numbered


def _select(number: int, part: _Part, slots: Sequence[tuple[str, int]]) -> str:
    own = {slot: f"c{column}" for column, slot in enumerate(_numbered(part.types))}
    columns = (own.get(slot) or f"CAST(NULL AS {slot[0]})" for slot in slots)
    return f"SELECT {number}, {', '.join(columns)} FROM read_{number}"  # noqa: S608 (own names and types)


def _names(part: _Part) -> str:
    return ", ".join(f"c{column}" for column in range(len(part.types)))


def _type_of(column: Any) -> str:
    """`varchar`, `bigint`: without a length, so that texts share their columns."""
    name: str = column.output_field.db_type(connection)
    return name.partition("(")[0]
