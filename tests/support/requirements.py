"""The mark `requirement`: which demand a test shows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

FIRST, LAST = 1, 128


def shown_by(item: pytest.Item) -> Iterator[int]:
    """The numbers an item is marked with. Raises `UsageError` for one that is no demand."""
    for mark in item.iter_markers("requirement"):
        if not mark.args or mark.kwargs:
            raise pytest.UsageError(f"{item.nodeid}: write @pytest.mark.requirement(57)")
        for number in mark.args:
            if type(number) is not int or not FIRST <= number <= LAST:
                raise pytest.UsageError(f"{item.nodeid}: there is no requirement {number!r} ({FIRST} to {LAST})")
            yield number


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse to start with a mark that names no demand."""
    for item in items:
        tuple(shown_by(item))
