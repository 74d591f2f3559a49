"""Python's search for unreachable rings of objects, kept away from what collecting the tests leaves behind for good."""

from __future__ import annotations

import gc

import pytest

# Importing and collecting make a million objects that stay: to look through them again and again took seconds.
gc.disable()
# A request makes tens of thousands of objects and hardly a ring: looking after every 700 took a second in twenty.
_SELDOM = (50_000, 20, 20)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """From the first test on, rings of objects are looked for among what tests make."""
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    gc.enable()
