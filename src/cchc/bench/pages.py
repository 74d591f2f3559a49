"""What pages cost: milliseconds, queries, bytes, as a signed-in official meets them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from django.db import connection
from django.test import Client

ROUNDS: Final = 5
MOST_QUERIES: Final = 9
"""Of a page with everything in it: also session, account, viewer and bell."""


@dataclass(frozen=True, slots=True)
class Page:
    """What one page took: milliseconds (the median of five), queries, kilobytes of the answer."""

    milliseconds: float
    queries: int
    kilobytes: float = 0


def look(client: Client, addresses: Mapping[str, tuple[str, Mapping[str, str] | None]]) -> dict[str, Page]:
    """Each address five times; with data it is posted, as a question that writes nothing."""
    return {name: _look_at(client, *asked) for name, asked in addresses.items()}


def _look_at(client: Client, address: str, posted: Mapping[str, str] | None) -> Page:
    milliseconds, queries, size = list[float](), 0, 0
    for _ in range(ROUNDS):
        counted: list[str] = []
        started = time.perf_counter()
        with connection.execute_wrapper(_counting(counted)):
            answer = client.get(address) if posted is None else client.post(address, posted)
        milliseconds.append((time.perf_counter() - started) * 1000)
        queries, size = len(counted), len(answer.content)
        assert answer.status_code == 200, address
    return Page(median(milliseconds), queries, size / 1000)


def _counting(counted: list[str]) -> Callable[..., Any]:
    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        counted.append(sql)
        return execute(sql, *rest)

    return count
