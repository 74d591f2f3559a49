"""Scanning, and the nightly look for what was left unscanned or half received."""

from __future__ import annotations

from datetime import time
from functools import partial
from typing import Final

from cchc.files import storage
from cchc.files.actions import SCAN, mark_scanned, request_scans
from cchc.files.queries import known_contents, unscanned
from cchc.files.scanning import is_scanning, scan
from cchc.interface.jobs import Effect, Recurring, Run, job
from cchc.records.errors import refuse
from cchc.records.text import LocalText

_MOST: Final = 5_000  # contents a night


@job(SCAN, LocalText("Quét mã độc trong tệp", "Scan a file for malware"))
def scan_content(run: Run, *, sha256: str) -> Effect | None:
    """Ask the scanner. One that does not answer is asked again after growing delays; until then the content waits."""
    if not is_scanning():
        raise refuse("files.no_scanner")
    with storage.opened(sha256) as source:
        finding = scan(source)
    return partial(mark_scanned, sha256=sha256, finding=finding)


@job("files.sweep", LocalText("Rà soát tệp chưa quét", "Look for files not scanned yet"))
def sweep(run: Run) -> Effect | None:
    """Also what was there before the scanner was switched on, and what waits because it did not answer in time.

    Contents that no file has any more leave the disk.
    """
    storage.clear_incoming()
    for sha256 in storage.forgotten(known_contents):
        storage.remove(sha256)
    hashes = unscanned(_MOST) if is_scanning() else []
    return partial(request_scans, hashes=hashes) if hashes else None


SCHEDULE = (Recurring("files.sweep", at=time(2, 30)),)
