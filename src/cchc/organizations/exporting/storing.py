"""Where the files lie that jobs have written: in the data directory, for the account of the server alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from django.conf import settings

from cchc.organizations.models import Export
from cchc.records.errors import refuse

_FOLDER: Final = "exports"


def path_of(number: int) -> Path:
    """The file of the export with that number."""
    return Path(settings.CCHC_DATA) / _FOLDER / f"{number}.xlsx"


def keep(number: int, content: bytes) -> None:
    """Write it, in place of what an earlier attempt wrote. It stands whole or not at all."""
    path = path_of(number)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    part.replace(path)


def content_of(export: Export) -> bytes:
    """What was written. Raises `organizations.export_not_found` before it is, and when the file is gone."""
    try:
        written = path_of(export.pk).read_bytes() if export.written_at is not None else b""
    except FileNotFoundError:
        written = b""
    if not written:
        raise refuse("organizations.export_not_found")
    return written


def remove(number: int) -> None:
    """Whatever there is of it."""
    path = path_of(number)
    path.unlink(missing_ok=True)
    path.with_suffix(".part").unlink(missing_ok=True)
