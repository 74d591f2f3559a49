"""Serving pages: static files collected once, then Granian."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

_WORKERS: Final = 2
_THREADS: Final = 8


def serve(host: str, port: int) -> None:
    """Answer on `host:port` until stopped."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from cchc.config import boot

    boot.setup()
    collect_static_files()
    Server(
        "cchc.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=_WORKERS,
        blocking_threads=_THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()


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
