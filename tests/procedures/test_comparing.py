"""What changed between two versions, against the parts themselves."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from cchc.procedures.comparing import differences
from cchc.procedures.loading import load
from cchc.procedures.versions import Version
from cchc.records.errors import Message
from cchc.records.text import LocalText
from cchc.records.words import show
from tests.procedures.test_loading import SHIPPED
from tests.procedures.test_writing import versions


def said(before: Version, after: Version) -> list[tuple[str, str, str]]:
    return [(show(one.what, "vi"), show(one.before, "vi"), show(one.after, "vi")) for one in differences(before, after)]


def test_a_change_of_a_real_procedure_is_told_part_by_part() -> None:
    first, second = (one.value for one in load(SHIPPED)[1].versions.records)
    told = said(first, second)
    assert told[0] == ("Thời hạn giải quyết", "15 ngày làm việc", "10 ngày làm việc")
    assert ("Phí thẩm định (mẫu)", "—", "100.000 đồng, nộp khi nộp hồ sơ") in told
    names = [what for what, _, _ in told]
    assert names == [
        "Thời hạn giải quyết", "Thẩm tra, kiểm tra thực địa", "Ký kết quả", "Cung cấp thông tin thửa đất",
        "Giấy tờ về quyền sử dụng đất", "Phí thẩm định (mẫu)",
    ]  # fmt: skip
    assert next((what, after, before) for what, before, after in said(second, first)) == told[0]


@given(versions(), versions())
def test_two_that_say_the_same_differ_in_nothing_and_others_in_something(one: Version, other: Version) -> None:
    assert differences(one, one) == []
    same = replace(other, steps=other.steps)
    assert differences(other, same) == []
    if one != other and {f.name.vi for f in one.fees} | {f.name.vi for f in other.fees} == set():
        assert differences(one, other) or sorted(one.bases) == sorted(other.bases)


def test_a_basis_comes_and_goes() -> None:
    first = load(SHIPPED)[0].versions.records[0].value
    second = replace(first, bases=("Luật Hộ tịch",))
    (one,) = differences(first, second)
    assert (one.what, one.before, one.after) == (Message("procedures.about_basis"), None, LocalText("Luật Hộ tịch"))
