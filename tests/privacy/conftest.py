from __future__ import annotations

import pytest
import time_machine

from tests.factories.organizations import NOW


@pytest.fixture(autouse=True)
def own_data(tmp_path, settings):
    """A place of its own for logs, contents and mails."""
    settings.CCHC_DATA = tmp_path
    settings.CCHC_OUTBOX = tmp_path / "outbox"
    return tmp_path


@pytest.fixture
def today():
    with time_machine.travel(NOW, tick=False):
        yield
