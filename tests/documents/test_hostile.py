"""Whatever people type comes out as it was typed: no format reads it as markup, field, formula or link."""

import re
import unicodedata
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import IndirectObject, NameObject

from cchc.documents.blocks import Article, Band, Code, Column, Field, Heading, Items, Paragraph, Table
from cchc.documents.docx_writing import write_docx
from cchc.documents.fonts import face
from cchc.documents.model import Annex, Document, Issuer, Number, OnBehalf, Signature
from cchc.documents.pdf_writing import missing_characters, write_pdf
from cchc.documents.text import STAND_IN, Run, clean
from cchc.documents.xlsx_writing import write_xlsx
from tests.documents.examples import layout
from tests.documents.reading import (
    W,
    docx_text,
    parts,
    pdf_text,
    poppler_text,
    squeezed,
    xlsx_formulas,
    xlsx_text,
)
from tests.support.examples import share_of_examples

LAYOUT = layout()
PAYLOADS = {
    "typst": '#panic("x") #read("/etc/passwd") $x^2$ \\u{41} \\ @ref <nhãn> // /* */ [a](b) #[x] #{x} ~ -- --- ...',
    "marks": "= Tiêu đề *đậm* _nghiêng_ `mã` 'a' \"b\" https://example.vn/?a=1&b=2 ffi fl \t x \r\n y",
    "xml": "A & B <Đăk> ]]> &amp; &#65; <w:p/> </w:t> <!-- x --> <?x?>",
    "fields": "{ PAGE } { INCLUDETEXT c:/x } MERGEFIELD {{ x }} {% if %} ${x} %s {0} &P &[Page]",
    "letters": "a\u202eb\u200bc\0d\ufeff co\u00adop ≥ 90 □ 😀 漢 Ω Ж ß ŉ",
    "decomposed": unicodedata.normalize("NFD", "Nguyễn Văn Thủy, xã Đăk Tờ Re"),
    "long": f"Ủy ban  nhân   dân {'x' * 90}",
}
FORMULAS = ("=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", '=HYPERLINK("http://x")', "＝1+1", "'=1", "\t=1", "{=1}")
# Letters that run from right to left are set in their own order: no claim is made about extracting them.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]).filter(
        lambda sign: unicodedata.bidirectional(sign) not in {"R", "AL", "AN"}
    ),
    min_size=1,
    max_size=24,
)
MARKUP = st.lists(st.sampled_from([*"#*$@<>\\[]{}_`=-+/~'\"&%;:()|", " ", "ư", "Ế"]), min_size=1, max_size=24).map(
    "".join
)


def paper(text: str) -> Document:
    """A paper with the text in every place where text can stand."""
    table = Table(
        (Column("STT", "centred", 5), Column(text, width=20, under=(text,)), Column("n", "number", is_summed=True)),
        (Band(text), (text, text, 1), (text, None, 2)),
        caption=text,
        note=text,
        total=text,
    )
    return Document(
        kind="form",
        issuer=Issuer(text, superior=text),
        summary=text,
        title=text,
        number=Number(text, 7),
        place=text,
        on=2026,
        codes=(Code("x", text),),
        addressees=(text, text),
        blocks=(
            Heading(text),
            Paragraph((text, Run(text, italic=True), Run(text, bold=True))),
            Items((text,)),
            Article(1, text, (Paragraph(text),)),
            Field(text, text),
            table,
        ),
        signatures=(Signature(text, text, on_behalf=(OnBehalf("KT.", text),), post=text, note=text),),
        recipients=(text, text),
        annexes=(Annex(text, (table,), is_landscape=True),),
        is_draft=True,
        is_sample=True,
    )


def times(text: str, read: str, seen: Callable[[str], str] = str) -> int:
    """How often it stands there, as typed or in capitals; `seen` is what the format can show of it."""
    clean_text = clean(text)
    return sum(squeezed(read).count(squeezed(seen(form))) for form in {clean_text, clean_text.upper()})


def shown(text: str) -> str:
    """What the embedded font can show of it."""
    return "".join(sign if sign.isspace() or face().covers(sign) else STAND_IN for sign in text)


MARK = "7zQ"
SLOTS = times(f"abc{MARK}", docx_text(write_docx(paper(f"abc{MARK}"), LAYOUT)))


def check(text: str, folder: Path | None = None) -> None:
    """Write the paper in every format; look for the text in every slot, and for anything it might have set off."""
    text = f"{text}{MARK}"
    document = paper(text)
    pdf, word, book = (write(document, LAYOUT) for write in (write_pdf, write_docx, write_xlsx))
    assert times(text, docx_text(word)) == SLOTS
    assert times(text, xlsx_text(book)) == SLOTS
    in_pdf = SLOTS - (len(PdfReader(BytesIO(pdf)).pages) - 1)  # the end of a page may fall into one
    assert times(text, pdf_text(pdf), shown) >= in_pdf
    if folder is not None:
        assert times(text, poppler_text(pdf, folder), shown) >= in_pdf
    formulas = xlsx_formulas(book)
    assert [value for _, value in formulas] == ["3", "3"]
    assert all(re.fullmatch(r"SUM\(([A-Z]+)\d+:\1\d+\)", formula) for formula, _ in formulas)
    assert fields_of(word) == ["PAGE"] * 2
    assert not names_in(pdf) & {"/URI", "/JavaScript", "/JS", "/EmbeddedFile", "/Launch"}


def names_in(pdf: bytes) -> set[str]:
    """Every key and name of the objects of a PDF; compressed content, where any bytes occur by chance, left out."""
    reader = PdfReader(BytesIO(pdf))
    left: list[object] = [
        IndirectObject(number, 0, reader).get_object() for number in range(1, reader.trailer["/Size"])
    ]
    found: set[str] = set()
    while left:
        one = left.pop()
        if isinstance(one, dict):
            found |= set(one)
            left += [value for value in one.values() if not isinstance(value, IndirectObject)]
        elif isinstance(one, list):
            left += [value for value in one if not isinstance(value, IndirectObject)]
        elif isinstance(one, NameObject):
            found.add(one)
    return found


def fields_of(word: bytes) -> list[str | None]:
    """Every instruction of a field in any part; links and foreign content counted too."""
    read = parts(word, "word/document", "word/header", "word/footer").values()
    found = [element.text for part in read for element in part.iter(f"{W}instrText")]
    for name in ("hyperlink", "altChunk", "fldSimple"):
        found += [element.tag for part in read for element in part.iter(W + name)]
    return found


@pytest.mark.crossing
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.requirement(126)
def test_a_hostile_text_comes_out_as_it_was_typed(payload, tmp_path):
    check(payload, tmp_path)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_stays_text(text):
    book = write_xlsx(paper(text), LAYOUT)
    assert len(xlsx_formulas(book)) == 2
    assert clean(text) in xlsx_text(book).splitlines()


@given(st.one_of(TEXTS, MARKUP))
@settings(max_examples=share_of_examples(0.12))
@pytest.mark.requirement(126)
@pytest.mark.long
def test_any_text_comes_out_as_it_was_typed(text):
    check(text)


@given(TEXTS)
def test_what_the_font_lacks_is_named(text):
    lacking = missing_characters(text)
    assert set(lacking) == {sign for sign in text if sign != "\n" and not face().covers(sign)}
    assert len(set(lacking)) == len(lacking)


def test_decomposed_letters_are_composed_and_invisible_ones_shown():
    assert clean(unicodedata.normalize("NFD", "Ủy ban xã Đăk Tờ Re")) == "Ủy ban xã Đăk Tờ Re"
    assert clean("a\u202eb\u200b") == f"a{STAND_IN}b{STAND_IN}"
    assert clean("a\r\nb\rc\td\u00ade") == "a\nb\nc de"
