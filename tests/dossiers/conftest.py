"""A commune's one-stop."""

from __future__ import annotations

import pytest

from tests.factories.dossiers import Desk, desk_of_a_commune
from tests.files.conftest import own_data
from tests.followups.conftest import signed_in, today

__all__ = ["own_data", "signed_in", "today"]


@pytest.fixture(scope="module")
def made_once(filled_once: None) -> Desk:
    return desk_of_a_commune()


@pytest.fixture
def desk(made_once: Desk, db: None) -> Desk:
    return made_once
