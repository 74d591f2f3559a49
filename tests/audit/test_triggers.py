from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from cchc.audit.actors import SYSTEM
from cchc.audit.models import AuditHead
from cchc.audit.queries import stored_head, verify_chain
from cchc.audit.redaction import redact
from cchc.audit.triggers import install_triggers, missing_triggers, triggers_for
from tests.audit.engines import only_postgresql, only_sqlite
from tests.audit.notes import HOA, NOON, note_words
from tests.audit.tampering import EVENT, HEAD, PAYLOAD, drop_triggers, sql

pytestmark = [pytest.mark.usefixtures("notes"), pytest.mark.requirement(125)]

EVERYWHERE = [
    f"UPDATE {EVENT} SET kind = 'x' WHERE sequence = 1",
    f"UPDATE {EVENT} SET kind = kind",
    f"DELETE FROM {EVENT} WHERE sequence = 3",
    f"UPDATE {PAYLOAD} SET body = '{{}}' WHERE event_id = 1",
    f"UPDATE {PAYLOAD} SET salt = NULL, body = NULL WHERE event_id = 1",
    f"UPDATE {PAYLOAD} SET event_id = 9, salt = NULL, body = NULL, redacted_at = '2026-11-23' WHERE event_id = 1",
    f"UPDATE {PAYLOAD} SET redacted_at = '2026-01-01' WHERE event_id = 2",
    f"UPDATE {PAYLOAD} SET salt = 'x', body = 'x', redacted_at = NULL WHERE event_id = 2",
    f"DELETE FROM {PAYLOAD}",
    f"UPDATE {HEAD} SET sequence = sequence - 1",
    f"UPDATE {HEAD} SET hash = 'x'",
    f"UPDATE {HEAD} SET sequence = NULL",
    f"DELETE FROM {HEAD}",
    f"INSERT INTO {HEAD} (id, sequence, hash) VALUES (2, 9, 'x')",
]
SQLITE = [
    f"INSERT OR REPLACE INTO {EVENT} SELECT * FROM {EVENT} WHERE sequence = 1",
    f"UPDATE OR REPLACE {EVENT} SET sequence = 1 WHERE sequence = 2",
    f"INSERT OR REPLACE INTO {PAYLOAD} (event_id, salt, body) VALUES (1, 'x', 'x')",
    f"INSERT OR REPLACE INTO {HEAD} (id, sequence, hash) VALUES (1, 0, 'x')",
    f"DELETE FROM {EVENT}",
]
POSTGRESQL = [
    f"TRUNCATE {EVENT} CASCADE",
    f"TRUNCATE {PAYLOAD}",
    f"TRUNCATE {HEAD}",
    f"INSERT INTO {HEAD} (id, sequence, hash) VALUES (1, 0, 'x') ON CONFLICT (id) DO UPDATE SET sequence = 0",
]


def prepare() -> None:
    note_words(actor=HOA, now=NOON, count=3)
    redact(actor=SYSTEM, now=NOON, sequence=2, reason="r")


def refuse(statement: str) -> None:
    prepare()
    connection.check_constraints()  # PostgreSQL empties no table while some are waiting
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(statement)
    assert verify_chain().is_valid


@pytest.mark.parametrize("statement", EVERYWHERE)
def test_the_database_refuses(statement: str) -> None:
    refuse(statement)


@only_sqlite
@pytest.mark.parametrize("statement", SQLITE)
def test_sqlite_refuses(statement: str) -> None:
    refuse(statement)


@only_postgresql
@pytest.mark.parametrize("statement", POSTGRESQL)
def test_postgresql_refuses(statement: str) -> None:
    refuse(statement)


def test_all_triggers_are_there_after_a_migration() -> None:
    assert missing_triggers() == ()
    drop_triggers()
    assert set(missing_triggers()) == {trigger.name for trigger in triggers_for(connection.vendor)}
    call_command("migrate", verbosity=0)
    assert missing_triggers() == ()


def test_a_trigger_that_does_nothing_any_more_is_missing() -> None:
    name = f"{EVENT}_no_delete"
    if connection.vendor == "sqlite":
        sql(f"DROP TRIGGER {name}")
        sql(f"CREATE TRIGGER {name} BEFORE DELETE ON {EVENT} BEGIN SELECT 1; END")
    else:
        sql(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'")
    assert missing_triggers() == (name,)
    install_triggers()
    assert missing_triggers() == ()


@only_postgresql
def test_a_disabled_trigger_is_missing() -> None:
    sql(f"ALTER TABLE {EVENT} DISABLE TRIGGER {EVENT}_no_update")
    assert missing_triggers() == (f"{EVENT}_no_update",)
    install_triggers()
    assert missing_triggers() == ()


@only_postgresql
def test_a_trigger_of_that_name_on_another_table_does_not_count() -> None:
    name = f"{EVENT}_no_update"
    sql(f"DROP TRIGGER {name} ON {EVENT}")
    sql(f"CREATE TRIGGER {name} BEFORE UPDATE ON audit_notes_note FOR EACH ROW EXECUTE FUNCTION {name}()")
    assert missing_triggers() == (name,)


def test_the_system_check_names_a_missing_trigger() -> None:
    assert [check.id for check in run_checks(databases=["default"]) if check.id.startswith("audit.")] == []
    drop_triggers()
    found = [check for check in run_checks(databases=["default"]) if check.id == "audit.W001"]
    assert len(found) == len(triggers_for(connection.vendor))


def test_a_lost_head_is_not_made_anew_by_a_migration() -> None:
    prepare()
    drop_triggers()
    sql(f"DELETE FROM {HEAD}")
    call_command("migrate", verbosity=0)
    assert stored_head() is None
    assert AuditHead.objects.count() == 0
