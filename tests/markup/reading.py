"""Whether an answer holds what somebody typed as text, and nothing of it as markup, formula, header or program."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Any, Final

import openpyxl
from defusedxml.ElementTree import fromstring
from icalendar import Calendar

from cchc.tables.formula_guard import guard, unguard
from tests.documents.reading import docx_text, pdf_text, xlsx_formulas
from tests.markup.payloads import MARK, SUM

_ADDRESSES: Final = frozenset({"href", "src", "action", "formaction", "poster", "data", "srcset", "xlink:href"})
_PROGRAMS: Final = ("javascript:", "vbscript:", "data:text")


class Page(HTMLParser):
    """What a browser makes of a page: its elements and their attributes; `trouble` is what nobody of us wrote."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.trouble: list[str] = []
        self.seen = ""
        self._script: Mapping[str, str | None] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = dict(attrs) if tag == "script" else self._script
        if tag == MARK or MARK in tag:
            self._find("an element", tag)
        for name, value in attrs:
            self._look_at(tag, name, (value or "").strip())

    def _look_at(self, tag: str, name: str, value: str) -> None:
        self.seen += value
        if MARK in name or name.startswith("on") or name == "srcdoc":
            self._find("an attribute", f"{tag} {name}")
        if name.startswith("hx-on") or (name.startswith(("hx-vals", "hx-headers")) and value.startswith("js:")):
            self._find("a program", f"{tag} {name}")
        address = "".join(value.split()).lower()
        if (name in _ADDRESSES or name.startswith("hx-")) and address.startswith(_PROGRAMS):
            self._find("a program's address", f"{tag} {name}={value[:40]}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = None

    def handle_data(self, data: str) -> None:
        self.seen += data
        if self._script is None or not data.strip():
            return
        if "json" not in str(self._script.get("type")):
            self._find("a script", data[:40])
        elif "<" in data or not json.loads(data):
            self._find("an open script", data[:40])

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self._find("a comment", data[:40])

    def unknown_decl(self, data: str) -> None:
        self._find("a declaration", data[:40])

    def _find(self, what: str, said: str) -> None:
        self.trouble.append(f"{what}: {said}")


def html(content: bytes) -> str:
    """The text of a page, and of its attributes."""
    page = Page(content.decode())
    assert not page.trouble
    return page.seen


def sheet_of_commas(content: bytes) -> str:
    """Every cell; none that a spreadsheet would run."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=_delimiter(content)))
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if guard(unguard(cell)) != cell] == []
    return "\n".join(cells)


def _delimiter(content: bytes) -> str:
    first = content.decode("utf-8-sig").splitlines()[0]
    return max(",;\t", key=first.count)


def workbook(content: bytes) -> str:
    """Every cell; no formula but sums of our own."""
    assert [formula for formula, _ in xlsx_formulas(content) if not formula.startswith("SUM(")] == []
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def calendar(content: bytes) -> str:
    """One event with the alarms that we set: what was typed is no line of its own."""
    (event,) = Calendar.from_ical(content).events
    assert len(event.alarms.times) <= 2 and "ATTENDEE" not in event
    assert not [line for line in content.decode().splitlines() if line.startswith(("X-", "BEGIN:VALARM\\", "ATT"))]
    return f"{event.get('SUMMARY')} {event.get('DESCRIPTION')}"


def xml(content: bytes) -> str:
    """The words of a diagram; what was typed made no element and no attribute of it."""
    root = fromstring(content)
    for element in root.iter():
        assert MARK not in element.tag and not any(MARK in name for name in element.attrib)
    return " ".join([*root.itertext(), *(value for one in root.iter() for value in one.attrib.values())])


def papers(content: bytes) -> str:
    """What stands in each paper of an archive; what was typed leads out of no folder."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert names and not [name for name in names if set("/\\\0\r\n") & set(name) or not name.endswith(".docx")]
        return "\n".join(docx_text(archive.read(name)) for name in names)


_READERS: Final[Mapping[str, Callable[[bytes], str]]] = {
    "text/html": html,
    "text/csv": sheet_of_commas,
    "text/calendar": calendar,
    "application/xml": xml,
    "application/zip": papers,
    "application/json": lambda content: str(json.loads(content)),
    "application/pdf": pdf_text,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": workbook,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": docx_text,
    "image/png": lambda content: "",
    "text/yaml": lambda content: content.decode(),
    "text/plain": lambda content: content.decode(),
    "application/yaml": lambda content: content.decode(),
}


def read(answer: Any) -> str:
    """The text of an answer; fails on anything in it that was typed and came out as more than text."""
    assert answer.status_code < 500
    for name, value in answer.headers.items():
        assert MARK not in name.lower() and not set("\r\n\0") & set(value), name
    content = answer.getvalue() if answer.streaming else answer.content
    if not content:
        return ""
    kind = answer.headers["Content-Type"].partition(";")[0]
    if kind != "text/html":
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    seen = _READERS[kind](content)
    assert SUM not in seen, "a template was run"
    return seen
