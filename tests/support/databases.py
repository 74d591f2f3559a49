"""A database of its own for a test that must really commit.

Append-only tables refuse to be emptied, so Django's way (flush after the test) is closed. Instead each such test
gets a fresh copy of the migrated test database, which ordinary tests leave as they found it by rolling back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

_numbers = count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse what would empty tables after the test, and two databases in one test."""
    for item in items:
        fixtures, mark = getattr(item, "fixturenames", ()), item.get_closest_marker("django_db")
        if "transactional_db" in fixtures or (mark and mark.kwargs.get("transaction")):
            raise pytest.UsageError(f"{item.nodeid}: append-only tables cannot be flushed; use `committed_database`")
        if "committed_database" in fixtures and (mark or "db" in fixtures):
            raise pytest.UsageError(f"{item.nodeid}: take either `committed_database` or the database that rolls back")


@pytest.fixture
def committed_database(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[str]:
    """The name of a fresh migrated database where commits are real, seen by every thread; gone after the test."""
    with django_db_blocker.unblock():
        vendor = connections["default"].vendor
        copy = _sqlite_copy(tmp_path) if vendor == "sqlite" else _postgresql_copy()
        with copy as name, _pointed_at(name):
            yield name


@contextmanager
def _sqlite_copy(folder: Path) -> Iterator[str]:
    template = connections["default"]
    template.ensure_connection()
    path = folder / f"committed-{next(_numbers)}.sqlite3"
    target = sqlite3.connect(path)
    try:
        template.connection.backup(target)
    finally:
        target.close()
    yield str(path)


@contextmanager
def _postgresql_copy() -> Iterator[str]:
    template = connections["default"]
    name = f"{template.settings_dict['NAME']}_copy_{next(_numbers)}"
    quote = template.ops.quote_name
    template.close()  # PostgreSQL copies only a database that nobody is connected to
    with template._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quote(name)} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(template.settings_dict['NAME'])}")
    try:
        yield name
    finally:
        with template._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {quote(name)} WITH (FORCE)")


@contextmanager
def _pointed_at(name: str) -> Iterator[None]:
    """Every connection opened from here on, in any thread, goes to the database `name`."""
    usual_settings, usual_connection = connections.settings["default"], connections["default"]
    connections.settings["default"] = {**usual_settings, "NAME": name}
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = usual_settings
        connections["default"] = usual_connection
