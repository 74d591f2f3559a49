"""Asking the process that looks into files: this side sends the bytes, waits, and believes only whole answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import IO, Any, Final

from cchc.files.limits import UploadLimits
from cchc.files.signatures import Kind
from cchc.records.errors import refuse, unreadable
from cchc.tables.limited_process import ask

# So many at once in one server process: each may take its whole bound of memory.
_PLACES: Final = BoundedSemaphore(2)
_CHILD: Final = "cchc.files.examining.child"


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file turned out to be. `remade` is what is kept in its place, None where it is kept as it came; `position`
    what became of the place that an image told (`images.Picture`), else empty.
    """

    kind: str
    pages: int
    remade: bytes | None
    position: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page as PNG, and its text."""

    picture: bytes
    text: str


def examine(path: Path, kind: Kind, limits: UploadLimits, *, keeps_position: bool = False) -> Examined:
    """Look into a file of that apparent kind. Raises `Unreadable` with a code of one of the examiners."""
    facts, content = _ask(path, "examine", kind.code, 0, limits, keeps_position=keeps_position)
    remade = content if kind.family == "image" else None
    return Examined(str(facts["kind"]), int(facts["pages"]), remade, str(facts.get("position", "")))


def page(path: Path, number: int, limits: UploadLimits) -> Page:
    """A page of a PDF, from 1. Raises `Unreadable` when no picture can be made of it."""
    facts, content = _ask(path, "picture", "pdf", number, limits)
    return Page(content, str(facts["text"]))


def text(path: Path, kind: str, number: int, limits: UploadLimits) -> str:
    """The text of an Office file, or of a page of a PDF. Raises `Unreadable`."""
    facts, _ = _ask(path, "text", kind, number, limits)
    return str(facts["text"])


def _ask(
    path: Path, task: str, kind: str, number: int, limits: UploadLimits, *, keeps_position: bool = False
) -> tuple[dict[str, Any], bytes]:
    question = {
        "task": task, "kind": kind, "number": number, "limits": asdict(limits), "keeps_position": keeps_position,
    }  # fmt: skip
    with _place(limits), path.open("rb") as source, TemporaryFile() as answer:
        if not ask(_CHILD, json.dumps(question), source, answer, limits.bounds):
            raise unreadable("files.too_complex")
        answer.seek(0)
        return _understood(answer)


@contextmanager
def _place(limits: UploadLimits) -> Iterator[None]:
    if not _PLACES.acquire(timeout=limits.process_wall_seconds):
        raise refuse("files.examined_too_many")
    try:
        yield
    finally:
        _PLACES.release()


def _understood(answer: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    line = answer.readline()
    if not line.endswith(b"\n"):
        raise unreadable("files.too_complex")
    match json.loads(line):
        case {"refused": str(code), "params": dict(params)}:
            raise unreadable(code, **params)
        case {"facts": dict(facts), "bytes": int(size)}:
            content = answer.read()
            if len(content) == size:
                return facts, content
    raise unreadable("files.too_complex")
