"""Files for tests, made here: PDF, DOCX, XLSX, images, and what hostile people would send."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO

import openpyxl
import pi_heif
import pypdf
from docx import Document
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

TEXT = "Báo cáo số 45/BC-UBND của xã Đắk Rơ Wa, Nguyễn Văn Thủy ký."
_GPS, _ORIENTATION, _LYING = 0x8825, 0x0112, 6
# 64 × 48, red with a green corner, Exif with a position; made by heif-enc from a picture of these tests.
_HEIC = """
AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAeFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAA
AAAAACAAAAEGlkYXQAAAAAAEAAMAAAAExpbG9jAQAAAERAAAMAAQAAAAAAAAIFAAEAAAAAAAAAOwACAAEAAAAAAAAAAQAAAAAAAAAIAAMAAAAA
AAACQAABAAAAAAAAAKQAAABNaWluZgAAAAAAAwAAABVpbmZlAgAAAQABAABodmMxAAAAABVpbmZlAgAAAAACAABncmlkAAAAABVpbmZlAgAAAQ
ADAABFeGlmAAAAANVpcHJwAAAAs2lwY28AAABzaHZjQwEDcAAAAAAAAAAAAB7wAPz9+PgAAA8DIAABABhAAQwB//8DcAAAAwCQAAADAAADAB66
AkAhAAEAJ0IBAQNwAAADAJAAAAMAAAMAHqAggQWW6uSmubAgAAADACAAAAMAISIAAQAGRAHBc8CJAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAUaX
NwZQAAAAAAAABAAAAAMAAAABBwaXhpAAAAAAMICAgAAAAaaXBtYQAAAAAAAAACAAECgQIAAgIDhAAAAChpcmVmAAAAAAAAAA5kaW1nAAIAAQAB
AAAADmNkc2MAAwABAAIAAADnbWRhdAAAADcoAa9YtAF7pCW7/xB/6vf+zxl45dK/wE+hZHgtJBQGXOkD/7FNXUlbkDj2K0e/qJ0vcTP2VTBVAA
AAAE1NACoAAAAIAAMBDwACAAAABwAAADIBEgADAAAAAQAGAACIJQAEAAAAAQAAADoAAAAAU2FtcGxlAAAABAABAAIAAAACTgAAAAACAAUAAAAD
AAAAcAADAAIAAAACRQAAAAAEAAUAAAADAAAAiAAAAAAAAAAOAAAAAQAAABUAAAABAAAAHgAAAAEAAABsAAAAAQAAAAAAAAABAAAABQAAAAE=
"""


@cache
def pdf(pages: int = 1, **more: object) -> bytes:
    """Blank pages with a line of text each; `action`, `attached`, `password` make it another."""
    writer = pypdf.PdfWriter()
    for number in range(pages):
        page = writer.add_blank_page(595, 842)
        fonts = DictionaryObject({NameObject("/F1"): _FONT})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content = pypdf.generic.DecodedStreamObject()
        content.set_data(f"BT /F1 24 Tf 72 700 Td (Page {number + 1} of 45) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(content)
    if "attached" in more:
        writer.add_attachment("a.exe", b"MZ")
    if "action" in more:
        what = TextStringObject("app.alert(1)")
        action = DictionaryObject(
            {NameObject("/S"): NameObject(str(more["action"])), NameObject("/F"): what, NameObject("/JS"): what}
        )
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)
    if "password" in more:
        writer.encrypt(str(more["password"]), algorithm="AES-256")
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


_FONT = DictionaryObject({
    NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
    NameObject("/BaseFont"): NameObject("/Helvetica"),
})  # fmt: skip


@cache
def docx(text: str = TEXT) -> bytes:
    document = Document()
    document.add_paragraph(text)
    document.add_table(1, 2).rows[0].cells[1].text = "Ô bảng"
    target = BytesIO()
    document.save(target)
    return target.getvalue()


@cache
def xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Đơn vị", 87.2])
    book.active.append([TEXT, None, "=1+1"])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def image(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object) -> bytes:
    """A picture with one corner in another colour."""
    target = BytesIO()
    picture = Image.new(mode, size, 0)
    picture.paste(1 if mode == "1" else "white" if mode != "P" else 3, (0, 0, size[0] // 2, size[1] // 2))
    picture.save(target, kind, **options)
    return target.getvalue()


def photo() -> bytes:
    """As a telephone takes it: lying, with the place in it."""
    exif = Image.Exif()
    exif[_ORIENTATION] = _LYING
    position = exif.get_ifd(_GPS)
    position[1], position[2], position[3], position[4] = "N", (14.0, 21.0, 30.0), "E", (108.0, 0.0, 5.0)
    return image(exif=exif)


def heic() -> bytes:
    return base64.b64decode(_HEIC)


def has_position(content: bytes) -> bool:
    pi_heif.register_heif_opener()
    with Image.open(BytesIO(content)) as opened:
        return bool(opened.getexif().get_ifd(_GPS)) or bool(opened.info.get("exif"))


def repacked(content: bytes, parts: Mapping[str, str | bytes], *, without: tuple[str, ...] = ()) -> bytes:
    """An Office package with parts added or replaced."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts and name not in without:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return target.getvalue()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def related(content: bytes, kind: str, target: str, *, outside: bool) -> bytes:
    """A document whose main part leads somewhere."""
    rels = "word/_rels/document.xml.rels"
    mode = ' TargetMode="External"' if outside else ""
    link = (
        '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'{kind}" Target="{target}"{mode}/></Relationships>'
    )
    return repacked(content, {rels: part(content, rels).replace("</Relationships>", link)})
