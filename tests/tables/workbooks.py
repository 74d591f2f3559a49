"""Workbooks for tests, made part by part so that they can be as wrong as an attacker likes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO

from cchc.tables.child import answers, as_line
from cchc.tables.grid import Grid
from cchc.tables.limits import DEFAULT_LIMITS
from cchc.tables.xlsx_reading import grids_from

Content = str | bytes | Iterable[str]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPES}.sharedStrings+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>'
)
PARTS = {
    "[Content_Types].xml": CONTENT_TYPES,
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Bảng" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="r3" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>'
    "<borders><border/></borders>"
    "<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/></cellXfs></styleSheet>",
    "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}"></sst>',
}


def sheet(*content: str, before: str = "", prolog: str = "") -> Iterator[str]:
    """The XML of a sheet with `content` as its rows."""
    yield f'{prolog}<worksheet xmlns="{_MAIN}">{before}<sheetData>'
    yield from content
    yield "</sheetData></worksheet>"


def strings(content: Iterable[str]) -> Iterator[str]:
    """The XML of the shared strings."""
    yield f'<sst xmlns="{_MAIN}">'
    yield from content
    yield "</sst>"


def workbook(sheet_xml: Content, **parts: Content) -> bytes:
    """A workbook of one sheet; `parts` replaces or adds others by path."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path, content in {**PARTS, "xl/worksheets/sheet1.xml": sheet_xml, **parts}.items():
            with archive.open(path, "w", force_zip64=True) as part:
                for piece in [content] if isinstance(content, str | bytes) else content:
                    part.write(piece if isinstance(piece, bytes) else piece.encode())
    return target.getvalue()


def read_here(content: bytes) -> tuple[Grid, ...]:
    """`read_tables` of a workbook without the child process: the same code, a hundred times as often."""
    lines = b"".join(as_line(answer) for answer in answers(BytesIO(content), DEFAULT_LIMITS))
    return grids_from(BytesIO(lines), "bang.xlsx")
