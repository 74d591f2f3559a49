"""How the two engines are opened: SQLite so that no acknowledged write is lost, PostgreSQL through a pool."""

from __future__ import annotations

from typing import Any, Final

_SQLITE_OPTIONS: Final = {
    # Write locks are taken when a transaction starts, so that two writers wait instead of failing at commit.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL: a register of deadlines may not forget its last commits in a power cut.
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON",
}
# Queries about rights name many tables and touch few rows: to compile them to machine code took seconds, to run them
# milliseconds (PostgreSQL 15: 9 s against 0.3 s for lists of files).
_POSTGRESQL_OPTIONS: Final = {"pool": True, "options": "-c jit=off"}


def with_options(database: dict[str, Any]) -> dict[str, Any]:
    """The parsed `DATABASE_URL` with the options its engine needs; what the address itself says wins."""
    is_sqlite = database["ENGINE"].endswith("sqlite3")
    options = _SQLITE_OPTIONS if is_sqlite else _POSTGRESQL_OPTIONS
    own = {"OPTIONS": {**options, **database.get("OPTIONS", {})}, "ATOMIC_REQUESTS": False}
    return {**database, **own, "CONN_HEALTH_CHECKS": True}  # one that PostgreSQL has ended is replaced before use
