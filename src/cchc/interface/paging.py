"""Long lists, a page at a time, by the key of the last row: as quick at the end as at the start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.http import HttpRequest

PAGE_SIZE: Final = 100
_LONGEST_KEY: Final = 18


def page_of(
    request: HttpRequest, found: QuerySet[Any], after: Callable[[QuerySet[Any], Any], QuerySet[Any]]
) -> dict[str, Any]:
    """One page of a list behind `sau`, the key of the last row before it: `rows`, `total`, `next` (an address)."""
    key = request.GET.get("sau", "")
    last: Model | None = found.filter(pk=key).first() if is_key(key) else None
    rows = list(after(found, last)[: PAGE_SIZE + 1])
    more = rows[PAGE_SIZE:]
    rows = rows[:PAGE_SIZE]
    return {"rows": rows, "total": found.count(), "next": with_key(request, rows[-1].pk) if more else ""}


def is_key(text: str) -> bool:
    """Whether it can be the key of a row."""
    return text.isdecimal() and len(text) <= _LONGEST_KEY


def with_key(request: HttpRequest, key: int, name: str = "sau") -> str:
    """The page's address behind another row."""
    query = request.GET.copy()
    query[name] = str(key)
    return f"{request.path}?{query.urlencode()}"
