"""A province with its administrator, on the day of the tests."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from cchc.organizations.models import Unit
from tests.factories.clients import client_of
from tests.factories.organizations import NOW, grant, official, unit


@pytest.fixture
def today(settings, tmp_path):
    settings.CCHC_DATA = tmp_path
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def province() -> Unit:
    return unit("tinh", name="tỉnh Mẫu")


@pytest.fixture
def administrator(province) -> Client:
    person = official("quan-tri", "Nguyễn Thị Hoa", province)
    grant(person, "administrator", province, covers_subtree=True)
    return client_of(person)
