"""How PostgreSQL is asked by `planned_once`: values beside the statement, and the statement prepared."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from psycopg import RawCursor
from psycopg.adapt import Transformer
from psycopg.types.numeric import Int4, Int8

from cchc.interface.planning import Typed

ASKED_BEFORE: Final = 2
"""How often a statement is asked on a connection before it is prepared there: many are asked once only."""
_MOST: Final = 1_000
"""Of values: a statement with so many keys is not asked again with as many."""
_PLACES: Final = re.compile("%[s%]")
_OF_FOUR_BYTES: Final = range(-(2**31), 2**31)
_OF_EIGHT_BYTES: Final = range(-(2**63), 2**63)


class Keys(ArraySubquery):
    """The keys that a query finds. Where it can find none, neither can what is looked up by them, and is not asked."""

    empty_result_set_value = NotImplemented


class PlannedCursor(RawCursor[Any]):
    """Takes statements with `%s`. Nothing else on its connection is prepared, nor counted among what may be."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> PlannedCursor:
        """Ask for it with these values."""
        statement, values = self.stated(query, params or ())
        usual = self.connection.prepare_threshold
        self.connection.prepare_threshold = ASKED_BEFORE
        try:
            super().execute(statement, values, **how)
        finally:
            self.connection.prepare_threshold = usual
        return self

    def stated(self, sql: str, params: Sequence[Any]) -> tuple[str, list[Any]]:
        """The statement as PostgreSQL is sent it, and what is given beside it."""
        written = Transformer(self).as_literal
        return beside(sql, params, lambda value: bytes(written(value)).decode())


def beside(sql: str, params: Sequence[Any], written: Callable[[Any], str]) -> tuple[str, list[Any]]:
    """The statement with `$1` for what is given beside it, and these values. One value is one parameter, wherever it
    stands, and of the type that it has where it is written: what is grouped by stays what is selected.
    """
    places: dict[tuple[type, Any], int] = {}
    given, is_written = iter(params), len(params) > _MOST

    def put(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        value = _value(param := next(given))
        if value is None or is_written:
            return written(param)
        place = places.setdefault((type(value), value), len(places) + 1)
        return f"${place}::text" if isinstance(value, Typed) else f"${place}"

    return _PLACES.sub(put, sql), [value for _, value in places]


def _value(param: Any) -> Any:
    """What is given beside the statement; None for what is written into it."""
    if isinstance(param, date | Typed):
        return param
    if not isinstance(param, int) or isinstance(param, bool) or int(param) not in _OF_EIGHT_BYTES:
        return None
    return Int4(param) if int(param) in _OF_FOUR_BYTES else Int8(param)
