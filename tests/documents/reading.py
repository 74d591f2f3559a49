"""What independent readers find in a file: Word's XML, a workbook's XML, two extractors of PDF."""

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from pypdf import PdfReader

from tests.support import programs

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def squeezed(text: str) -> str:
    """Without any space: where lines break is the format's business."""
    return re.sub(r"\s", "", text)


def pdf_text(content: bytes) -> str:
    """By pypdf."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def poppler_text(content: bytes, folder: Path) -> str:
    """By pdftotext, in the order of the content. Skips where poppler is missing."""
    file = folder / "paper.pdf"
    file.write_bytes(content)
    return programs.run("pdftotext", "-raw", "-enc", "UTF-8", str(file), "-").decode()


def parts(content: bytes, *beginnings: str) -> dict[str, ET.Element]:
    """The XML parts of a DOCX or XLSX whose names begin so; raises when one is damaged or not well formed."""
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: ET.fromstring(archive.read(name)) for name in sorted(names) if name.startswith(beginnings)}


def docx_text(content: bytes) -> str:
    """Every paragraph of the body on a line of its own, line breaks as they are."""
    body = parts(content, "word/document.xml")["word/document.xml"]
    return "\n".join("".join(map(_words, paragraph.iter())) for paragraph in body.iter(f"{W}p"))


def _words(element: ET.Element) -> str:
    if element.tag == f"{W}br":
        return "\n"
    return (element.text or "") if element.tag == f"{W}t" else ""


def xlsx_text(content: bytes) -> str:
    """Every cell of every sheet on a line of its own, column after column: a head runs down in one."""
    found = parts(content, "xl/sharedStrings.xml", "xl/worksheets/sheet")
    strings = ["".join(part.text or "" for part in item.iter(f"{S}t")) for item in found.pop("xl/sharedStrings.xml")]
    lines = []
    for sheet in found.values():
        cells = [cell for cell in sheet.iter(f"{S}c") if cell.get("t") == "s"]
        cells.sort(key=lambda cell: re.sub(r"\d", "", cell.attrib["r"]))
        lines += [strings[int(cell.findtext(f"{S}v", ""))] for cell in cells]
    return "\n".join(lines)


def xlsx_formulas(content: bytes) -> list[tuple[str, str]]:
    """Every formula with the value stored beside it."""
    found = []
    for sheet in parts(content, "xl/worksheets/sheet").values():
        for cell in sheet.iter(f"{S}c"):
            formula, value = cell.find(f"{S}f"), cell.find(f"{S}v")
            if formula is not None:
                found.append((formula.text or "", "" if value is None else value.text or ""))
    return found
