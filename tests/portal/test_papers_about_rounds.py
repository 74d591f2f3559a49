"""The council's report drawn from Kon Rẫy's figures of 2022 says what the signed one says, and where that misprints."""

from __future__ import annotations

import pytest

from cchc.demo.loading import load_shipped_rounds
from cchc.papers.examples import known_examples
from cchc.papers.vocabulary import vocabulary_of
from cchc.portal.vocabularies import OF_ROUND
from tests.factories.organizations import NOW, TODAY, unit

pytestmark = pytest.mark.django_db
SLUG = "kon-ray-2022"
SIGNED = {
    "Đăk Rve": ("83,5/97", "75,42/94", "80,23", "Tốt"),
    "Đăk Tờ Re": ("86,5/100", "76,97/94", "81,88", "Tốt"),
    "Đăk Kôi": ("88/100", "81,18/93", "87,29", "Tốt"),
    "Tân Lập": ("85,5/95,5", "84,17/93", "90,51", "Xuất sắc"),
    "Đăk Pnê": ("87,5/100", "79,63/94", "84,71", "Tốt"),
    "Đăk Ruông": ("86,55/92,5", "81,1/93", "87,2", "Tốt"),
    "Đăk Tơ Lung": ("89/94,5", "86,35/93", "92,85", "Xuất sắc"),
}
"""As Báo cáo 01/BC-HĐ prints them, Đăk Pnê's index as it follows from its points (printed: 84,41)."""


@pytest.mark.requirement(94, 98, 99, 103, 104)
def test_section_one_carries_the_numbers_of_the_signed_report():
    (published,) = (one for one in load_shipped_rounds(NOW) if "kon-ray" in one.slug)
    said = vocabulary_of(OF_ROUND).gathered(unit("tinh"), TODAY, published.slug)
    lines = said["results.lines"]
    assert isinstance(lines, tuple) and len(lines) == len(SIGNED)
    for line, (name, (own, final, index, band)) in zip(lines, SIGNED.items(), strict=True):
        assert name in line
        assert f"tự chấm {own} điểm" in line
        assert f"kiểm tra thực tế {final} điểm" in line
        assert line.endswith(f"Chỉ số cải cách hành chính {index}; xếp loại {band}")


@pytest.mark.requirement(104)
def test_the_covering_note_names_the_misprint_and_nothing_else():
    (published,) = (one for one in load_shipped_rounds(NOW) if "kon-ray" in one.slug)
    said = vocabulary_of(OF_ROUND).gathered(unit("tinh"), TODAY, published.slug)
    assert said["differences.number"] == 1
    (line,) = said["differences.lines"]  # type: ignore[misc]
    assert line.endswith("Đăk Pnê: văn bản in Chỉ số 84,41; tính từ điểm 79,63/94 là 84,71")


def test_its_sample_texts_use_only_names_that_there_are():
    of_rounds = [one for one in known_examples().values() if one.vocabulary == OF_ROUND]
    assert len(of_rounds) == 2
