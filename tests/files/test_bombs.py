"""Bombs, through the real process: refused or shown within ten seconds, never past 300 MB."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

import cchc
from cchc.files import limits
from cchc.files.limits import limits_on
from tests.files.samples import docx, heic, image, part, pdf, repacked, xlsx

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="measures resident memory as Linux reports it")
MEASURE = """
import json, resource, sys, time
from datetime import date
from pathlib import Path
from cchc.files.examining import asking
from cchc.files.limits import limits_on
from cchc.files.signatures import KINDS
from cchc.records.errors import DomainError
limits, path, kind, task = limits_on(date(2026, 11, 23)), Path(sys.argv[1]), sys.argv[2], sys.argv[3]
started = time.monotonic()
try:
    if task == "examine":
        code = asking.examine(path, KINDS[kind], limits).kind
    elif task == "page":
        code = f"{len(asking.page(path, 1, limits).picture) > 0}"
    else:
        code = str(len(asking.text(path, kind, 1, limits)))
except DomainError as error:
    code = error.code
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"code": code, "cpu": usage.ru_utime + usage.ru_stime, "child": usage.ru_maxrss * 1024}))
"""
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 10 + '"><!ENTITY c "' + "&b;" * 10 + '">]>' + "<w:document"
)
LONG = (
    f'<w:document xmlns:w="{WORD}"><w:body>{"<w:p><w:r><w:t>chữ chữ</w:t></w:r></w:p>" * 200_000}</w:body></w:document>'
)


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack("!L", len(body)) + name + body + struct.pack("!L", zlib.crc32(name + body))


def png(width: int, height: int, *extra: bytes, depth: int = 8, colour: int = 2) -> bytes:
    """A whole PNG of zeros, a thousand times smaller than its pixels."""
    row = 1 + (width * depth * {0: 1, 2: 3, 6: 4}[colour] + 7) // 8
    packer = zlib.compressobj(9)
    rows = b"".join([packer.compress(bytes(row * 64)) for _ in range(height // 64)]) + packer.flush()
    header = struct.pack("!LLBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join([chunk(b"IHDR", header), *extra, chunk(b"IDAT", rows), chunk(b"IEND", b"")])


def jpeg(width: int, height: int) -> bytes:
    """A small JPEG that says it is huge."""
    content = image("JPEG")
    place = content.index(b"\xff\xc0")
    return content[: place + 5] + struct.pack("!HH", height, width) + content[place + 9 :]


def wide_heic() -> bytes:
    """An ispe box that says 60,000 × 60,000."""
    content = heic()
    place = content.index(b"ispe") + 8
    return content[:place] + struct.pack("!LL", 60_000, 60_000) + content[place + 8 :]


def drawn(content: bytes, **page_entries: object) -> bytes:
    """A PDF whose page draws that, packed."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(595, 842)
    stream = DecodedStreamObject()
    stream.set_data(content)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    for name, value in page_entries.items():
        page[NameObject(f"/{name}")] = value
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def pictured(width: int, height: int) -> bytes:
    """A PDF with one huge picture."""
    picture = DecodedStreamObject()
    picture.set_data(bytes(width * height // 8))
    picture.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image"),
        NameObject("/Width"): NumberObject(width), NameObject("/Height"): NumberObject(height),
        NameObject("/BitsPerComponent"): NumberObject(1), NameObject("/ColorSpace"): NameObject("/DeviceGray"),
    })  # fmt: skip
    named = DictionaryObject({NameObject("/A"): picture.flate_encode()})
    resources = DictionaryObject({NameObject("/XObject"): named})
    return drawn(b"q 500 0 0 500 0 0 cm /A Do Q", Resources=resources)


def nested_pdf() -> bytes:
    """A hundred thousand arrays in one another."""
    return pdf().replace(b"/Contents", b"/Nest " + b"[" * 100_000 + b"]" * 100_000 + b" /Contents", 1)


BOMBS: dict[str, tuple[Callable[[], bytes], str, str, set[str]]] = {
    "a picture of 900 megapixels": (
        lambda: png(30_016, 30_016, depth=1, colour=0),
        "png",
        "examine",
        {"files.too_many_pixels"},
    ),
    "a picture of 60 megapixels": (lambda: png(7_744, 7_744), "png", "examine", {"files.too_complex"}),
    "a sheet scanned at 600 dots per inch": (lambda: png(4_960, 7_040), "png", "examine", {"png"}),
    "a comment of 100 MB": (
        lambda: png(64, 64, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000), 1))),
        "png",
        "examine",
        {"files.damaged", "files.too_complex", "png"},
    ),
    "a photo that says it is huge": (lambda: jpeg(65_000, 65_000), "jpeg", "examine", {"files.too_many_pixels"}),
    "a photo that says it is large": (lambda: jpeg(8_000, 8_000), "jpeg", "examine", {"jpeg"}),
    "an iPhone's photo that says it is huge": (
        wide_heic,
        "heic",
        "examine",
        {"files.too_complex"},
    ),
    "210 MB in a document": (
        lambda: repacked(docx(), {"word/media/a.xml": bytes(210_000_000)}),
        "docx",
        "examine",
        {"files.expands_too_much"},
    ),
    "210 MB in a workbook in a document": (
        lambda: repacked(docx(), {"word/embeddings/a.xlsx": repacked(xlsx(), {"xl/a.xml": bytes(210_000_000)})}),
        "docx",
        "examine",
        {"files.expands_too_much"},
    ),
    "laughs in a document": (
        lambda: repacked(
            docx(), {"word/document.xml": part(docx(), "word/document.xml").replace("<w:document", LAUGHS)}
        ),
        "docx",
        "examine",
        {"files.damaged"},
    ),
    "a document of depths": (
        lambda: repacked(docx(), {"word/document.xml": "<a>" * 500_000 + "</a>" * 500_000}),
        "docx",
        "examine",
        {"files.damaged", "files.too_complex", "files.expands_too_much"},
    ),
    "a text of 200,000 paragraphs": (lambda: repacked(docx(), {"word/document.xml": LONG}), "docx", "text", {"20002"}),
    "arrays in arrays": (nested_pdf, "pdf", "examine", {"files.damaged", "files.too_complex"}),
    "a page of 250 MB": (
        lambda: drawn(b"0 0 m 9 9 l S\n" * 18_000_000),
        "pdf",
        "page",
        {"files.too_complex", "files.damaged"},
    ),
    "a page of six million lines": (
        lambda: drawn(b"0 0 m 99 99 l S\n" * 6_000_000),
        "pdf",
        "page",
        {"files.too_complex", "files.damaged", "True"},
    ),
    "a picture of 900 megapixels on a page": (
        lambda: pictured(30_016, 30_016),
        "pdf",
        "page",
        {"True", "files.too_complex", "files.damaged"},
    ),
    "a page of 200 inches": (
        lambda: drawn(b"", MediaBox=pypdf.generic.RectangleObject((0, 0, 14_400, 14_400))),
        "pdf",
        "page",
        {"True"},
    ),
    "a page without end": (
        lambda: drawn(b"", MediaBox=pypdf.generic.RectangleObject((0, 0, 10**9, 10**9))),
        "pdf",
        "page",
        {"True", "files.damaged", "files.too_complex"},
    ),
}


def measured(content: bytes, kind: str, task: str, folder: Path) -> dict[str, object]:
    path = folder / "bom"
    path.write_bytes(content)
    answered = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path), kind, task],
        capture_output=True, check=True, text=True, env={"PYTHONPATH": str(Path(cchc.__file__).parents[1])},
    )  # fmt: skip
    return json.loads(answered.stdout)


@pytest.mark.crossing
@pytest.mark.parametrize("name", BOMBS)
def test_bombs(name, tmp_path):
    make, kind, task, codes = BOMBS[name]
    found = measured(make(), kind, task, tmp_path)
    assert found["code"] in codes
    assert found["child"] <= 300_000_000
    assert found["cpu"] <= 10


@pytest.mark.long
def test_a_photo_as_telephones_take_it_is_no_bomb(tmp_path):
    """At 50 megapixels."""
    found = measured(image("JPEG", (8_160, 6_120)), "jpeg", "examine", tmp_path)
    assert found["code"] == "jpeg"


def test_limits_are_dated_and_say_that_nobody_has_confirmed_them():
    record = limits._timeline().as_of(date(2026, 11, 23))
    assert record.verification.doubt
    assert limits_on(date(2026, 11, 23)).file_bytes == 20_000_000
