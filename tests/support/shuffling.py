"""Nothing may rest on an order that nobody promised: tests run shuffled, unordered querysets arrive shuffled.

The seed stands in the report's first lines; `./test --seed N` repeats an order.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest
from django.db.models.query import QuerySet

_SEEDS = 1_000_000
_rows = random.Random()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seed", type=int, default=None, help="repeat the order of an earlier run")


def pytest_configure(config: pytest.Config) -> None:
    """Take the seed of the command line, of the main process under xdist, or a new one."""
    given = getattr(config, "workerinput", {}).get("seed", config.option.seed)
    config.option.seed = random.randrange(_SEEDS) if given is None else given


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["seed"] = node.config.option.seed


def pytest_report_header(config: pytest.Config) -> str:
    return f"order: --seed {config.option.seed}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shuffle files, and the tests within each file."""
    order = random.Random(config.option.seed)
    files = [list(group) for _, group in groupby(items, key=lambda item: item.path)]
    order.shuffle(files)
    for tests in files:
        order.shuffle(tests)
    items[:] = [item for tests in files for item in tests]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Files that take long come first and the others fill what time is left: those with a browser, crossed or long.

    Before xdist tells the order: a process must run the files it was given, not what stands at their places now.
    """
    long = {item.path for item in session.items if _is_long(item)}
    session.items.sort(key=lambda item: item.path not in long)


def _is_long(item: pytest.Item) -> bool:
    return "browser" in getattr(item, "fixturenames", ()) or any(map(item.get_closest_marker, ("crossing", "long")))


@pytest.fixture(autouse=True)
def _seeded_rows(request: pytest.FixtureRequest) -> None:
    _rows.seed(f"{request.config.option.seed} {request.node.nodeid}")


@pytest.fixture(autouse=True, scope="session")
def unordered_rows_come_shuffled() -> Iterator[None]:
    """A queryset without an order gives its rows in a different order every time."""
    fetch_all, iterate = QuerySet._fetch_all, QuerySet._iterator

    def shuffled_fetch_all(self: QuerySet[Any]) -> None:
        is_first_time = self._result_cache is None
        fetch_all(self)
        if is_first_time and not self.ordered:
            _rows.shuffle(self._result_cache)

    def shuffled_iterator(self: QuerySet[Any], *args: Any, **options: Any) -> Iterator[Any]:
        rows = list(iterate(self, *args, **options))
        if not self.ordered:
            _rows.shuffle(rows)
        return iter(rows)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuerySet, "_fetch_all", shuffled_fetch_all)
        patch.setattr(QuerySet, "_iterator", shuffled_iterator)
        yield
