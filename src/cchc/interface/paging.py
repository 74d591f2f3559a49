"""Long lists, a page at a time, by the key of the last row: as quick at the end as at the start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models import Count, Model, QuerySet, Window
from django.http import HttpRequest

PAGE_SIZE: Final = 100
_LONGEST_KEY: Final = 18


def page_of(
    request: HttpRequest,
    found: QuerySet[Any],
    after: Callable[[QuerySet[Any], Any], QuerySet[Any]],
    *,
    is_short: bool = False,
) -> dict[str, Any]:
    """One page of a list behind `sau`, the key of the last row before it: `rows`, `total`, `next` (an address).

    The first page costs one query when it is the whole list, else two; of a list of a few hundred rows at the most
    (`is_short`) always one.
    """
    key = request.GET.get("sau", "")
    last: Model | None = found.filter(pk=key).first() if is_key(key) else None
    counts_itself = is_short and last is None
    asked = found.annotate(of_all=Window(Count("pk"))) if counts_itself else after(found, last)
    rows = list(asked[: PAGE_SIZE + 1])
    more = rows[PAGE_SIZE:]
    rows = rows[:PAGE_SIZE]
    if counts_itself:
        total = rows[0].of_all if rows else 0
    else:
        total = found.count() if more or last is not None else len(rows)
    return {"rows": rows, "total": total, "next": with_key(request, rows[-1].pk) if more else ""}


def is_key(text: str) -> bool:
    """Whether it can be the key of a row."""
    return text.isdecimal() and len(text) <= _LONGEST_KEY


def with_key(request: HttpRequest, key: int, name: str = "sau") -> str:
    """The page's address behind another row."""
    query = request.GET.copy()
    query[name] = str(key)
    return f"{request.path}?{query.urlencode()}"
