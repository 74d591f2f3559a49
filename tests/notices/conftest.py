from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.notices.room import trial_kinds


@pytest.fixture(autouse=True)
def kinds_and_outbox(settings, tmp_path: Path) -> Iterator[Path]:
    """The test room's kinds; mails go into a folder of the test's own."""
    settings.CCHC_OUTBOX = tmp_path / "outbox"
    settings.CCHC_DATA = tmp_path
    settings.CCHC_ADDRESS = "https://cchc.tinh.example"
    with trial_kinds():
        yield settings.CCHC_OUTBOX


@pytest.fixture
def outbox(kinds_and_outbox: Path) -> Path:
    return kinds_and_outbox
