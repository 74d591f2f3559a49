"""Where contents lie: `files/ab/abcd…` under the data directory, named by their SHA-256, readable by the server alone.

A content is written whole or not at all, and never changed. Pictures made of pages lie beside, in `files/shown`; they
can be thrown away at any time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO, Final

from django.conf import settings

from cchc.records.errors import refuse

_CHUNK: Final = 1 << 20
_FORGOTTEN: Final = timedelta(days=1)


def path_of(sha256: str) -> Path:
    """Where the content lies, or would."""
    return _folder(sha256[:2]) / sha256


@contextmanager
def incoming() -> Iterator[Path]:
    """An empty file of mode 0600 for something that arrives; gone afterwards unless it was kept."""
    descriptor, name = tempfile.mkstemp(dir=_folder("incoming"))
    os.close(descriptor)
    path = Path(name)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def keep(path: Path, sha256: str) -> None:
    """Make the file the content of that hash, on the disk for good before this returns. Twice does no harm."""
    target = path_of(sha256)
    with path.open("rb") as source:
        os.fsync(source.fileno())
    path.replace(target)
    _sync(target.parent)


@contextmanager
def opened(sha256: str) -> Iterator[IO[bytes]]:
    """The content, found to have its hash still.

    Raises `files.content_not_found` when it is gone from the disk, `files.content_changed` when it is another.
    """
    with open_whole(sha256) as source:
        yield source


def open_whole(sha256: str) -> IO[bytes]:
    """As `opened`, for whoever closes it: an answer that streams."""
    try:
        source = path_of(sha256).open("rb")
    except FileNotFoundError as error:
        raise refuse("files.content_not_found") from error
    if hash_of(source) != sha256:
        source.close()
        raise refuse("files.content_changed")
    source.seek(0)
    return source


def hash_of(source: IO[bytes]) -> str:
    """SHA-256 in hexadecimal digits."""
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def kept_picture(sha256: str, name: str) -> bytes | None:
    """What was made of a page earlier, None before."""
    try:
        return (_shown_folder(sha256) / name).read_bytes()
    except FileNotFoundError:
        return None


def keep_picture(sha256: str, name: str, content: bytes) -> None:
    """Remember what was made of a page."""
    with incoming() as path:
        path.write_bytes(content)
        path.replace(_shown_folder(sha256) / name)


def clear_incoming(now: float | None = None) -> int:
    """Remove what a killed server left half received more than a day ago; how many."""
    oldest = (time.time() if now is None else now) - _FORGOTTEN.total_seconds()
    left = [path for path in _folder("incoming").iterdir() if path.stat().st_mtime < oldest]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def forgotten(known: Callable[[Collection[str]], set[str]], now: float | None = None) -> Iterator[str]:
    """Hashes of contents that lie on the disk for more than a day and that `known`, asked in parts, does not know.

    A day: what is being uploaded at this moment lies there before its row does.
    """
    oldest = (time.time() if now is None else now) - _FORGOTTEN.total_seconds()
    for folder in sorted(_folder().iterdir()):
        if len(folder.name) == 2 and folder.is_dir():
            old = [path.name for path in folder.iterdir() if path.stat().st_mtime < oldest]
            yield from sorted(set(old) - known(old))


def remove(sha256: str) -> None:
    """Take a content and the pictures made of it from the disk."""
    path_of(sha256).unlink(missing_ok=True)
    shutil.rmtree(_shown_folder(sha256))


def _shown_folder(sha256: str) -> Path:
    return _folder("shown", sha256[:2], sha256)


def _folder(*parts: str) -> Path:
    """The folder, made with mode 0700 at every level."""
    folder = Path(settings.CCHC_DATA) / "files"
    folder.mkdir(mode=0o700, exist_ok=True)
    for part in parts:
        folder /= part
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
