from __future__ import annotations

import pytest


@pytest.fixture
def own_data(tmp_path, settings):
    """A place of its own for contents and counters."""
    settings.CCHC_DATA = tmp_path
    return tmp_path
