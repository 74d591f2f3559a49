"""What a read costs in the database, as the product asks for it and without what is made of its rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from cchc.interface.planning import planned_once, plans_once
from cchc.interface.together import statement_of

_UNTIL_DECIDED: Final = 9
"""How often a statement is asked until PostgreSQL has decided how to plan it: twice as it is, the third time it is
prepared, and for five times of these a plan is made each time."""
_Asked = tuple[str, Sequence[Any]]


def milliseconds(found: Sequence[QuerySet[Any, Any]], turns: int) -> list[float]:
    """Of each turn of these reads, asked together."""
    asked = statement_of(*found)
    turn = _by_its_clock(asked) if connection.vendor == "postgresql" else _until_given(asked)
    return [turn() for _ in range(turns)]


def _until_given(asked: _Asked) -> Callable[[], float]:
    """SQLite finds rows as they are fetched: until it has given all of them, each value as it is kept. A sign before a
    column takes its type away, from which Python would make a moment of it.
    """
    sql, params = asked
    columns = [f"c{number}" for number in range(len(_fetched(asked)))]
    bare = f"WITH listed({', '.join(columns)}) AS ({sql}) SELECT +{', +'.join(columns)} FROM listed"  # noqa: S608

    def turn() -> float:
        started = time.perf_counter()
        _fetched((bare, params))
        return (time.perf_counter() - started) * 1000

    return turn


def _fetched(asked: _Asked) -> Sequence[Any]:
    """All rows; the answer is what the columns are."""
    with connection.cursor() as cursor:
        cursor.execute(*asked)
        cursor.fetchall()
        return list(cursor.description)


def _by_its_clock(asked: _Asked) -> Callable[[], float]:
    """PostgreSQL says itself how long it planned and carried out, once it has decided how it plans this statement."""
    if plans_once():
        asked = _prepared(asked)
    sql, params = asked

    def turn() -> float:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
            (told,) = cursor.fetchone()[0]
        return float(told["Planning Time"] + told["Execution Time"])

    return turn


def _prepared(asked: _Asked) -> _Asked:
    """The statement that was prepared on this connection when it was asked, and its values."""
    with planned_once() as cursor:
        for _ in range(_UNTIL_DECIDED):
            cursor.execute(*asked)
            cursor.fetchall()
        statement, values = cursor.cursor.stated(*asked)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE statement = %s", [statement])
        (name,) = cursor.fetchone()
    places = f"({', '.join(['%s'] * len(values))})" if values else ""
    return f"EXECUTE {name}{places}", values
