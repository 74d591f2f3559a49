"""The layout is dated, sourced data; what contradicts itself is refused with its line."""

import hashlib
import re
from datetime import date
from fractions import Fraction

import pytest
from PIL import ImageFont

from cchc.documents.fonts import FOLDER, face
from cchc.documents.layout import layout_on, load
from cchc.records.errors import DomainError
from tests.documents.examples import layout
from tests.support import rooms

FILE = rooms.SOURCE / "documents" / "layouts.yaml"
WORDS = "Độc lập - Tự do - Hạnh phúc; KHUYẾT; 45.685.299 ≥ 87,2 %"


@pytest.mark.requirement(94)
def test_the_layout_in_force_has_a_source_and_says_that_nobody_has_checked_it():
    found = layout_on(date(2022, 12, 1))
    assert found.source.document == "Nghị định 30/2020/NĐ-CP"
    assert not found.verification.verified
    assert found.verification.doubt


def test_before_the_decree_there_is_no_layout():
    with pytest.raises(DomainError, match=r"records\.not_in_force"):
        layout_on(date(2020, 3, 4))
    assert layout_on(date(2020, 3, 5)).value.id == "nd-30-2020"


@pytest.mark.parametrize(
    ("written", "changed", "code"),
    [
        ("left: {from: 30, to: 35, use: 30}", "left: {from: 30, to: 35, use: 29}", "documents.outside_range"),
        ("left: {from: 30, to: 35, use: 30}", "left: {from: 30, to: 35, use: 36}", "documents.outside_range"),
        ("left: {from: 30, to: 35, use: 30}", "left: {from: 30, to: 35, use: 35}", None),
        ("      superior:", "      superiour:", "records.missing_key"),
        ("bold: true, capitals: true", "bold: yes, capitals: true", "records.not_one_of"),
        ("align: justify", "align: full", "records.not_one_of"),
        ("    source: {", "    sauce: {", "records.missing_key"),
        ("    verified: {no:", "    verified: {yes:", "records.missing_key"),
    ],
)
def test_a_layout_that_contradicts_itself_is_refused_with_its_line(written, changed, code):
    text = FILE.read_text(encoding="utf-8")
    assert written in text
    changed_text = text.replace(written, changed, 1)
    if code is None:
        assert load(changed_text.encode(), "l.yaml").records
        return
    with pytest.raises(DomainError) as refused:
        load(changed_text.encode(), "l.yaml")
    assert refused.value.code == code
    assert refused.value.problems[0].place.line


@pytest.mark.parametrize(
    ("kind", "body", "symbol"), [("report", "HĐ", "BC-HĐ"), ("decision", "UBND", "QĐ-UBND"), ("letter", "SNV", "SNV")]
)
@pytest.mark.requirement(94)
def test_a_symbol_is_the_kind_and_the_body(kind, body, symbol):
    assert layout().symbol(kind, body) == symbol


@pytest.mark.parametrize("style", ["Regular", "Bold", "Italic", "BoldItalic"])
def test_the_font_is_the_one_that_was_published(style):
    written = (FOLDER / "VERSIONS.txt").read_text(encoding="utf-8")
    name = f"Tinos-{style}.ttf"
    (known,) = re.findall(rf"^([0-9a-f]{{64}})  {name}$", written, re.MULTILINE)
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == known


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("italic", [False, True])
def test_text_is_as_wide_as_another_reader_of_the_font_says(bold, italic):
    name = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
    font = ImageFont.truetype(FOLDER / f"Tinos-{name[bold, italic]}.ttf", 2048, layout_engine=ImageFont.Layout.BASIC)
    ours = face(bold=bold, italic=italic)
    kerned = sum(font.getlength(sign) for sign in WORDS)  # one by one: the measure leaves kerning out
    assert ours.width(WORDS, Fraction(72)) == Fraction(int(kerned), 2048) * Fraction(254, 10)


def test_lines_break_at_spaces_and_no_line_is_wider_than_the_room():
    look, size, room = face(), Fraction(14), Fraction(60)
    text = "Kết quả kiểm tra, đánh giá, chấm điểm công tác\ncải cách hành chính đối với UBND các xã"
    for lines in (look.lines(text, size, room), look.balanced(text, size, room)):
        assert all(look.width(line, size) <= room for line in lines)
        assert " ".join(lines) == text.replace("\n", " ")
    assert len(look.balanced(text, size, room)) == len(look.lines(text, size, room))


def test_balanced_lines_leave_no_word_alone():
    text = "Ủy ban nhân dân tỉnh Quảng Ngãi".upper()
    look, size, room = face(), Fraction(12), Fraction(69)
    assert look.lines(text, size, room)[-1] == "NGÃI"
    assert look.balanced(text, size, room) == ("ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NGÃI")
    assert look.balanced("Một từdàihơnchỗtrống", size, Fraction(5)) == ("Một", "từdàihơnchỗtrống")
