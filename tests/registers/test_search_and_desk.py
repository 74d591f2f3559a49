"""Registers where everything ends up: the search, the desk, the history, all in a question or two."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cchc.interface.hosting.desk import Urgency
from cchc.interface.together import answer
from cchc.organizations.viewers import viewer_of
from cchc.registers.actions.entries import strike_entry
from cchc.registers.actions.registers import close_register
from cchc.registers.desk import ending
from cchc.registers.search import entries, registers
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, unsaved_account
from tests.factories.registers import entry, given, register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def seen_by(person):
    return viewer_of(unsaved_account(person), TODAY, used_second_factor=True)


@pytest.mark.requirement(110, 127)
def test_the_search_finds_registers_and_entries_of_ones_own_scope(people, django_assert_max_num_queries):
    made = register(people.office, "weaknesses", title="Tồn tại sau kiểm tra")
    entry(made, people.commune, weakness="Niêm yết thiếu thủ tục")
    struck = entry(made, people.other, weakness="Niêm yết nhầm")
    strike_entry(**BY_TESTS, entry=struck, expected_version=1, reason="Trùng")
    officer, clerk, other = seen_by(people.officer), seen_by(people.clerk), seen_by(people.other_chairman)
    for viewer, found, rows in ((officer, 1, 1), (clerk, 1, 1), (other, 1, 0)):
        viewer.gone_into(lambda heir, above: False)  # asked once a request
        with django_assert_max_num_queries(3):
            assert len(registers.find(viewer, "ton tai", 5).hits) == found
        assert len(entries.find(viewer, "niem yet", 5).hits) == rows
    apart = register(people.office, "weaknesses", title="Tồn tại của xã Hai")
    entry(apart, people.other)
    assert [hit.title for hit in registers.find(clerk, "ton tai", 5).hits] == ["Tồn tại sau kiểm tra"]


def test_the_desk_of_the_keeper_has_open_registers_at_the_end_of_their_period(people):
    grant(people.other_chairman, "unit_head", people.other)
    ends = {
        "Quá kỳ": TODAY - timedelta(days=1), "Sắp hết kỳ": TODAY + timedelta(days=2), "Còn lâu": date(2026, 12, 31),
        "Không kỳ hạn": None,
    }  # fmt: skip
    for title, ends_on in ends.items():
        register(people.office, title=title, ends_on=ends_on)
    closed = register(people.office, title="Đã khóa", ends_on=TODAY - timedelta(days=9))
    close_register(**BY_TESTS, register=closed, expected_version=1)
    items = answer(ending.gather(seen_by(people.officer), NOW))
    assert [(one.title, one.urgency) for one in items] == [("Quá kỳ", Urgency.OVERDUE), ("Sắp hết kỳ", Urgency.SOON)]
    assert answer(ending.gather(seen_by(people.other_chairman), NOW)) == []


@pytest.mark.requirement(115)
def test_the_task_of_an_entry_waits_on_the_desk_of_who_does_it(people):
    given(entry(register(people.office), people.commune), people.commune, "Phát phiếu đánh giá")
    assert "Phát phiếu đánh giá" in client_of(people.chairman).get("/ban-lam-viec/").content.decode()


def test_the_history_says_what_stood_in_the_columns(people):
    grant(people.officer, "auditor", people.province, covers_subtree=True)
    made = register(people.office)
    row = entry(made, people.commune)
    strike_entry(**BY_TESTS, entry=row, expected_version=1, reason="Ghi nhầm")
    auditor = client_of(people.officer)
    for address in (f"/nhat-ky/registers.Register/{made.pk}/", f"/nhat-ky/registers.RegisterEntry/{row.pk}/"):
        page = auditor.get(address).content.decode()
        assert "Gạch bỏ dòng trong sổ" in page and "Ghi nhầm" in page, address
        assert "Biện pháp khắc phục: Phát phiếu khi trả kết quả" in page, address
    assert client_of(people.clerk).get(f"/nhat-ky/registers.Register/{made.pk}/").status_code == 403
