"""A log as it arrives: counted while it is read, recognised by its content; what parses it works elsewhere, later."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from django.utils.timezone import localdate

from cchc.files import storage
from cchc.files.examining.asking import examine
from cchc.files.limits import limits_on
from cchc.files.names import shown_name
from cchc.files.receiving import Upload
from cchc.files.signatures import KINDS, LOG_KINDS
from cchc.ledger.reading import kind_of
from cchc.records.errors import unreadable

MOST_MEGABYTES: Final = 500
"""Of a log that comes through a page; `cchc oversight import` takes larger ones."""
_MEGABYTE: Final = 1_000_000
_CHUNK: Final = 1 << 20


@contextmanager
def log_received(stream: IO[bytes], name: str, most_megabytes: int | None = MOST_MEGABYTES) -> Iterator[Upload]:
    """As `files.receiving.received`, for logs. Raises `oversight.log_too_large`, and what the readers of logs refuse
    at first sight: `tables.empty_file`, `ledger.unknown_log`. A workbook is looked into as any other one.
    """
    with storage.incoming() as path:
        sha256 = _write(stream, path, most_megabytes)
        kind = KINDS[LOG_KINDS[kind_of(path)]]
        if kind.family == "office":
            examine(path, kind, limits_on(localdate()))
        plain = name.removesuffix(".gz") if kind.code == "xes_packed" else name
        yield Upload(
            name=shown_name(plain, kind), kind=kind.code, pages=0, size=path.stat().st_size, path=path,
            sha256=sha256, received_sha256=sha256,
        )  # fmt: skip


def _write(stream: IO[bytes], path: Path, most_megabytes: int | None) -> str:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as target:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if most_megabytes is not None and size > most_megabytes * _MEGABYTE:
                raise unreadable("oversight.log_too_large", limit=most_megabytes)
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()
