from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.audit.notes import room_present


@pytest.fixture
def notes(db: None) -> Iterator[None]:
    """The test room in the rolled-back test database."""
    with room_present():
        yield


@pytest.fixture
def committed_notes(committed_database: str) -> Iterator[str]:
    """The test room where commits are real."""
    with room_present():
        yield committed_database
