"""The text of a template: what its lines are, what is refused, and that data is never read as text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.documents.blocks import Article, Heading, Items, Paragraph, Resolution, Table
from cchc.documents.blocks import Column as Col
from cchc.documents.text import Run, one_line, plain
from cchc.papers.filling import UNKNOWN, fill, fill_list, fill_sentence, unknown_names
from cchc.papers.texts import LONGEST, Named, parse
from cchc.papers.vocabulary import Vocabulary, Word
from cchc.records.errors import DomainError
from cchc.records.text import LocalText
from cchc.records.words import say_problem

TABLE = Table((Col("Đơn vị"), Col("Hồ sơ", "number")), (("Xã A", 3),))
VOCABULARY = Vocabulary(
    LocalText("Thử", "Trial"),
    (
        Word("unit.name", LocalText("Tên", "Name"), "xã Mẫu"),
        Word("count", LocalText("Số", "Count"), 1214, "number"),
        Word("day", LocalText("Ngày", "Day"), date(2026, 2, 1), "date"),
        Word("parts", LocalText("Các phần", "Parts"), ("Một", "Hai"), "list"),
        Word("rows", LocalText("Bảng", "Table"), TABLE, "table"),
    ),
    lambda unit, day, about: {},
)
SAMPLES = VOCABULARY.samples()
DECISION = """
Thẩm quyền: Chủ tịch {unit.name}
{bases}
Căn cứ kết quả rà soát;
QUYẾT ĐỊNH:
Điều 7. Phê duyệt {count} hồ sơ.
Điều. Thi hành từ {day}.
"""
REPORT = """Kính báo cáo về {unit.name}.
# Kết quả
## Đúng hạn
- Đã giải quyết {count}
- Trễ: không
+ Nguyên nhân
{rows}
## Trễ hạn
{parts}
# Kiến nghị
\\- 5 độ, dấu {{ và }}
"""


def lines(text):
    read = parse(text)
    VOCABULARY.check(read)
    return read


def codes(text):
    with pytest.raises(DomainError) as caught:
        lines(text)
    return [(found.code, found.place.line) for found in caught.value.problems]


def test_whose_proposal_is_followed_is_a_basis_like_others():
    blocks = fill(lines("Căn cứ Luật A\nTheo đề nghị của Hội đồng\nTheo đề nghị, xã báo cáo"), SAMPLES, [])
    assert [(block.style, plain(block.words)) for block in blocks][:2] == [
        ("basis", "Căn cứ Luật A;"), ("basis", "Theo đề nghị của Hội đồng."),
    ]  # fmt: skip
    assert blocks[2].style != "basis"


def test_a_decision_is_made_of_its_parts():
    blocks = fill(lines(DECISION), SAMPLES, ["Căn cứ Luật A", "Căn cứ Nghị định B."])
    kinds = [(type(block).__name__, getattr(block, "style", getattr(block, "number", None))) for block in blocks]
    assert kinds == [
        ("Paragraph", "authority"), ("Paragraph", "basis"), ("Paragraph", "basis"), ("Paragraph", "basis"),
        ("Resolution", None), ("Article", 1), ("Article", 2),
    ]  # fmt: skip
    said = [plain(block.words) for block in blocks if not isinstance(block, Resolution)]
    assert said == [
        "Chủ tịch xã Mẫu", "Căn cứ Luật A;", "Căn cứ Nghị định B;", "Căn cứ kết quả rà soát.",
        "Phê duyệt 1.214 hồ sơ.", "Thi hành từ ngày 01 tháng 02 năm 2026./.",
    ]  # fmt: skip


def test_a_report_numbers_its_headings_and_joins_its_lists():
    blocks = fill(lines(REPORT), SAMPLES)
    assert [plain(block.words) for block in blocks if isinstance(block, Heading)] == [
        "1. Kết quả", "1.1. Đúng hạn", "1.2. Trễ hạn", "2. Kiến nghị",
    ]  # fmt: skip
    items = [(block.mark, [plain(item) for item in block.items]) for block in blocks if isinstance(block, Items)]
    assert items == [
        ("-", ["Đã giải quyết 1.214", "Trễ: không"]), ("+", ["Nguyên nhân"]), ("-", ["Một;", "Hai."]),
    ]  # fmt: skip
    assert TABLE in blocks
    assert blocks[-1] == Paragraph(blocks[-1].words)
    assert plain(blocks[-1].words) == "- 5 độ, dấu { và }./."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("một\n{unit.nam}", [("papers.unknown_name", 2)]),
        ("{unit.name.length}", [("papers.unknown_name", 1)]),
        ("{bases} và {parts}", [("papers.block_in_sentence", 1), ("papers.block_in_sentence", 1)]),
        ("- {rows}", [("papers.block_in_sentence", 1)]),
        ("\nmột {unit.name", [("papers.brace_open", 2)]),
        ("một } hai", [("papers.brace_lonely", 1)]),
        ("{{unit.name}", [("papers.brace_lonely", 1)]),
        ("{{% if x %}}", []),
        ("{1 + 1}", [("papers.not_a_name", 1)]),
        ("{unit.__class__}", [("papers.not_a_name", 1)]),
        ("{Unit.name}", [("papers.not_a_name", 1)]),
        ("{}", [("papers.not_a_name", 1)]),
        ("a\u202eb\nc\x00", [("papers.invisible", 1), ("papers.invisible", 2)]),
        ("x" * (LONGEST + 1), [("papers.text_too_long", None)]),
        ("x" * LONGEST, []),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text, expected):
    if not expected:
        lines(text)
        return
    with pytest.raises(DomainError) as caught:
        lines(text)
    assert [(p.code, p.place.line if p.place else None) for p in caught.value.problems] == expected


def test_a_name_nearly_right_is_suggested():
    with pytest.raises(DomainError) as caught:
        lines("Kính gửi {unit.nmae}")
    said = say_problem(caught.value.problems[0])
    assert "Dòng 1" in said
    assert "unit.name" in said


def test_all_faults_are_told_at_once():
    assert codes("{một}\n}\n{") == [("papers.not_a_name", 1), ("papers.brace_lonely", 2), ("papers.brace_open", 3)]


def test_lines_are_told_apart_by_their_beginning():
    written = ["# a", "## b", "### c", "#d", "- e", "-f", "+ g", "Điều 3. h", "Điều kiện", "Căn cứ x", "Căn cứ", "{y}"]
    kinds = [line.kind for line in parse("\n".join(written))]
    assert kinds == [
        "heading_1", "heading_2", "heading_3", "sentence", "item", "sentence", "subitem", "article", "sentence",
        "basis", "sentence", "block",
    ]  # fmt: skip
    assert parse("{ unit.name }")[0].parts == (Named("unit.name"),)


def test_what_nobody_knows_yet_is_told_and_shown_as_room():
    read = lines("{unit.name} có {count}\n{parts}")
    values = {"unit.name": "xã A", "count": None}
    assert unknown_names(read, values) == ("count", "parts")
    assert plain(fill(read, values)[0].words) == f"xã A có {UNKNOWN}"


def test_a_list_among_addressees_gives_all_its_members():
    read = lines("Như trên\n{parts}\nLưu: VT, {unit.name}")
    assert fill_list(read, SAMPLES) == ("Như trên", "Một", "Hai", "Lưu: VT, xã Mẫu")
    assert fill_sentence(lines("Về {count}\nhồ sơ"), SAMPLES) == "Về 1.214 hồ sơ"


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "{unit.name}", "{{unit.name}}", "# x", "\n# Tiêu đề\n", "- mục", "QUYẾT ĐỊNH:", "Điều 1. Tăng lương",
            "{bases}", "Căn cứ Luật giả", "{% include 'x' %}", "{{ 7*7 }}", "\\", "}", "{", "a\r\nb", "#import \"x\"",
            "<w:p/>", "=1+1",
        ]
    ),
)  # fmt: skip
SHAPE_OF = {"unit.name": "x", "count": 1, "day": date(2026, 1, 1), "parts": ("x", "x"), "rows": TABLE}


def shape(blocks):
    return [
        (type(block).__name__, len(block.items) if isinstance(block, Items) else None, getattr(block, "level", None))
        for block in blocks
    ]


@pytest.mark.requirement(95)
@given(name=HOSTILE, first=HOSTILE, second=HOSTILE, basis=HOSTILE)
def test_words_of_users_never_become_names_or_marks(name, first, second, basis):
    """Whatever is put in: as many blocks, of the same kinds, and the words stand there as they were given."""
    for text in (DECISION, REPORT):
        read = parse(text)
        harmless = fill(read, SHAPE_OF, ["Căn cứ x"])
        hostile = fill(read, SHAPE_OF | {"unit.name": name, "parts": (first, second)}, [basis])
        assert shape(hostile) == shape(harmless)
        opening = next(block for block in hostile if isinstance(block, Paragraph))
        assert Run(one_line(name)) in opening.words


def test_decimals_and_counts_are_written_as_officials_do():
    read = parse("{a} {b}")
    assert fill_sentence(read, {"a": Decimal("83.50"), "b": 45685299}) == "83,5 45.685.299"
    assert isinstance(fill(parse("Điều. x"), {})[0], Article)
