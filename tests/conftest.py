"""Hostile defaults for every test; what each does stands in `tests/support`."""

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
settings.load_profile("tests")
