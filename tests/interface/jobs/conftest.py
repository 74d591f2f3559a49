from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.interface.jobs.room import trial_room


@pytest.fixture
def trials(db: None) -> Iterator[None]:
    """The test room in the rolled-back test database."""
    with trial_room():
        yield


@pytest.fixture
def committed_trials(committed_database: str) -> Iterator[str]:
    """The test room where commits are real, for whatever runs a job: its pulse has a connection of its own."""
    with trial_room():
        yield committed_database
