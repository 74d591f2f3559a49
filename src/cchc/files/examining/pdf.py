"""PDF: refused when it acts by itself, carries other files or is locked; shown page by page as pictures."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import IO, Any, Final

import pypdf
import pypdfium2
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from cchc.files.examining.texts import tidy
from cchc.files.limits import UploadLimits
from cchc.records.errors import unreadable

_TAIL: Final = 1_024
_END: Final = re.compile(rb"%%EOF[\s\0]*\Z")
_ACTS: Final = frozenset({"/JavaScript", "/Launch", "/ImportData", "/GoToE"})
_ACTS_RAW: Final = re.compile(rb"/(?:JavaScript|Launch)\b")
_MOVING: Final = frozenset({"/RichMedia", "/Movie", "/3D", "/Screen"})
# Ways that lead back up, or to what cannot act: contents, fonts, the tree of headings.
_HARMLESS: Final = frozenset({"/Parent", "/P", "/Contents", "/Resources", "/StructTreeRoot", "/Metadata", "/Popup"})
_MOST_OBJECTS: Final = 300_000
_DOTS_PER_INCH: Final = 150


def pages_of(source: IO[bytes], limits: UploadLimits) -> int:
    """How many pages a safe PDF has.

    Raises `Unreadable` with `files.damaged`, `files.two_kinds`, `files.locked`, `files.active_content`,
    `files.attached_inside`, `files.too_many_pages` or `files.too_complex`, or as the libraries do.
    """
    content = source.read()
    if not _END.search(content[-_TAIL:]):
        raise unreadable("files.damaged")
    if zipfile.is_zipfile(BytesIO(content)):
        raise unreadable("files.two_kinds")
    if _ACTS_RAW.search(content):
        raise unreadable("files.active_content")
    _check_objects(pypdf.PdfReader(BytesIO(content)))
    pages = len(_opened(content))
    if not pages:
        raise unreadable("files.damaged")
    if pages > limits.pdf_pages:
        raise unreadable("files.too_many_pages", limit=limits.pdf_pages)
    return pages


def picture_of(source: IO[bytes], number: int, limits: UploadLimits) -> tuple[bytes, str]:
    """Page `number` (from 1) as PNG, stamps of signatures included, and its text."""
    document = _opened(source.read())
    document.init_forms()  # signatures are drawn as fields of a form
    page = document[number - 1]
    scale = min(_DOTS_PER_INCH / 72, limits.page_side / max(*page.get_size(), 1))
    picture = page.render(scale=scale).to_pil()
    target = BytesIO()
    picture.save(target, "PNG", compress_level=4)
    return target.getvalue(), _text(page, limits)


def text_of(source: IO[bytes], number: int, limits: UploadLimits) -> str:
    """The text of a page of which no picture can be made."""
    return _text(_opened(source.read())[number - 1], limits)


def _text(page: pypdfium2.PdfPage, limits: UploadLimits) -> str:
    return tidy(page.get_textpage().get_text_bounded(), limits)


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise unreadable("files.locked" if locked else "files.damaged") from error


def _check_objects(reader: pypdf.PdfReader) -> None:
    """Go through all that a viewer could come across from the document's root."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise unreadable("files.locked")
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [reader.trailer["/Root"]]
    visited = 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if (key := (one.idnum, one.generation)) in seen:
                continue
            seen.add(key)
            one = one.get_object()
        visited += 1
        if visited > _MOST_OBJECTS:
            raise unreadable("files.too_complex")
        if isinstance(one, DictionaryObject):
            _check_entries(one)
            waiting.extend(dict.get(one, key) for key in one if key not in _HARMLESS)
        elif isinstance(one, ArrayObject):
            waiting.extend(list.__iter__(one))


def _check_entries(entries: DictionaryObject) -> None:
    if "/JS" in entries or "/XFA" in entries:
        raise unreadable("files.active_content")
    if entries.get("/S") in _ACTS or entries.get("/Subtype") in _MOVING:
        raise unreadable("files.active_content")
    if "/EF" in entries:
        raise unreadable("files.attached_inside")
