"""The migrated database is made once and read back, until what the product is made of changes."""

from __future__ import annotations

import pytest
from django.core import management
from django.db import connection

from tests.support import databases
from tests.support.databases import migrated_once

TABLES = "SELECT count(*) FROM sqlite_master"


@pytest.fixture
def made(monkeypatch) -> list[str]:
    """What was really called."""
    called: list[str] = []
    monkeypatch.setattr(management, "call_command", lambda name, **_options: called.append(name))
    return called


def count_tables() -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute(TABLES).fetchone()[0])


def test_it_is_made_once_and_again_when_something_has_changed(committed_database, made, tmp_path, monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's databases are copied from one set aside")
    whole = count_tables()
    with migrated_once(tmp_path):
        management.call_command("migrate", database="default")
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE left_by_a_test (id INTEGER)")
        management.call_command("migrate", database="default")
        assert (made, count_tables()) == (["migrate"], whole), "read back as it was kept"
        management.call_command("createcachetable", database="default")
        monkeypatch.setattr(databases, "_made_of", lambda: "changed")
        management.call_command("migrate", database="default")
    assert made == ["migrate", "createcachetable", "migrate"]
    assert [one.name for one in tmp_path.glob("*.sqlite3*")] == ["changed.sqlite3"], "earlier states take no room"


def test_every_file_of_the_product_counts(tmp_path, monkeypatch):
    before = databases._made_of()
    assert databases._made_of() == before
    monkeypatch.setattr(databases, "_ROOT", tmp_path)
    monkeypatch.setattr(databases, "__file__", str(tmp_path / "databases.py"))
    (tmp_path / "src").mkdir()
    (tmp_path / "databases.py").touch()
    seen = {before, databases._made_of()}
    (tmp_path / "src" / "0001_first.py").write_text("a")
    seen.add(databases._made_of())
    (tmp_path / "src" / "0001_first.py").write_text("b")
    assert len(seen | {databases._made_of()}) == 4
