"""What a file is, by its first bytes: its name and what the browser says of it count for nothing. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cchc.records.errors import unreadable

HEAD: Final = 4_096
"""So many bytes are enough."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. `family` is the way it is examined; the first extension is the one it is handed out with."""

    code: str
    family: str
    content_type: str
    extensions: tuple[str, ...]


_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
KINDS: Final = {
    kind.code: kind
    for kind in (
        Kind("pdf", "pdf", "application/pdf", ("pdf",)),
        Kind("docx", "office", f"{_OFFICE}wordprocessingml.document", ("docx",)),
        Kind("xlsx", "office", f"{_OFFICE}spreadsheetml.sheet", ("xlsx",)),
        Kind("jpeg", "image", "image/jpeg", ("jpg", "jpeg")),
        Kind("png", "image", "image/png", ("png",)),
        Kind("webp", "image", "image/webp", ("webp",)),
        Kind("heic", "image", "image/heic", ("heic", "heif")),
        Kind("csv", "log", "text/csv", ("csv",)),
        Kind("xes", "log", "application/xml", ("xes",)),
        Kind("xes_packed", "log", "application/gzip", ("xes.gz",)),
        Kind("parquet", "log", "application/vnd.apache.parquet", ("parquet",)),
    )
}
LOG_KINDS: Final = {"csv": "csv", "xlsx": "xlsx", "xes": "xes", "xes.gz": "xes_packed", "parquet": "parquet"}
"""Logs of other systems, by what `cchc.ledger.reading.kind_of` says: examined by the readers of logs alone, and never
among what may be uploaded as a paper.
"""
_HEIF_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"mif1")
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKED: Final = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_ZIP: Final = b"PK\x03\x04"
_PDF: Final = b"%PDF-"


def detect(head: bytes) -> Kind:
    """The kind of the file that begins so; for a ZIP archive `docx`, which its parts then confirm or make `xlsx`.

    Raises `Unreadable` with `files.empty`, `files.old_office`, `files.packed` or `files.unknown_kind`.
    """
    if not head:
        raise unreadable("files.empty")
    if head.startswith(_OLD_OFFICE):
        raise unreadable("files.old_office")
    if head.startswith(_PACKED):
        raise unreadable("files.packed")
    code = _code(head)
    if code is None:
        raise unreadable("files.unknown_kind")
    return KINDS[code]


def _code(head: bytes) -> str | None:
    if head.startswith(_PDF):
        return "pdf"
    if head.startswith(_ZIP):
        return "docx"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    return "heic" if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS else None
