"""Long lists in questions: so many names at a time that every engine takes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

T = TypeVar("T")
BATCH: Final = 2_000


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """The items, at most `BATCH` at a time."""
    source = iter(items)
    while some := list(islice(source, BATCH)):
        yield some
