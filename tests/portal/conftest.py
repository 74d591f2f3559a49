"""Stories of the portal may run alone (`./test -k misprint`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import fixtures


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """The test database is made even when only tests with `committed_database` run, which pytest-django cannot see."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fixtures, "_get_databases_for_setup", lambda _items: ({"default"}, set()))
        yield
