"""A database of its own for a test that must really commit.

Append-only tables refuse to be emptied, so Django's way (flush after the test) is closed. Instead each such test
gets a fresh copy of the migrated test database, which ordinary tests leave as they found it by rolling back.
PostgreSQL copies only what nobody is connected to, so there the copies are made from a copy set aside at the start.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction
from pytest_django import fixtures

_numbers = count(1)
_SET_ASIDE = "{}_set_aside"


@contextmanager
def made_for_every_test() -> Iterator[None]:
    """pytest-django looks for its own marks; a run of `committed_database` tests alone needs the database too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fixtures, "_get_databases_for_setup", lambda _items: ({"default"}, set()))
        yield


@contextmanager
def set_aside() -> Iterator[None]:
    """On PostgreSQL keep a copy of the migrated test database to which nobody ever connects."""
    template = connections["default"]
    if template.vendor == "sqlite":
        yield
        return
    made_from = template.settings_dict["NAME"]
    template.close()
    _create_copy(made_from, _SET_ASIDE.format(made_from))
    try:
        yield
    finally:
        _drop(_SET_ASIDE.format(made_from))
        _end_sessions(made_from)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse what would empty tables after the test, and two databases in a test or, one of them filled, in a file."""
    filled = {item.path for item in items if "filled_once" in getattr(item, "fixturenames", ())}
    for item in items:
        fixtures, mark = getattr(item, "fixturenames", ()), item.get_closest_marker("django_db")
        if "transactional_db" in fixtures or (mark and mark.kwargs.get("transaction")):
            raise pytest.UsageError(f"{item.nodeid}: append-only tables cannot be flushed; use `committed_database`")
        if "committed_database" in fixtures and (mark or "db" in fixtures):
            raise pytest.UsageError(f"{item.nodeid}: take either `committed_database` or the database that rolls back")
        if "committed_database" in fixtures and item.path in filled:  # it would wait for what is filled, for ever
            raise pytest.UsageError(f"{item.nodeid}: `filled_once` is in this file; commit in a file of its own")


@pytest.fixture(scope="module")
def filled_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What fixtures of a module write from here on stays for all its tests, each of which takes back only its own."""
    around = transaction.atomic()
    around._from_testcase = True  # what is written in here may ask to be outermost, as in a test
    with django_db_blocker.unblock(), around:
        yield
        transaction.set_rollback(True)


@pytest.fixture
def committed_database(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[str]:
    """The name of a fresh migrated database where commits are real, seen by every thread; gone after the test."""
    with django_db_blocker.unblock():
        vendor = connections["default"].vendor
        copy = _sqlite_copy(tmp_path) if vendor == "sqlite" else _postgresql_copy()
        with copy as name, _pointed_at(name):
            yield name


@contextmanager
def nothing_in_it(folder: Path) -> Iterator[None]:
    """Within, every connection goes to a new database without a table."""
    original = connections["default"]
    if original.vendor == "sqlite":
        with _pointed_at(str(folder / f"empty-{next(_numbers)}.sqlite3")):
            yield
        return
    name = f"{original.settings_dict['NAME']}_empty_{next(_numbers)}"
    _create_copy("template0", name)
    try:
        with _pointed_at(name):
            yield
    finally:
        _drop(name)


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
    original = connections["default"].settings_dict["NAME"]
    name = f"{original}_copy_{next(_numbers)}"
    _create_copy(_SET_ASIDE.format(original), name)
    try:
        yield name
    finally:
        _drop(name)


def _create_copy(template: str, name: str) -> None:
    _drop(name)
    quote = connections["default"].ops.quote_name
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(template)}")


def _end_sessions(name: str) -> None:
    """Threads and event loops of the suite keep connections of their own, which would stop the database's removal."""
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def _drop(name: str) -> None:
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connections['default'].ops.quote_name(name)} WITH (FORCE)")


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
