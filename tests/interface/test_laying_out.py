"""An empty database is made at once; migrations, one by one, would have made the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from cchc.audit.triggers import missing_triggers
from cchc.interface.laying_out import is_empty
from tests.support.databases import nothing_in_it

_OF_POSTGRESQL = (
    (
        "SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity, character_maximum_length,"
        " numeric_precision, numeric_scale FROM information_schema.columns WHERE table_schema = 'public'"
    ),
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace"
    ),
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
)


def asked(question: str) -> set[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return set(cursor.fetchall())


def schema() -> set[object]:
    """Tables, columns, keys, checks, indexes and triggers: what the database says of itself, in no order."""
    if connection.vendor == "postgresql":
        return set().union(*map(asked, _OF_POSTGRESQL))
    made = asked("SELECT tbl_name, type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {(table, kind, name, part) for table, kind, name, sql in made for part in parts(kind, str(sql))}


def parts(kind: str, sql: str) -> Iterator[str]:
    """Of a table each column and constraint by itself: an altered table has them in another order."""
    said = re.sub(r"\s+", " ", sql)
    if kind != "table":
        yield said
        return
    depth, part = 0, ""
    for letter in said[said.index("(") + 1 : said.rindex(")")]:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            yield part.strip()
            part = ""
        else:
            part += letter
    yield part.strip()


def migrations() -> set[object]:
    return set(MigrationRecorder(connection).applied_migrations())


def made(by: str | migrate.Command, folder: Path, blocker: Any) -> tuple[set[object], set[object]]:
    """What the command makes of nothing: the schema, and what counts as carried out."""
    with blocker.unblock(), nothing_in_it(folder):
        assert is_empty(connection)
        call_command(by, verbosity=0)
        assert (is_empty(connection), missing_triggers()) == (False, ())
        return schema(), migrations()


@pytest.mark.long
def test_all_at_once_is_what_comes_one_by_one(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> None:
    at_once, counted = made("migrate", tmp_path, django_db_blocker)
    one_by_one, applied = made(migrate.Command(), tmp_path, django_db_blocker)
    assert len(at_once) > 1_000
    assert at_once ^ one_by_one == set()
    assert counted == applied


def test_what_was_stopped_left_nothing(
    django_db_setup: None, django_db_blocker: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what is there already is changed step by step."""
    with django_db_blocker.unblock(), nothing_in_it(tmp_path):
        with monkeypatch.context() as stopped:
            stopped.setattr(MigrationRecorder, "record_applied", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                call_command("migrate", verbosity=0)
        assert is_empty(connection)
        call_command("migrate", "contenttypes", verbosity=0)
        assert migrations() == {("contenttypes", "0001_initial"), ("contenttypes", "0002_remove_content_type_name")}
