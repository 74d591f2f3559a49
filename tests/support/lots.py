"""What is drawn by lot at a desk, by the seed; in CI everything runs, and within some runs a desk has seen it all.

`@pytest.mark.crossing`: the same test with every value crossed with every other; of each test's cases a tenth.
`@pytest.mark.long`: takes as long as dozens of others (a story in a browser, a whole province, a thousand damaged
files); of all of them a quarter, unless somebody names what is to run: who asks for a file or for words gets all of it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import pytest

from tests.support.examples import IN_CI

_ONE_CASE_OF: Final = 10
_ONE_LONG_OF: Final = 4


def pytest_configure(config: pytest.Config) -> None:
    """Note whether all of the suite was asked for; processes of xdist are told by the main one."""
    asked = config.args == config.getini("testpaths") and not config.option.keyword and not config.option.lf
    config.option.whole_suite = getattr(config, "workerinput", {}).get("whole_suite", asked)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["whole_suite"] = node.config.option.whole_suite


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not drawn; the report counts it as deselected."""
    if IN_CI:
        return
    crossed: dict[str, list[str]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("crossing"):
            crossed[item.nodeid.partition("[")[0]].append(item.nodeid)
    left_out = {one for name, group in crossed.items() for one in not_drawn(seed_of(config, name), group, _ONE_CASE_OF)}
    if config.option.whole_suite:
        long = [item.nodeid for item in items if item.get_closest_marker("long")]
        left_out |= set(not_drawn(seed_of(config, "long"), long, _ONE_LONG_OF))
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left_out])
    items[:] = [item for item in items if item.nodeid not in left_out]


def seed_of(config: pytest.Config, name: str) -> str:
    """What the lot of a group is drawn by: the run's seed and the group's name."""
    return f"{config.option.seed} {name}"


def not_drawn(seed: str, names: Sequence[str], one_of: int) -> list[str]:
    """All but one in `one_of` of `names`, and never all; the same for the same seed, in whatever order they come."""
    ordered = sorted(names)
    random.Random(seed).shuffle(ordered)
    return ordered[-(-len(ordered) // one_of) :]
