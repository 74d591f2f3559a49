"""Hostile defaults for every test; what each does stands in `tests/support`."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

pytest_plugins = (
    "tests.support.network",
    "tests.support.shuffling",
    "tests.support.requirements",
    "tests.support.databases",
    "tests.support.site",
    "tests.support.browser",
)

# A busy machine is no reason to fail: examples are counted, not timed.
settings.register_profile("tests", deadline=None, print_blob=True)
settings.register_profile("thorough", settings.get_profile("tests"), max_examples=2_000)
settings.load_profile("tests")


@pytest.fixture(autouse=True, scope="session")
def no_terminal() -> Iterator[None]:
    """Parallel processes are told the width of the terminal; a command under test writes as into a file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COLUMNS", raising=False)
        patch.delenv("LINES", raising=False)
        yield
