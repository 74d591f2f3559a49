"""DOCX and XLSX: archives of XML. Refused with macros, foreign objects or parts fetched from elsewhere."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, Any, Final

from defusedxml.ElementTree import iterparse

from cchc.files.examining.texts import tidy
from cchc.files.limits import UploadLimits
from cchc.records.errors import Unreadable, unreadable
from cchc.tables.archive import check_archive
from cchc.tables.child import answers

_MAIN_PARTS: Final = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_END_RECORD: Final = 22  # bytes, without a comment
_HEAD: Final = 1_024
_MACROS: Final = re.compile(r"vbaProject|macroEnabled|macrosheet|vbaData|keyMapCustomizations", re.IGNORECASE)
_OBJECTS: Final = re.compile(r"activeX|oleObject|/control$|ctrlProp", re.IGNORECASE)
# Relations that a program follows by itself when it opens the file, other than pictures.
_FETCHED: Final = re.compile(r"/(?:attachedTemplate|frame|subDocument|oleObject|aFChunk|externalLinkPath)$")
# By a scheme, or on another machine's share; a path on a drive of one's own, as templates have it, is none.
_REMOTE: Final = re.compile(
    r"(?:https?|ftp|mhtml|javascript|script|ms-\w+):|[\\/]{2}|file:[\\/]{2,4}[^\\/]*[^\\/:]{2}", re.IGNORECASE
)
_DDE: Final = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_WORD: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0"
_OURS: Final = {
    "tables.macros": "files.macros",
    "tables.too_many_members": "files.too_complex",
    "tables.expands_too_much": "files.expands_too_much",
}


def kind_of(source: IO[bytes], limits: UploadLimits, *, is_inside: bool = False) -> str:
    """`docx` or `xlsx` of a safe package. `is_inside`: a workbook inside a document, in which no third may lie.

    Raises `Unreadable` with `files.two_kinds`, `files.packed`, `files.unknown_kind`, `files.macros`,
    `files.hidden_object`, `files.remote_parts`, `files.expands_too_much`, `files.too_complex` or `files.damaged`.
    """
    _check_frame(source)
    with zipfile.ZipFile(source) as archive:
        kind = _kind(archive.namelist())
        _check_names(archive.infolist())
        source.seek(0)
        _check_sizes(source, kind, limits)
        _check_relations(archive)
        _check_fields(archive)
        _check_embedded(archive, limits, is_inside=is_inside)
    return kind


def text_of(source: IO[bytes], kind: str, limits: UploadLimits) -> str:
    """What can be read in it, paragraphs or rows in lines, cut at `text_characters`."""
    parts = _paragraphs(source) if kind == "docx" else _rows(source, limits)
    return tidy("\n".join(_up_to(parts, limits.text_characters + 1)), limits)


def _check_frame(source: IO[bytes]) -> None:
    """Nothing stands before the archive or behind it, and it does not begin like another kind of file."""
    head = source.read(_HEAD)
    source.seek(-_END_RECORD, 2)
    is_whole = head.startswith(_ZIP) and source.read(4) == b"PK\x05\x06"
    source.seek(0)
    if b"%PDF-" in head:
        raise unreadable("files.two_kinds")
    if not is_whole:
        raise unreadable("files.damaged")


def _kind(names: Iterable[str]) -> str:
    lowered = {name.lower() for name in names}
    found = [kind for kind, part in _MAIN_PARTS.items() if part in lowered]
    if len(found) == 1:
        return found[0]
    if found:
        raise unreadable("files.two_kinds")
    raise unreadable("files.unknown_kind" if "[content_types].xml" in lowered else "files.packed")


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    """Refuse what programs see differently: something before the first part, two of one name, a path that leads out."""
    lowered = [member.filename.lower() for member in members]
    begins_late = min(member.header_offset for member in members) > 0
    leads_out = any(name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts for name in lowered)
    is_encrypted = any(member.flag_bits & 1 for member in members)
    if begins_late or leads_out or is_encrypted or len(set(lowered)) != len(lowered):
        raise unreadable("files.damaged")


def _check_sizes(source: IO[bytes], kind: str, limits: UploadLimits) -> None:
    try:
        check_archive(source, limits.tables, _MAIN_PARTS[kind])
    except Unreadable as error:
        raise unreadable(_OURS.get(error.code, "files.damaged")) from error


def _check_relations(archive: zipfile.ZipFile) -> None:
    """What the parts are and what they lead to, as the package itself says."""
    for name in archive.namelist():
        lowered = name.lower()
        if lowered.endswith(".rels") or lowered == "[content_types].xml":
            for element in _elements(archive, name):
                said = f"{element.get('ContentType', '')} {element.get('Type', '')}"
                if _MACROS.search(said):
                    raise unreadable("files.macros")
                _check_target(element)


def _check_target(element: Any) -> None:
    kind, target = element.get("Type", ""), element.get("Target", "")
    is_outside = element.get("TargetMode", "").lower() == "external"
    if is_outside and _FETCHED.search(kind) and _REMOTE.match(target.strip()):
        raise unreadable("files.remote_parts")
    if not is_outside and _OBJECTS.search(kind):
        raise unreadable("files.hidden_object")


def _check_fields(archive: zipfile.ZipFile) -> None:
    """Fields and links that start programs."""
    for name in archive.namelist():
        lowered = name.lower()
        if lowered.startswith("word/") and lowered.endswith(".xml"):
            said = "".join(_instruction(element) for element in _elements(archive, name))
            if _DDE.search(said):
                raise unreadable("files.macros")
        elif lowered.startswith("xl/externallinks/") and lowered.endswith(".xml"):
            _check_links(element.tag for element in _elements(archive, name))


def _check_links(tags: Iterable[str]) -> None:
    if any(tag.endswith("}ddeLink") for tag in tags):
        raise unreadable("files.macros")


def _instruction(element: Any) -> str:
    """The words of a field; a complex one is told in pieces, which belong together."""
    tag = element.tag.rpartition("}")[2]
    if tag == "instrText":
        return element.text or ""
    return next((f" {text} " for key, text in element.attrib.items() if key.endswith("}instr")), "")


def _check_embedded(archive: zipfile.ZipFile, limits: UploadLimits, *, is_inside: bool) -> None:
    """Charts bring their workbook along; anything else inside is refused, and so is a package in a package in one."""
    for member in archive.infolist():
        with archive.open(member) as part:
            head = part.read(4)
        if head == _COMPOUND or (head == _ZIP and is_inside):
            raise unreadable("files.hidden_object")
        if head == _ZIP:
            kind_of(BytesIO(archive.read(member)), limits, is_inside=True)


def _elements(archive: zipfile.ZipFile, name: str) -> Iterator[Any]:
    with archive.open(name) as part:
        for _, element in iterparse(part, forbid_dtd=True):
            yield element
            element.clear()


def _paragraphs(source: IO[bytes]) -> Iterator[str]:
    with zipfile.ZipFile(source) as archive:
        main = next(name for name in archive.namelist() if name.lower() == _MAIN_PARTS["docx"])
        with archive.open(main) as part:
            pieces: list[str] = []
            for _, element in iterparse(part, forbid_dtd=True):
                pieces.append(_piece(element))
                if element.tag in {f"{_WORD}p", f"{_STRICT_WORD}p"}:
                    yield "".join(pieces)
                    pieces = []
                    element.clear()


def _piece(element: Any) -> str:
    match element.tag.rpartition("}")[2]:
        case "t":
            return element.text or ""
        case "tab":
            return "\t"
        case "br" | "cr":
            return "\n"
    return ""


def _rows(source: IO[bytes], limits: UploadLimits) -> Iterator[str]:
    for answer in answers(source, limits.tables):
        match answer:
            case ["sheet", str(name), _]:
                yield f"[{name}]"
            case ["row", _, list(cells)]:
                yield "\t".join(_shown(cell) for cell in cells)


def _shown(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case [text, *_]:
            return str(text)
    return str(cell)


def _up_to(parts: Iterable[str], characters: int) -> Iterator[str]:
    for part in parts:
        yield part
        characters -= len(part) + 1
        if characters <= 0:
            return
