"""`@pytest.mark.crossing`: the same test with every value crossed with every other.

In CI all of them run. At a desk a sixth of each test's, drawn by the seed: within some runs all have been seen.
"""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Final

import pytest

from tests.support.examples import IN_CI

_ONE_OF: Final = 6


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not drawn; the report counts it as deselected."""
    if IN_CI:
        return
    crossed: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("crossing"):
            crossed[item.nodeid.partition("[")[0]].append(item)
    left_out = {item for name, group in crossed.items() for item in _left_out(f"{config.option.seed} {name}", group)}
    config.hook.pytest_deselected(items=[item for item in items if item in left_out])
    items[:] = [item for item in items if item not in left_out]


def _left_out(seed: str, group: list[pytest.Item]) -> list[pytest.Item]:
    ordered = sorted(group, key=lambda item: item.nodeid)
    random.Random(seed).shuffle(ordered)
    return ordered[-(-len(group) // _ONE_OF) :]
