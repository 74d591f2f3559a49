"""Section 1 of the council's report for Kon Rẫy 2022, drafted from the figures: as printed but for what was wrong."""

import pytest

from cchc.documents.docx_writing import write_docx
from tests.documents.examples import layout
from tests.documents.kon_ray import checked_table, kon_ray_report
from tests.documents.reading import docx_text

PRINTED = """\
1. Kết quả số điểm đạt được của các xã, thị trấn
1.1. UBND thị trấn Đăk Rve:
- Tổng số điểm các tiêu chí, tiêu chí thành phần đơn vị tự chấm: 83,5/97 điểm.
- {appraised}: 75,42/94 điểm {attached}.
- Chỉ số cải cách hành chính của đơn vị: 80,23; xếp loại Tốt.
"""
PNE = """\
1.5. UBND xã Đăk Pnê:
- Tổng số điểm các tiêu chí, tiêu chí thành phần đơn vị tự chấm: 87,5/100 điểm.
- {appraised}: 79,63/94 điểm {attached}.
- Chỉ số cải cách hành chính của đơn vị: 84,71; xếp loại Tốt.
"""
WORDS = {
    "appraised": (
        "Tổng số điểm các tiêu chí, tiêu chí thành phần sau khi Hội đồng thẩm định và kiểm tra thực tế tại đơn vị"
    ),
    "attached": "(có bảng tổng hợp và biên bản kèm theo)",
}


@pytest.fixture(scope="module")
def text() -> str:
    """The draft as Word reads it."""
    return docx_text(write_docx(kon_ray_report(), layout()))


@pytest.mark.requirement(94, 98, 99, 101, 103)
@pytest.mark.parametrize("part", [PRINTED, PNE])
def test_each_unit_has_its_three_lines(text, part):
    assert part.format(**WORDS) in text


@pytest.mark.requirement(104)
def test_the_index_that_the_council_printed_wrong_is_right(text):
    (pne,) = (row for row in checked_table().rows if row.unit == "UBND xã Đăk Pnê")
    assert f"{pne.printed.index}" == "84.41"
    assert "84,41" not in text
    assert text.count("84,71") == 2  # in its section and in the annex


@pytest.mark.requirement(121)
def test_it_has_what_a_report_to_the_committee_needs(text):
    lines = text.splitlines()
    for line in (
        "Kính gửi: Ủy ban nhân dân huyện.",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Nơi nhận:",
        "- Như trên (b/c);",
        "- Lưu: VT.",
        "CHỦ TỊCH HỘI ĐỒNG",
        "PHÓ CHỦ TỊCH UBND HUYỆN",
        "Nguyễn Văn Thủy",
    ):
        assert line in lines
    assert [line for line in lines if line.startswith("Căn cứ")][-1].endswith("huyện Kon Rẫy.")
    assert any(line.endswith("năm 2022./.") for line in lines)
