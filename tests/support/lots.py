"""What is drawn by lot at a desk, by the seed; in CI everything runs, and of what is crossed as much as `--crossed`
says. Within some runs a desk has seen it all.

`@pytest.mark.crossing`: the same test with every value crossed with every other; of each test's cases a fortieth.
`@pytest.mark.long`: takes as long as dozens of others (a whole province, a thousand damaged files), as every test in a
browser does; of all of them a twelfth, of any other test's many cases a fifth, unless somebody names what is to run:
who asks for a file or for words gets all of it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import pytest

from tests.support.examples import IN_CI

_ONE_CROSSED_OF: Final = 1 if IN_CI else 40
_ONE_LONG_OF: Final = 12
_ONE_CASE_OF: Final = 5


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--crossed 4`: a quarter of what is crossed; for a second engine, which the crossing seldom concerns."""
    parser.addoption("--crossed", type=int, default=_ONE_CROSSED_OF, help="of crossed cases one in so many")


def pytest_configure(config: pytest.Config) -> None:
    """Note whether all of the suite was asked for; processes of xdist are told by the main one."""
    asked = config.args == config.getini("testpaths") and not config.option.keyword and not config.option.lf
    config.option.whole_suite = getattr(config, "workerinput", {}).get("whole_suite", asked)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["whole_suite"] = node.config.option.whole_suite


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not drawn; the report counts it as deselected."""
    lots: dict[tuple[str, int], list[str]] = defaultdict(list)
    for item in items:
        if lot := _lot_of(item, config.option.whole_suite, config.option.crossed):
            lots[lot].append(item.nodeid)
    drawn_from = ((seed_of(config, name), names, one_of) for (name, one_of), names in lots.items())
    left_out = {one for seed, names, one_of in drawn_from for one in not_drawn(seed, names, one_of)}
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left_out])
    items[:] = [item for item in items if item.nodeid not in left_out]


def _lot_of(item: pytest.Item, is_whole_suite: bool, crossed: int) -> tuple[str, int] | None:
    """The group that a test is drawn from and how many of it share one place; nothing where it runs anyway."""
    function = item.nodeid.partition("[")[0]
    if item.get_closest_marker("crossing"):
        return (function, crossed) if crossed > 1 else None
    if IN_CI or not is_whole_suite:
        return None
    if item.get_closest_marker("long") or "browser" in getattr(item, "fixturenames", ()):
        return "long", _ONE_LONG_OF
    return function, _ONE_CASE_OF


def seed_of(config: pytest.Config, name: str) -> str:
    """What the lot of a group is drawn by: the run's seed and the group's name; in CI the same every time."""
    return f"{'ci' if IN_CI else config.option.seed} {name}"


def not_drawn(seed: str, names: Sequence[str], one_of: int) -> list[str]:
    """All but one in `one_of` of `names`, and never all; the same for the same seed, in whatever order they come."""
    ordered = sorted(names)
    random.Random(seed).shuffle(ordered)
    return ordered[-(-len(ordered) // one_of) :]
