"""What is drawn by lot at a desk, by the seed; in CI everything runs, and of what is crossed the part that `--crossed`
names: all parts together are all of it. Within some runs a desk has seen it all.

`@pytest.mark.crossing`: the same test with every value crossed with every other; of each test's cases an eightieth.
`@pytest.mark.long`: takes as long as dozens of others (a whole province, a thousand damaged files), as every test in a
browser does; of all of them a twelfth, of any other test's many cases a fifth, and of a file's tests that ask the
database a third, unless somebody names what is to run: who asks for a file or for words gets all of it.
`@pytest.mark.any_engine`: says the same whatever database is behind it, as stories in a browser do. In CI the parts of
`--crossed` share those too.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import pytest

from tests.support.examples import IN_CI

_CROSSED: Final = "1/1" if IN_CI else "1/80"
_ONE_LONG_OF: Final = 12
_ONE_CASE_OF: Final = 5
_ONE_STORY_OF: Final = 3
_DATABASES: Final = frozenset({"db", "django_db_setup", "filled_once", "committed_database"})


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--crossed 2/3`: the second third of what is crossed, so that several runs share it."""
    parser.addoption("--crossed", type=_as_part, default=_CROSSED, help="of crossed cases the part K/N")
    parser.addoption("--second-engine", action="store_true", help="only what asks the database: all else ran before")


def _as_part(said: str) -> tuple[int, int]:
    part, _, of = said.partition("/")
    if not (part.isdecimal() and of.isdecimal() and 1 <= int(part) <= int(of)):
        raise argparse.ArgumentTypeError(f"{said}: a part is K/N, such as 1/2")
    return int(part), int(of)


def pytest_configure(config: pytest.Config) -> None:
    """Note whether all of the suite was asked for; processes of xdist are told by the main one."""
    asked = config.args == config.getini("testpaths") and not config.option.keyword and not config.option.lf
    config.option.whole_suite = getattr(config, "workerinput", {}).get("whole_suite", asked)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["whole_suite"] = node.config.option.whole_suite


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not drawn; the report counts it as deselected."""
    is_second = config.option.second_engine
    left_out = {item.nodeid for item in items if is_second and not asks_database(item)}
    lots: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for item in items:
        if lot := _lot_of(item, config.option.whole_suite, config.option.crossed):
            lots[lot].append(item.nodeid)
    drawn_from = ((seed_of(config, name), names, part, of) for (name, part, of), names in lots.items())
    left_out |= {one for seed, names, part, of in drawn_from for one in not_drawn(seed, names, of, part)}
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left_out])
    items[:] = [item for item in items if item.nodeid not in left_out]


def asks_database(item: pytest.Item) -> bool:
    """Whether the test was given a database: to any other one pytest-django refuses it. Programs that tests start
    bring their own.
    """
    return item.get_closest_marker("django_db") is not None or not _DATABASES.isdisjoint(
        getattr(item, "fixturenames", ())
    )


def _lot_of(item: pytest.Item, is_whole_suite: bool, crossed: tuple[int, int]) -> tuple[str, int, int] | None:
    """The group that a test is drawn from, which part of it is, of how many; nothing where it runs anyway."""
    function = item.nodeid.partition("[")[0]
    is_story = "browser" in getattr(item, "fixturenames", ())
    if item.get_closest_marker("crossing"):
        return function, *crossed
    if IN_CI:
        return ("any engine", *crossed) if is_story or item.get_closest_marker("any_engine") else None
    if not is_whole_suite:
        return None
    if is_story or item.get_closest_marker("long"):
        return "long", 1, _ONE_LONG_OF
    if hasattr(item, "callspec"):
        return function, 1, _ONE_CASE_OF
    return (str(item.path), 1, _ONE_STORY_OF) if asks_database(item) else None


def seed_of(config: pytest.Config, name: str) -> str:
    """What the lot of a group is drawn by: the run's seed and the group's name; in CI the same every time."""
    return f"{'ci' if IN_CI else config.option.seed} {name}"


def not_drawn(seed: str, names: Sequence[str], of: int, part: int = 1) -> set[str]:
    """All but one in `of` of `names`: those of the first part never all, those of all parts everything once; the same
    for the same seed, in whatever order they come.
    """
    ordered = sorted(names)
    random.Random(seed).shuffle(ordered)
    return {*ordered} - {*ordered[part - 1 :: of]}
