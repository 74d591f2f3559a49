"""Where a log is worked on: `oversight/logs/7` under the data directory, with the log under its own name."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from django.conf import settings

from cchc.files import storage
from cchc.files.models import Blob, BlobState
from cchc.ledger.outputs import REJECTS_FILE
from cchc.oversight.models import LogImport
from cchc.records.errors import refuse

_RESULT: Final = "result"


def folder_of(made: int) -> Path:
    """The folder of an import, of mode 0700 at every level."""
    folder = Path(settings.CCHC_DATA)
    for part in ("oversight", "logs", str(made)):
        folder /= part
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def log_of(made: LogImport) -> Path:
    """The log, under the name that it came with: what problems name.

    Raises `files.content_not_found` when it is gone from the disk, `files.content_changed` when it is another, and
    `oversight.log_not_examined` while a scanner has not let it through.
    """
    check_examined(made.file.blob)
    with storage.opened(made.file.blob.sha256):
        pass
    path = folder_of(made.pk) / made.file.name
    path.unlink(missing_ok=True)
    os.link(storage.path_of(made.file.blob.sha256), path)
    return path


def check_examined(blob: Blob) -> None:
    """Raise `oversight.log_not_examined` unless the content is safe."""
    if blob.state != BlobState.SAFE:
        raise refuse("oversight.log_not_examined")


def result_of(made: int) -> Path:
    """What a trial or a load computed lies there."""
    return folder_of(made) / _RESULT


def rejects_of(made: int) -> Path:
    """The rows that could not be used, after a trial."""
    return result_of(made) / REJECTS_FILE


def clear(made: int) -> None:
    """Take the folder away, but for the rows that could not be used, which name nobody."""
    folder, rejects = folder_of(made), rejects_of(made)
    for entry in folder.iterdir():
        if entry.name != _RESULT:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    for entry in rejects.parent.iterdir() if rejects.parent.exists() else ():
        if entry != rejects:
            entry.unlink()
