"""Which form holds on a day, and what a file of forms may say."""

from __future__ import annotations

from datetime import date

import pytest

from cchc.records.errors import DomainError
from cchc.slips.printed_forms import KEYS, form_on, has_form, name_of, read_sets

OLD, NEW = date(2025, 6, 30), date(2025, 7, 1)


@pytest.mark.requirement(43)
@pytest.mark.parametrize(
    ("key", "day", "number", "document", "paper", "mark"),
    [
        ("receiving", OLD, "01", "Thông tư 01/2018/TT-VPCP", "A5", ""),
        ("receiving", NEW, "01", "Thông tư 03/2025/TT-VPCP", "A5", ""),
        ("supplement", OLD, "02", "Thông tư 01/2018/TT-VPCP", "A5", "HDHS"),
        ("supplement", NEW, "02", "Thông tư 03/2025/TT-VPCP", "A5", "HDHS"),
        ("refusal", OLD, "03", "Thông tư 01/2018/TT-VPCP", "A5", "TCHS"),
        ("refusal", NEW, "03", "Thông tư 03/2025/TT-VPCP", "A5", "TCHS"),
        ("apology", OLD, "04", "Thông tư 01/2018/TT-VPCP", "A5", "XLHS"),
        ("apology", NEW, "04", "Thông tư 03/2025/TT-VPCP", "A5", "XLHS"),
        ("stop", NEW, "05", "Thông tư 03/2025/TT-VPCP", "A5", "DGQ"),
        ("control", OLD, "05", "Thông tư 01/2018/TT-VPCP", "A5", ""),
        ("control", NEW, "06", "Thông tư 03/2025/TT-VPCP", "A5", ""),
        ("register", OLD, "06", "Thông tư 01/2018/TT-VPCP", "A4 landscape", ""),
        ("register", NEW, "07", "Thông tư 03/2025/TT-VPCP", "A4 landscape", ""),
    ],
)
def test_the_form_of_a_day(key: str, day: date, number: str, document: str, paper: str, mark: str):
    found = form_on(key, day)
    assert (found.value.key, found.value.number, found.source.document) == (key, number, document)
    assert (found.value.paper, found.value.mark) == (paper, mark)
    assert found.validity.holds_on(day) and not found.verification.verified and found.verification.doubt
    assert has_form(key, day)


@pytest.mark.requirement(43)
@pytest.mark.parametrize(
    ("key", "day", "code"),
    [
        ("stop", OLD, "slips.no_form"),
        ("stop", date(2018, 1, 1), "records.not_in_force"),
        ("receiving", date(2019, 1, 7), "records.not_in_force"),
    ],
)
def test_where_no_form_holds_it_says_so(key: str, day: date, code: str):
    with pytest.raises(DomainError) as refused:
        form_on(key, day)
    assert refused.value.code == code and not has_form(key, day)


def test_the_first_day_of_the_first_set_has_six_forms_and_the_second_set_seven():
    assert {key for key in KEYS if has_form(key, date(2019, 1, 8))} == set(KEYS) - {"stop"}
    assert {key for key in KEYS if has_form(key, NEW)} == set(KEYS)
    assert name_of("apology").vi == "Văn bản xin lỗi và đề nghị gia hạn"


def test_no_key_is_no_form():
    for ask in (lambda: form_on("letter", NEW), lambda: has_form("letter", NEW)):
        with pytest.raises(LookupError):
            ask()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("id: supplement", "id: receiving"), "slips.form_twice"),
        (("id: supplement", "id: letter"), "records.not_one_of"),
        (("paper: A5", "paper: A3"), "records.not_one_of"),
        (("    desk: Một cửa\n", ""), "records.missing_key"),
        (("mark: HDHS", "marks: HDHS"), "records.unknown_key"),
    ],
)
def test_a_file_that_is_wrong_says_where(change: tuple[str, str], code: str):
    text = """sets:
  - valid: {from: 2019-01-08}
    source: {document: Thông tư}
    verified: true
    desk: Một cửa
    forms:
      - {id: receiving, number: "01", paper: A5, title: Giấy}
      - {id: supplement, number: "02", paper: A5, mark: HDHS, title: Phiếu}
"""
    assert read_sets(text.encode(), "f").as_of(NEW).value.forms["supplement"].mark == "HDHS"
    assert change[0] in text
    with pytest.raises(DomainError) as refused:
        read_sets(text.replace(*change).encode(), "f")
    assert refused.value.code == code and refused.value.problems[0].place is not None
