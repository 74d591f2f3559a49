"""Hostile defaults for every test; what each does stands in `tests/support`."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.utils import translation
from hypothesis import Phase, settings

from tests.support.examples import IN_CI

pytest_plugins = (
    "tests.support.collecting",
    "tests.support.network",
    "tests.support.shuffling",
    "tests.support.lots",
    "tests.support.requirements",
    "tests.support.databases",
    "tests.support.browser",
    "tests.support.site",
)

# A busy machine is no reason to fail: examples are counted, not timed.
# Explaining a failure costs minutes and says little: shrinking is enough.
_PHASES = [phase for phase in Phase if phase is not Phase.explain]
# In CI many examples, and the same ones every time: a landing is judged by the change. At a desk fewer, and new ones.
settings.register_profile(
    "tests", deadline=None, print_blob=True, phases=_PHASES, derandomize=IN_CI, max_examples=100 if IN_CI else 20
)
settings.register_profile("second-engine", settings.get_profile("tests"), max_examples=25)
settings.register_profile("thorough", settings.get_profile("tests"), max_examples=2_000)
settings.load_profile("tests")

if not IN_CI:
    # Each process has a core or less, and most tables a few rows: more threads only wait for each other.
    os.environ.setdefault("POLARS_MAX_THREADS", "1")


@pytest.fixture(autouse=True)
def own_language() -> None:
    """Every test begins in the site's own language: a page asked for in English leaves its thread in English."""
    translation.deactivate()


@pytest.fixture(autouse=True, scope="session")
def no_terminal() -> Iterator[None]:
    """Parallel processes are told the width of the terminal; a command under test writes as into a file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COLUMNS", raising=False)
        patch.delenv("LINES", raising=False)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """One test database for every run, whatever tests were chosen."""
    from tests.support.databases import made_for_every_test  # a plugin: not before pytest has loaded it

    with made_for_every_test():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The migrated test database, and on PostgreSQL a copy set aside for tests that commit."""
    from tests.support.databases import set_aside

    copy = ExitStack()
    with django_db_blocker.unblock():
        copy.enter_context(set_aside())
    yield
    with django_db_blocker.unblock():
        copy.close()
