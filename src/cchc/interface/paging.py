"""Long lists, a page at a time, by the key of the last row: as quick at the end as at the start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from cchc.interface.together import Reads, answer, counted

PAGE_SIZE: Final = 100
_LONGEST_KEY: Final = 18
Beside: TypeAlias = Callable[[QuerySet[Any]], QuerySet[Any]]


def page_of(
    request: HttpRequest, found: QuerySet[Any], after: Callable[[QuerySet[Any], Any], QuerySet[Any]], *,
    size: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """One page of a list behind `sau`, the key of the last row before it: `rows`, `total`, `next` (an address). The
    first page costs one query when it is the whole list, else two, as do later ones. `size`: other than `PAGE_SIZE`.
    """
    return answer(page_read(request, found, after, size=size))


def page_read(
    request: HttpRequest, found: QuerySet[Any], after: Callable[[QuerySet[Any], Any], QuerySet[Any]], *,
    at_once: bool = False, size: int | None = None, beside: Beside | None = None,
) -> Reads[dict[str, Any]]:  # fmt: skip
    """The same, to be read together with others. `at_once`: the first page is counted whether it is the whole list or
    not, in the question that reads it. `beside` joins what is shown to the rows that are shown alone: where a database
    may begin with what is joined, it reads a large table whole.
    """
    key, size = request.GET.get("sau", ""), size or PAGE_SIZE
    if not is_key(key):
        return _page_behind(request, found, after, None, size, at_once, beside)
    known = found.filter(pk=key)
    return Reads([known], lambda: _page_behind(request, found, after, next(iter(known), None), size, beside=beside))


def _page_behind(
    request: HttpRequest,
    found: QuerySet[Any],
    after: Callable[[QuerySet[Any], Any], QuerySet[Any]],
    last: Model | None,
    size: int,
    at_once: bool = False,
    beside: Beside | None = None,
) -> Reads[dict[str, Any]]:
    rows = joined(after(found, last)[: size + 1], beside)
    known = counted(found).made(lambda numbers: _page(request, rows, numbers["number"], size))

    def first() -> dict[str, Any] | Reads[dict[str, Any]]:
        return _page(request, rows, len(rows), size) if len(rows) <= size else known

    return Reads([rows], first) if last is None and not at_once else Reads([rows, *known.needed], known.then)


def joined(listed: QuerySet[Any], beside: Beside | None) -> QuerySet[Any]:
    """The same rows in the same order, found first and joined to others afterwards."""
    if beside is None:
        return listed
    found = listed.model._default_manager.filter(pk__in=listed.values("pk"))
    return beside(found).order_by(*listed.query.order_by)


def page_uncounted(
    request: HttpRequest, finding: Callable[[int | None, int], Reads[list[Any]]]
) -> Reads[dict[str, Any]]:
    """A page of what is too much to be counted. `finding(behind, most)` reads so many behind the row of a key, which
    tells all that follows. `total` is None unless the first page is the whole list.
    """
    key = request.GET.get("sau", "")
    behind = int(key) if is_key(key) else None

    def made(rows: list[Any]) -> dict[str, Any]:
        page = _page(request, rows, len(rows), PAGE_SIZE)
        return page if behind is None and not page["next"] else page | {"total": None}

    return finding(behind, PAGE_SIZE + 1).made(made)


def page_of_all(request: HttpRequest, found: Iterable[Any]) -> dict[str, Any]:
    """The same of a list of a few hundred rows at the most, which is read whole: one query for any page."""
    rows, key = list(found), request.GET.get("sau", "")
    start = next((place for place, row in enumerate(rows, 1) if str(row.pk) == key), 0)
    return _page(request, rows[start:], len(rows), PAGE_SIZE)


def _page(request: HttpRequest, rows: Sequence[Any] | QuerySet[Any], total: int, size: int) -> dict[str, Any]:
    shown = list(rows[:size])
    return {"rows": shown, "total": total, "next": with_key(request, shown[-1].pk) if len(rows) > size else ""}


def is_key(text: str) -> bool:
    """Whether it can be the key of a row."""
    return text.isdecimal() and len(text) <= _LONGEST_KEY


def with_key(request: HttpRequest, key: int, name: str = "sau") -> str:
    """The page's address behind another row."""
    query = request.GET.copy()
    query[name] = str(key)
    return f"{request.path}?{query.urlencode()}"
