"""What is accepted, as what, and what is refused for which reason: through the real child process."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from cchc.files.receiving import received
from cchc.records.errors import DomainError
from tests.files.samples import docx, has_position, heic, image, part, pdf, photo, related, repacked, xlsx

TODAY = date(2026, 11, 23)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
TEMPLATE = "attachedTemplate"


def code_of(content: bytes, name: str = "tệp") -> str:
    """`kind` when it is accepted, else the code of the refusal."""
    try:
        with received(BytesIO(content), name, TODAY) as upload:
            return upload.kind
    except DomainError as error:
        return error.code


def kept(content: bytes) -> tuple[bytes, str]:
    with received(BytesIO(content), "tệp", TODAY) as upload:
        return upload.path.read_bytes(), upload.kind


def word(old: str, new: str, name: str = "word/document.xml") -> bytes:
    return repacked(docx(), {name: part(docx(), name).replace(old, new, 1)})


RED = Image.new("RGB", (64, 48), "red")
ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document'
HOME = "file:///C:\\Users\\a\\Normal.dotm"
FIELD = "<w:p><w:r><w:instrText>DD</w:instrText></w:r><w:r><w:instrText>EAUTO c:\\\\cmd</w:instrText></w:r></w:p>"
ACCEPTED = {
    "a PDF": (lambda: pdf(3), "bao-cao.pdf", "pdf"),
    "a document": (docx, "Báo cáo.DOCX", "docx"),
    "a workbook": (xlsx, "bang.xlsx", "xlsx"),
    "a photo": (photo, "IMG_1.JPG", "jpeg"),
    "a photo under another image's name": (photo, "IMG_1.png", "jpeg"),
    "a picture": (lambda: image("PNG"), "anh.png", "png"),
    "a picture in black and white": (lambda: image("PNG", mode="1"), "anh.png", "png"),
    "a picture with a palette": (lambda: image("PNG", mode="P"), "anh.png", "png"),
    "a picture from a messenger": (lambda: image("WEBP"), "anh.webp", "jpeg"),
    "a transparent picture from a messenger": (lambda: image("WEBP", mode="RGBA", lossless=True), "a.webp", "png"),
    "a photo of an iPhone": (heic, "IMG_2.HEIC", "jpeg"),
    "printing colours": (lambda: image("JPEG", mode="CMYK"), "a.jpg", "jpeg"),
    "a name without an extension": (pdf, "báo cáo", "pdf"),
    "a number behind a point": (pdf, "báo cáo 1.5", "pdf"),
    "a template at home": (lambda: related(docx(), TEMPLATE, HOME, outside=True), "a.docx", "docx"),
    "a link to a page": (lambda: related(docx(), "hyperlink", "https://example.vn/", outside=True), "a.docx", "docx"),
    "a chart with its workbook": (lambda: repacked(docx(), {"word/embeddings/Sheet1.xlsx": xlsx()}), "a.docx", "docx"),
    "a PDF that everybody may open": (lambda: pdf(password=""), "a.pdf", "pdf"),
}
REFUSED = {
    "nothing": (lambda: b"", "a.pdf", "files.empty"),
    "text": (lambda: b"xin chao", "a.pdf", "files.unknown_kind"),
    "a page": (lambda: b"<html><script>alert(1)</script>", "a.pdf", "files.unknown_kind"),
    "a drawing with script": (
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload=x()>",
        "a.png",
        "files.unknown_kind",
    ),
    "a program": (lambda: b"MZ\x90\0" + b"\0" * 99, "a.pdf", "files.unknown_kind"),
    "an old document": (lambda: OLE, "a.doc", "files.old_office"),
    "an archive": (lambda: b"Rar!\x1a\x07\0", "a.rar", "files.packed"),
    "a ZIP archive": (
        lambda: repacked(docx(), {"a.pdf": pdf()}, without=("[Content_Types].xml", "word/document.xml")),
        "a.zip",
        "files.packed",
    ),
    "a GIF": (lambda: image("GIF"), "a.gif", "files.unknown_kind"),
    "a PDF called a picture": (pdf, "a.png", "files.wrong_extension"),
    "a picture called a PDF": (photo, "a.pdf", "files.wrong_extension"),
    "a PDF called a program": (pdf, "a.pdf.exe", "files.wrong_extension"),
    "a hidden ending": (pdf, "a\u202efdp.exe", "files.wrong_extension"),
    "a document called one with macros": (docx, "a.docm", "files.wrong_extension"),
    "a workbook called a document": (xlsx, "a.docx", "files.wrong_extension"),
    "a PDF cut off": (lambda: pdf()[:-40], "a.pdf", "files.damaged"),
    "a PDF with something behind it": (lambda: pdf() + b"MZ", "a.pdf", "files.damaged"),
    "a PDF without pages": (lambda: pdf(0), "a.pdf", "files.damaged"),
    "a PDF that is an archive too": (lambda: pdf() + docx()[:-2] + b"\x08\0\n%%EOF\n\n", "a.pdf", "files.two_kinds"),
    "a locked PDF": (lambda: pdf(password="x"), "a.pdf", "files.locked"),
    "a script": (lambda: pdf(action="/JavaScript"), "a.pdf", "files.active_content"),
    "a script under a disguised name": (lambda: pdf(action="/J#61vaScript"), "a.pdf", "files.active_content"),
    "a started program": (lambda: pdf(action="/Launch"), "a.pdf", "files.active_content"),
    "a program inside": (lambda: pdf(attached=True), "a.pdf", "files.attached_inside"),
    "an image cut off": (lambda: photo()[:-60], "a.jpg", "files.damaged"),
    "a picture cut off": (lambda: image("PNG", (200, 200), mode="RGBA")[:-40], "a.png", "files.damaged"),
    "a moving picture": (lambda: image("PNG", save_all=True, append_images=[RED]), "a.png", "files.moving_image"),
    "an archive with something before it": (lambda: b"PK\x03\x04junk" + docx(), "a.docx", "files.damaged"),
    "an archive with something behind it": (lambda: docx() + b"MZ", "a.docx", "files.damaged"),
    "an archive that is a PDF too": (
        lambda: repacked(b"PK\x05\x06" + b"\0" * 18, {"%PDF-1.7": b""}),
        "a.docx",
        "files.two_kinds",
    ),
    "document and workbook at once": (
        lambda: repacked(docx(), {"xl/workbook.xml": "<a/>"}),
        "a.docx",
        "files.two_kinds",
    ),
    "macros": (lambda: repacked(docx(), {"word/vbaProject.bin": "x"}), "a.docx", "files.macros"),
    "macros under another name": (
        lambda: related(docx(), "vbaProject", "a.bin", outside=False),
        "a.docx",
        "files.macros",
    ),
    "macro sheets": (lambda: repacked(xlsx(), {"xl/macrosheets/sheet1.xml": "<a/>"}), "a.xlsx", "files.macros"),
    "macros by type": (
        lambda: word("document.main+xml", "document.macroEnabled.main+xml", "[Content_Types].xml"),
        "a.docx",
        "files.macros",
    ),
    "a field that starts a program": (lambda: word("<w:sectPr", FIELD + "<w:sectPr"), "a.docx", "files.macros"),
    "an object of another program": (
        lambda: repacked(docx(), {"word/embeddings/oleObject1.bin": OLE}),
        "a.docx",
        "files.hidden_object",
    ),
    "a control": (lambda: related(docx(), "control", "activeX1.xml", outside=False), "a.docx", "files.hidden_object"),
    "a document in a workbook in a document": (
        lambda: repacked(docx(), {"word/embeddings/a.xlsx": repacked(xlsx(), {"xl/embeddings/a.docx": docx()})}),
        "a.docx",
        "files.hidden_object",
    ),
    "macros in a workbook in a document": (
        lambda: repacked(docx(), {"word/embeddings/a.xlsx": repacked(xlsx(), {"xl/vbaProject.bin": "x"})}),
        "a.docx",
        "files.macros",
    ),
    "a template from elsewhere": (
        lambda: related(docx(), TEMPLATE, "https://evil.example/a.dotm", outside=True),
        "a.docx",
        "files.remote_parts",
    ),
    "a template from a share": (
        lambda: related(docx(), TEMPLATE, "\\\\evil.example\\a\\b.dotm", outside=True),
        "a.docx",
        "files.remote_parts",
    ),
    "an external entity": (lambda: word("<w:document", ENTITY), "a.docx", "files.damaged"),
    "two parts of one name": (lambda: repacked(docx(), {"WORD/document.xml": "<a/>"}), "a.docx", "files.damaged"),
    "a part that leads out": (lambda: repacked(docx(), {"../a.xml": "<a/>"}), "a.docx", "files.damaged"),
    "a document that is no XML": (
        lambda: repacked(docx(), {"word/document.xml": "<w:document"}),
        "a.docx",
        "files.damaged",
    ),
}


@pytest.mark.crossing
@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name):
    make, called, kind = ACCEPTED[name]
    assert code_of(make(), called) == kind


@pytest.mark.crossing
@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    make, called, code = REFUSED[name]
    assert code_of(make(), called) == code


@pytest.mark.parametrize(("make", "size"), [(photo, (48, 64)), (heic, (64, 48))])
def test_images_are_made_anew_upright_and_without_their_place(make, size):
    assert has_position(make())
    content, kind = kept(make())
    assert kind == "jpeg"
    assert not has_position(content)
    with Image.open(BytesIO(content)) as picture:
        assert picture.size == size


def test_what_is_hidden_behind_or_in_an_image_is_gone():
    hidden = b"<script>alert(1)</script>PK\x03\x04"
    comment = image("JPEG", comment=hidden)
    for content in (photo() + hidden, comment):
        assert hidden in content
        assert hidden not in kept(content)[0]


def test_large_images_are_reduced():
    content, _ = kept(image("PNG", (4000, 100)))
    with Image.open(BytesIO(content)) as picture:
        assert picture.size[0] == 3500


def test_pdf_and_office_files_are_kept_to_the_byte():
    assert kept(pdf(2))[0] == pdf(2)
    assert kept(docx())[0] == docx()
