"""What waits for whoever is signed in, in the header of every page; this room knows none of those who fill it.

A room lists functions in its module `header_items`: `HEADER_ITEMS = (unread_notices,)`. Each takes the request and
answers a `HeaderItem`, or None when it has nothing for this reader. At most one query each: every page pays for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest

from cchc.interface.rooms import room_modules


@dataclass(frozen=True, slots=True)
class HeaderItem:
    """`count` of something that waits, and the page where it is."""

    text: str
    url: str
    icon: str
    count: int = 0


def header_items(request: HttpRequest) -> list[HeaderItem]:
    """What the rooms have for this reader, in the order of the rooms."""
    return [item for ask in _listed() if (item := ask(request)) is not None]


@cache
def _listed() -> tuple[Callable[[HttpRequest], HeaderItem | None], ...]:
    return tuple(ask for _, module in room_modules("header_items") for ask in module.HEADER_ITEMS)
