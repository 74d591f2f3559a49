"""The three formats of one paper: same text, same bytes every time, the page as the decree wants it."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from pypdf import PdfReader

from cchc.documents.blocks import Column, Paragraph, Table
from cchc.documents.docx_writing import write_docx
from cchc.documents.fonts import FOLDER
from cchc.documents.model import Document, Issuer, Number, Signature
from cchc.documents.pdf_writing import write_pdf
from cchc.documents.skeletons import letter
from cchc.documents.xlsx_writing import write_xlsx
from tests.documents.examples import OFFICE, PAPERS, a_decision, a_long_annex, a_slip, layout, results, some_minutes
from tests.documents.kon_ray import kon_ray_report
from tests.documents.reading import W, docx_text, parts, pdf_text, poppler_text, squeezed, xlsx_formulas, xlsx_text
from tests.support import programs

LAYOUT = layout()
WRITERS = {"pdf": write_pdf, "docx": write_docx, "xlsx": write_xlsx}
TINOS_FOR_TIMES = """\
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{cache}/cache</cachedir><match target="pattern">
<test name="family"><string>Times New Roman</string></test>
<edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit>
</match></fontconfig>
"""
POINTS_PER_MM = 72 / 25.4
ALL = PAPERS | {"report": kon_ray_report}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.requirement(94, 126)
def test_all_formats_say_the_same(name):
    paper = ALL[name]()
    texts = docx_text(write_docx(paper, LAYOUT)).splitlines()
    pdf, book = (squeezed(text) for text in (pdf_text(write_pdf(paper, LAYOUT)), xlsx_text(write_xlsx(paper, LAYOUT))))
    assert [line for line in texts if squeezed(line) not in pdf] == []
    figure = re.compile(r"-?[\d.]+(,\d+)?|\d\d/\d\d/\d{4}")
    assert [line for line in texts if squeezed(line) not in book and not figure.fullmatch(line)] == []


@pytest.mark.parametrize("name", ["decision", "slip"])
@pytest.mark.parametrize("format", WRITERS)
def test_the_same_paper_is_the_same_bytes(name, format):
    assert WRITERS[format](ALL[name](), LAYOUT) == WRITERS[format](ALL[name](), LAYOUT)


@pytest.mark.requirement(94)
def test_a_pdf_is_tagged_archivable_and_names_itself():
    reader = PdfReader(BytesIO(write_pdf(a_decision(), LAYOUT)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi-VN"
    about = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in about
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert reader.metadata.title == (
        "Quyết định 07/QĐ-UBND Về việc phê duyệt kết quả xác định Chỉ số cải cách hành chính năm 2025"
    )
    assert reader.metadata.author == "Ủy ban nhân dân tỉnh Quảng Ngãi"


def structure(node) -> list[str]:
    """The kinds of all tagged elements, in reading order."""
    node = node.get_object()
    children = node.get("/K", []) if hasattr(node, "get") else []
    inner = [found for child in (children if isinstance(children, list) else [children]) for found in structure(child)]
    return [*([node["/S"]] if hasattr(node, "get") and "/S" in node else []), *inner]


def test_readers_that_speak_find_headings_tables_and_pictures():
    found = structure(PdfReader(BytesIO(write_pdf(some_minutes(), LAYOUT))).trailer["/Root"]["/StructTreeRoot"])
    assert [kind for kind in found if re.fullmatch(r"/H\d", kind)] == ["/H1", "/H2", "/H2", "/H3"]
    assert found.count("/Table") == 1
    assert found.count("/TH") == len(results().columns) + 1
    slip = structure(PdfReader(BytesIO(write_pdf(a_slip(), LAYOUT))).trailer["/Root"]["/StructTreeRoot"])
    assert slip.count("/Figure") == 2


@pytest.mark.requirement(94)
def test_pages_are_numbered_from_the_second_and_annexes_by_themselves():
    pages = PdfReader(BytesIO(write_pdf(a_long_annex(120), LAYOUT))).pages
    numbers = [page.extract_text().splitlines()[0] for page in pages]
    assert numbers[0] != "1" and numbers[1] == "Phụ lục"
    assert numbers[2:] == [str(at) for at in range(2, len(pages))]
    assert all("Số ngày trễ" in page.extract_text() for page in pages[1:])


@pytest.mark.parametrize(
    ("make", "sizes"), [(a_slip, [(148, 210)]), (a_decision, [(210, 297), (297, 210), (210, 297)])]
)
def test_pages_have_the_size_of_their_paper(make, sizes):
    boxes = [page.mediabox for page in PdfReader(BytesIO(write_pdf(make(), LAYOUT))).pages]
    assert [(round(box.width / POINTS_PER_MM), round(box.height / POINTS_PER_MM)) for box in boxes] == sizes


@pytest.mark.requirement(94)
def test_text_keeps_the_margins_of_the_decree(tmp_path):
    file = tmp_path / "p.pdf"
    file.write_bytes(write_pdf(kon_ray_report(), LAYOUT))
    words = programs.run("pdftotext", "-bbox", "-f", "1", "-l", "1", str(file), "-").decode()
    places = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', words)
    boxes = [[float(at) / POINTS_PER_MM for at in place] for place in places]
    below_header = [place for place in boxes if place[1] > 18]
    assert 29.9 <= min(place[0] for place in below_header) < 32
    assert max(place[2] for place in below_header) <= 195.1
    assert 19.9 <= min(place[1] for place in below_header) < 22
    assert max(place[3] for place in below_header) <= 277.1


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize(("is_draft", "is_sample"), [(True, True), (True, False), (False, True), (False, False)])
def test_drafts_and_samples_are_marked_on_every_page(format, is_draft, is_sample):
    paper = Document("report", OFFICE, blocks=(Paragraph("x"),), is_draft=is_draft, is_sample=is_sample)
    content = WRITERS[format](paper, LAYOUT)
    if format == "pdf":
        text = pdf_text(content)
    else:
        found = parts(content, "word/header", "xl/worksheets/sheet").values()
        text = "\n".join("".join(element.itertext()) for element in found)
        assert format != "docx" or text.count("BẢN NHÁP") == 2 * is_draft  # the first page has its own header
    assert ("BẢN NHÁP" in text, "DỮ LIỆU MẪU" in text) == (is_draft, is_sample)


@pytest.mark.parametrize(
    ("number", "on", "expected"),
    [
        (Number("BC-HĐ", 1), date(2022, 12, 1), ("Số: 01/BC-HĐ", "Kon Rẫy, ngày 01 tháng 12 năm 2022")),
        (Number("BC-HĐ", 10), date(2022, 2, 9), ("Số: 10/BC-HĐ", "Kon Rẫy, ngày 09 tháng 02 năm 2022")),
        (Number("BC-HĐ"), 2022, ("Số: ______/BC-HĐ", "Kon Rẫy, ngày______tháng______năm 2022")),
        (Number("BC-HĐ"), None, ("Số: ______/BC-HĐ", "Kon Rẫy, ngày______tháng______năm______")),
    ],
)
@pytest.mark.requirement(94)
def test_a_draft_leaves_room_for_number_and_date(number, on, expected):
    paper = Document("report", OFFICE, number=number, place="Kon Rẫy", on=on)
    lines = [line.replace("\u00a0", "_") for line in docx_text(write_docx(paper, LAYOUT)).splitlines()]
    assert set(expected) <= set(lines)


def test_word_finds_one_font_repeating_heads_and_pages_that_begin_anew():
    word = parts(write_docx(a_decision(), LAYOUT), "word/")
    fonts = {
        value for part in word.values() for element in part.iter(f"{W}rFonts") for value in element.attrib.values()
    }
    assert fonts - {"minorHAnsi", "minorEastAsia", "minorBidi"} == {"Times New Roman"}
    body = word["word/document.xml"]
    assert [section.find(f"{W}pgNumType").get(f"{W}start") for section in body.iter(f"{W}sectPr")] == ["1"] * 3
    assert len(list(body.iter(f"{W}tblHeader"))) == 2
    assert [level.get(f"{W}val") for level in body.iter(f"{W}outlineLvl")] == ["0"] * 3


@pytest.mark.requirement(94, 126)
@pytest.mark.long
def test_libreoffice_opens_every_docx_and_reads_all_of_it(tmp_path):
    for name, make in ALL.items():
        (tmp_path / f"{name}.docx").write_bytes(write_docx(make(), LAYOUT))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = sorted(map(str, tmp_path.glob("*.docx")))
    convert = ("--headless", "--convert-to", "pdf", "--outdir", str(tmp_path))
    (tmp_path / "fonts.conf").write_text(TINOS_FOR_TIMES.format(folder=FOLDER, cache=tmp_path), encoding="utf-8")
    fonts = {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    programs.run("soffice", profile, *convert, *files, variables=fonts)
    for name, make in ALL.items():
        read = poppler_text((tmp_path / f"{name}.pdf").read_bytes(), tmp_path)
        lost = Counter(docx_text(write_docx(make(), LAYOUT)).split()) - Counter(read.split())
        assert not lost, name
        listed = programs.run("pdffonts", str(tmp_path / f"{name}.pdf")).decode().splitlines()[2:]
        assert [line for line in listed if "+Tinos" not in line.split()[0]] == [], name


@pytest.mark.requirement(126)
def test_totals_are_live_and_hold_what_is_printed():
    book = write_xlsx(a_decision(), LAYOUT)
    assert [value for _, value in xlsx_formulas(book)] == ["352", "47771", "20", "1024111.75"]
    sheet = openpyxl.load_workbook(BytesIO(book))["Phụ lục I"]
    for (formula, value), row in zip(xlsx_formulas(book), [sheet.max_row] * 4, strict=True):
        letters, first, last = re.fullmatch(r"SUM\(([A-Z]+)(\d+):\1(\d+)\)", formula).groups()
        cells = [sheet[f"{letters}{at}"].value for at in range(int(first), int(last) + 1)]
        assert sum(Decimal(str(cell)) for cell in cells if isinstance(cell, int | float)) == Decimal(value)
        assert sheet[f"{letters}{int(last) + 1}"].value == f"={formula}"
        assert int(last) + 1 <= row


@pytest.mark.requirement(126)
def test_a_sheet_prints_on_its_paper_with_a_repeating_head():
    sheet = openpyxl.load_workbook(BytesIO(write_xlsx(a_long_annex(60), LAYOUT)))["Phụ lục"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        9,
        "portrait",
        0,
    )
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "STT")
    assert sheet.print_title_rows == f"${head}:${head}"
    slip = openpyxl.load_workbook(BytesIO(write_xlsx(a_slip(), LAYOUT))).worksheets[0]
    assert slip.page_setup.paperSize == 11
    assert slip.print_title_rows is None
    annex = openpyxl.load_workbook(BytesIO(write_xlsx(a_decision(), LAYOUT)))["Phụ lục I"]
    assert (annex.page_setup.orientation, annex.page_setup.useFirstPageNumber) == ("landscape", True)


@pytest.mark.parametrize("format", WRITERS)
def test_empty_parts_leave_nothing_behind(format):
    paper = Document("report", Issuer(""), summary="", blocks=(Paragraph(""), Table((Column(""),), ())), place="")
    assert WRITERS[format](paper, LAYOUT)


@pytest.mark.parametrize("paragraphs", range(24, 34))
def test_no_signature_stands_alone_on_a_page(paragraphs):
    """Whatever the length of the text, its last line is on the page of the signature."""
    blocks = (*(Paragraph("Một dòng.") for _ in range(paragraphs)), Paragraph("Dòng cuối./."))
    paper = Document("report", OFFICE, blocks=blocks, signatures=(Signature("Giám đốc", "Hồ Xuân Hương"),))
    pages = [page.extract_text() for page in PdfReader(BytesIO(write_pdf(paper, LAYOUT))).pages]
    assert ["Dòng cuối" in page for page in pages] == ["Hồ Xuân Hương" in page for page in pages]
    body = parts(write_docx(paper, LAYOUT), "word/document.xml")["word/document.xml"][0]
    at = next(at for at, element in enumerate(body) if "Dòng cuối" in "".join(element.itertext()))
    assert [body[step].find(f".//{W}keepNext") is not None for step in (at, at + 1)] == [True, True]
    assert body[at + 2].tag == f"{W}tbl"


def test_a_letter_says_what_it_is_about_under_its_number():
    lines = docx_text(write_docx(PAPERS["letter"](), LAYOUT)).split("\n")
    at = lines.index("Số: 128/SNV-CCHC")
    assert squeezed("".join(lines[at : at + 3])).startswith(
        squeezed("Số: 128/SNV-CCHC V/v đôn đốc giải quyết hồ sơ thủ tục hành chính quá hạn")
    )
    assert letter("a", closing="Trân trọng./.")[-1] == Paragraph("Trân trọng./.")


def test_files_are_small():
    sizes = {name: len(write(kon_ray_report(), LAYOUT)) for name, write in WRITERS.items()}
    assert sizes["pdf"] < 150_000 and sizes["docx"] < 30_000 and sizes["xlsx"] < 30_000
