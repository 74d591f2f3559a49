"""PostgreSQL is told to clear up after dossiers before the newest of them become slow to find."""

from __future__ import annotations

import pytest
from django.db import connection

from cchc.dossiers.models import Dossier, StepInstance
from cchc.dossiers.vacuuming import vacuum_often
from tests.audit.engines import only_postgresql

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(125)]


@only_postgresql
@pytest.mark.parametrize("model", [Dossier, StepInstance])
def test_a_migrated_database_has_the_rules_and_gets_them_back(model):
    table = model._meta.db_table
    with connection.cursor() as cursor:
        for put_back in (lambda: None, lambda: vacuum_often(using="default")):
            put_back()
            cursor.execute("SELECT reloptions FROM pg_class WHERE relname = %s", [table])
            (rules,) = cursor.fetchone()
            assert {"autovacuum_vacuum_scale_factor=0", "vacuum_index_cleanup=on"} <= set(rules)
            cursor.execute(f"ALTER TABLE {table} RESET (autovacuum_vacuum_scale_factor, vacuum_index_cleanup)")


def test_where_there_is_nothing_to_clear_up_nothing_is_done(monkeypatch):
    monkeypatch.setattr(Dossier._meta, "db_table", "not_there_yet")
    vacuum_often(using="default")
