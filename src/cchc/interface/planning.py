"""Statements that PostgreSQL plans once for a connection and not each time they are asked.

To plan a list with all its joins takes PostgreSQL longer than to read it. Django writes the values into the statement,
which is then another one each time. Here numbers, days, moments and `Typed` words are given beside it; asked for the
third time on a connection it is prepared there, and after five plans made for the values at hand PostgreSQL takes one
for all values where it expects that to cost no more. Other texts stay in the statement: they are mostly states and
roles, by which it chooses among partial indexes.

What is prepared lives as long as its connection, in the pool. SQLite plans quickly and is asked as ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import BooleanField, F, Func, Q, QuerySet


class Typed(str):
    """Words that somebody typed: given beside a statement, which stays the same with other words."""

    __slots__ = ()


def plans_once() -> bool:
    """Whether the engine would plan statements each time, and may be kept from it: `CCHC_PREPARED_STATEMENTS`."""
    return connection.vendor == "postgresql" and bool(settings.CCHC_PREPARED_STATEMENTS)


def looked_up(field: str, keys: QuerySet[Any, Any]) -> Q:
    """Of rows those that have one of the keys, of which there are few. PostgreSQL finds the keys first and looks each
    up: joined to them it reads a table of ten thousand rows whole for a hundred.
    """
    if connection.vendor != "postgresql":
        return Q(**{f"{field}__in": keys})
    from cchc.interface.planning_cursor import Keys  # loads what only PostgreSQL needs

    how = {"template": "%(expressions)s)", "arg_joiner": " = ANY(", "output_field": BooleanField()}
    return Q(Func(F(field), Keys(keys), **how))


@contextmanager
def planned_once() -> Iterator[CursorWrapper]:
    """A cursor for statements as Django writes them, which are planned once where `plans_once`."""
    with connection.cursor() as cursor:
        if plans_once():
            from cchc.interface.planning_cursor import PlannedCursor  # loads what only PostgreSQL needs

            cursor.cursor.close()
            cursor.cursor = PlannedCursor(connection.connection)
        yield cursor
