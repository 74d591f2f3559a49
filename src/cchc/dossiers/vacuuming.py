"""When PostgreSQL clears up after dossiers.

Lists and searches read indexes that have all they need, and look at the table only for pages about which PostgreSQL
does not know that everybody sees them whole: those of what changed since the last vacuum. By its own rule it vacuums
when a fifth of a table has changed, after years among a million dossiers, while the newest, of which each was changed
several times, are those that everybody looks at. A vacuum after a thousand changes takes a second or two among a
million dossiers, beside the work.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connections

from cchc.dossiers.models import Dossier

_CHANGES: Final = 1_000
_RULES: Final = {
    "autovacuum_vacuum_threshold": str(_CHANGES),
    "autovacuum_vacuum_scale_factor": "0",
    "autovacuum_vacuum_insert_threshold": str(_CHANGES),
    "autovacuum_vacuum_insert_scale_factor": "0",
    "vacuum_index_cleanup": "on",  # else a few changed rows stay in the indexes, and their pages unknown
}


def vacuum_often(*, using: str, **_: Any) -> None:
    """After every migration: the table of dossiers has these rules. SQLite has nothing to clear up."""
    connection, table = connections[using], Dossier._meta.db_table
    if connection.vendor == "postgresql" and table in connection.introspection.table_names():
        rules = ", ".join(f"{name} = {value}" for name, value in _RULES.items())
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} SET ({rules})")
