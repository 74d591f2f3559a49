"""Receiving a file from a stranger: counted while it arrives, recognised, looked into; nothing is kept yet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Final

from cchc.files import storage
from cchc.files.examining.asking import Examined, examine
from cchc.files.limits import UploadLimits, limits_on
from cchc.files.names import check_extension, shown_name
from cchc.files.rules import FileRules, rules_on
from cchc.files.signatures import HEAD, KINDS, detect
from cchc.records.errors import unreadable

_CHUNK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may be kept: what it is, where it lies for the moment, and how it came (`received_sha256`).

    `position`: what became of the place that an image told (`models.Position`); empty for what is no image.
    """

    name: str
    kind: str
    pages: int
    size: int
    path: Path
    sha256: str
    received_sha256: str
    position: str = ""


@contextmanager
def received(stream: IO[bytes], name: str, day: date) -> Iterator[Upload]:
    """Receive and examine a file outside any transaction; `actions.store_upload` inside keeps it.

    `name` is what the sender calls it. Raises `Unreadable`: `files.empty`, `files.file_too_large`,
    `files.kind_unwanted`, `files.wrong_extension`, or a code of the signatures and examiners; and what `rules_on` does.
    """
    limits, rules = limits_on(day), rules_on(day).value
    with storage.incoming() as path:
        received_sha256 = _write(stream, path, limits)
        examined = _examined(path, name, limits, rules)
        sha256 = received_sha256
        if examined.remade is not None:
            path.write_bytes(examined.remade)
            sha256 = hashlib.sha256(examined.remade).hexdigest()
        yield Upload(
            name=shown_name(name, KINDS[examined.kind]),
            kind=examined.kind,
            pages=examined.pages,
            size=path.stat().st_size,
            path=path,
            sha256=sha256,
            received_sha256=received_sha256,
            position=examined.position,
        )


def _write(stream: IO[bytes], path: Path, limits: UploadLimits) -> str:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as target:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limits.file_bytes:
                raise unreadable("files.file_too_large", limit=limits.file_megabytes)
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


def _examined(path: Path, name: str, limits: UploadLimits, rules: FileRules) -> Examined:
    with path.open("rb") as source:
        kind = detect(source.read(HEAD))
    if kind.family != "office":  # which of them, only the package tells
        _check_wanted(kind.code, limits)
        check_extension(name, kind)
    examined = examine(path, kind, limits, keeps_position=rules.keeps_position)
    if kind.family == "office":
        _check_wanted(examined.kind, limits)
        check_extension(name, KINDS[examined.kind])
    return examined


def _check_wanted(code: str, limits: UploadLimits) -> None:
    if code not in limits.kinds:
        raise unreadable("files.kind_unwanted", kind=code.upper(), known=", ".join(limits.kinds).upper())
