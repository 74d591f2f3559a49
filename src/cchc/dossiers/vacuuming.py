"""When PostgreSQL clears up after dossiers and their steps.

What is at work changes several times a day, and each time indexes keep where it stood before until the next vacuum: a
desk with 24 steps found 1,400 of them in an index of what is at work. An index that has all that a search needs is
also not believed about pages that changed since. By its own rule PostgreSQL vacuums when a fifth of a table has
changed, among a million dossiers after months. A vacuum after three hundred changes takes it seconds there, beside the
work.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connections

from cchc.dossiers.models import Dossier, StepInstance

_CHANGES: Final = 300
_RULES: Final = {
    "autovacuum_vacuum_threshold": str(_CHANGES),
    "autovacuum_vacuum_scale_factor": "0",
    "autovacuum_vacuum_insert_threshold": str(_CHANGES),
    "autovacuum_vacuum_insert_scale_factor": "0",
    "vacuum_index_cleanup": "on",  # else a few changed rows stay in the indexes, and their pages unknown
}


def vacuum_often(*, using: str, **_: Any) -> None:
    """After every migration: both tables have these rules. SQLite has nothing to clear up."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    there = connection.introspection.table_names()
    rules = ", ".join(f"{name} = {value}" for name, value in _RULES.items())
    with connection.cursor() as cursor:
        for table in sorted({Dossier._meta.db_table, StepInstance._meta.db_table}.intersection(there)):
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} SET ({rules})")
