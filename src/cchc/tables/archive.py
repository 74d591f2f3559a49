"""Looking into a workbook's archive before anything parses it: is it a workbook, how big does it really get.

Declared sizes are checked first, then every part is inflated and counted, because declarations lie.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO, Final

from cchc.records.errors import unreadable
from cchc.tables.limits import Limits

_CHUNK: Final = 1 << 16
_SMALL: Final = 1_000_000
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMULA: Final = re.compile(rb"<(?:\w{1,20}:)?f[\s/>]")
_OVERLAP: Final = 32  # a sign cut in two by the end of a chunk is found in the next one
_WIDE_TEXT: Final = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


def check_archive(source: IO[bytes], limits: Limits, main_part: str = "workbook.xml") -> bool:
    """Refuse what is no safe workbook, or other Office package whose main part's name ends so.

    Answers whether some part seems to hold a formula.

    Raises `Unreadable` with `tables.not_a_table`, `tables.macros`, `tables.too_many_members`,
    `tables.expands_too_much`, `tables.dtd` or `tables.damaged_workbook`; a broken archive raises as `zipfile` does.
    """
    with zipfile.ZipFile(source) as archive:
        members = archive.infolist()
        _check_members(members, limits, main_part)
        return _has_formulas(archive, members, limits)


def _check_members(members: list[zipfile.ZipInfo], limits: Limits, main_part: str) -> None:
    if len(members) > limits.members:
        raise unreadable("tables.too_many_members", limit=limits.members)
    names = {member.filename.lower() for member in members}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise unreadable("tables.macros")
    if "[content_types].xml" not in names or not any(name.endswith(main_part) for name in names):
        raise unreadable("tables.not_a_table")
    _check_size(sum(member.file_size for member in members), limits)
    for member in members:
        if member.file_size > max(_SMALL, limits.expansion * member.compress_size):
            raise _expands_too_much(limits)


def _has_formulas(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: Limits) -> bool:
    found, expanded = False, 0
    for member in members:
        for window, size in _windows(archive, member):
            expanded += size
            _check_size(expanded, limits)
            if _DOCTYPE.search(window):
                raise unreadable("tables.dtd")
            found = found or _FORMULA.search(window) is not None
    return found


def _windows(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """The expanded part in overlapping pieces, each with the number of new bytes in it."""
    is_text = member.filename.lower().endswith((".xml", ".rels"))
    with archive.open(member) as part:
        rest = b""
        while chunk := part.read(_CHUNK):
            if is_text and not rest and chunk.startswith(_WIDE_TEXT):
                raise unreadable("tables.damaged_workbook")  # UTF-16 would hide what is searched for
            yield rest + chunk, len(chunk)
            rest = chunk[-_OVERLAP:]


def _check_size(expanded: int, limits: Limits) -> None:
    if expanded > limits.expanded_bytes:
        raise _expands_too_much(limits)


def _expands_too_much(limits: Limits) -> Exception:
    return unreadable("tables.expands_too_much", limit=limits.expanded_bytes // 1_000_000)
