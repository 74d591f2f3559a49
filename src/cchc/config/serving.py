"""Serving pages: static files collected once, then Granian."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from pathlib import Path
from typing import Final

from cchc.records.errors import refuse, unreadable

_WORKERS: Final = 2
_MOST_THREADS: Final = 8


def serve(host: str, port: int) -> None:
    """Answer on `host:port` until stopped. Raises `config.not_migrated`, `config.chain_unprotected`.

    Workers begin as processes of their own and not as copies of this one: once it has printed a PDF, as the
    demonstration does while it is filled, a copy would wait for ever for the threads that printed it.
    """
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from cchc.config import boot

    boot.setup()
    expect_migrated()
    expect_protected_chain()
    collect_static_files()
    leave_databases()
    multiprocessing.set_start_method("spawn", force=True)
    Server(
        "cchc.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=_WORKERS,
        blocking_threads=_threads(os.cpu_count() or 1),
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()


def _threads(processors: int) -> int:
    """Per worker. As many as Granian takes without a warning, which would be the first line a newcomer reads."""
    return min(_MOST_THREADS, 2 * processors + 1)


def expect_migrated() -> None:
    """Raise `config.not_migrated` when tables or columns that this version knows are not in the database yet."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise unreadable("config.not_migrated", number=str(len(plan)), first=str(plan[0][0]))


def expect_protected_chain() -> None:
    """Raise `config.chain_unprotected` when triggers of the audit chain are missing or altered.

    A database without tables has no chain yet and passes.
    """
    from cchc.audit.triggers import is_migrated, missing_triggers

    if is_migrated() and (missing := missing_triggers()):
        raise refuse("config.chain_unprotected", triggers=", ".join(missing))


def leave_databases() -> None:
    """Close what this process has opened: it answers nobody itself, and workers share neither connection nor pool."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()


def collect_static_files() -> bool:
    """Copy, name by content and compress the static files, unless nothing changed. Whether it was done."""
    from django.conf import settings
    from django.core.management import call_command

    mark = Path(settings.STATIC_ROOT) / ".collected"
    fingerprint = _fingerprint()
    if mark.is_file() and mark.read_text(encoding="ascii") == fingerprint:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(fingerprint, encoding="ascii")
    return True


def _fingerprint() -> str:
    """Path, size and time of change of every static file: different when any of them is."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
