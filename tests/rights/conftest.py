from __future__ import annotations

from dataclasses import replace

import pytest
import time_machine

from tests.factories.organizations import NOW
from tests.rights.site import Site, build_site


@pytest.fixture
def own_data(tmp_path, settings):
    """A place of its own for contents and counters."""
    settings.CCHC_DATA = tmp_path
    return tmp_path


@pytest.fixture(scope="module")
def built_site(filled_once: None) -> Site:
    with time_machine.travel(NOW, tick=False):
        return build_site()


@pytest.fixture
def site(built_site: Site) -> Site:
    """The same people for every test; what a test adds is gone after it."""
    return replace(built_site)
