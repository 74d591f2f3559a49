"""Tasks of a register on the common board, with all its filters; what stands in registers about a unit, on its page."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cchc.followups.deadlines import Deadline
from cchc.registers.actions.entries import strike_entry
from cchc.tables.reading import read_tables
from tests.factories import followups, registers
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, NOW, TODAY, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(38, 115)]
DAY = timedelta(days=1)
BOARD = "/nhiem-vu/?nguon=registers.RegisterEntry&nhom={}"


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.CCHC_DATA = tmp_path
    with time_machine.travel(NOW + 6 * DAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def kept(people):
    """Two registers of the office with a task each, one of them late, beside a task of no register."""
    one, other = registers.register(people.office, title="Khắc phục"), registers.register(people.office, title="Khác")
    deadline = Deadline(TODAY, due_on=TODAY + 3 * DAY)
    registers.given(registers.entry(one, people.commune), people.commune, "Phát phiếu", deadline=deadline)
    registers.entry(one, people.other)
    registers.given(registers.entry(other, people.other), people.other, "Công khai")
    followups.task(people.commune, people.chairman, people.office, "Việc khác")
    return one, other


def listed(page) -> list[str]:
    return [one.task.what for one in page.context["shown"]]


@pytest.mark.requirement(55)
def test_the_board_holds_the_tasks_of_one_register_with_every_filter(people, kept):
    officer = client_of(people.officer)
    assert sorted(listed(officer.get("/nhiem-vu/?nguon=registers.RegisterEntry"))) == ["Công khai", "Phát phiếu"]
    assert listed(officer.get("/nhiem-vu/?nguon=followups.Directive")) == []
    page = officer.get(BOARD.format(kept[0].pk))
    assert listed(page) == ["Phát phiếu"] and "Khắc phục" in [link.text for link in page.context["active"]]
    assert listed(officer.get(BOARD.format(kept[0].pk) + "&don-vi=xa-hai")) == []
    assert listed(officer.get(BOARD.format(kept[0].pk) + "&han=overdue")) == ["Phát phiếu"]
    assert listed(officer.get(BOARD.format(kept[0].pk) + "&trang-thai=verified")) == []
    (grid,) = read_tables(officer.get(f"/nhiem-vu/danh-sach.xlsx?{BOARD.format(kept[1].pk)[11:]}").content, "bang.xlsx")
    assert "Công khai" in {cell.text for row in grid.rows for cell in row.cells}
    assert "Phát phiếu" not in {cell.text for row in grid.rows for cell in row.cells}
    assert f"nhom={kept[0].pk}&amp;" in officer.get(f"/so-theo-doi/{kept[0].pk}/nhiem-vu/").content.decode()


@pytest.mark.parametrize("number", ["999", "x", "", "1" * 30])
def test_a_register_that_is_not_seen_narrows_nothing(people, kept, number):
    assert len(listed(client_of(people.officer).get(BOARD.format(number)))) == 2
    stranger = official("xb1", "Vũ Ba", unit("xa-ba", people.province, name="xã Ba"))
    assert client_of(stranger).get(BOARD.format(kept[0].pk)).context["active"] == []


def test_a_units_page_lists_the_registers_that_speak_of_it(people, kept):
    page = client_of(people.officer).get("/don-vi/xa-mot/").content.decode()
    assert f'/so-theo-doi/{kept[0].pk}/?don-vi=xa-mot"' in page and f"/so-theo-doi/{kept[1].pk}/" not in page
    assert "1 nội dung" in page and "1 quá hạn" in page
    whole = client_of(people.officer).get("/don-vi/tinh/").content.decode()
    assert "2 nội dung" in whole and f"/so-theo-doi/{kept[1].pk}/?don-vi=tinh" in whole


def test_who_may_not_see_a_register_does_not_read_of_it_on_the_units_page(people, kept):
    stranger = official("xb1", "Vũ Ba", unit("xa-ba", people.province, name="xã Ba"))
    assert "/so-theo-doi/" not in client_of(stranger).get("/don-vi/xa-mot/").content.decode().split("</header>")[-1]
    clerk = client_of(people.clerk).get("/don-vi/tinh/").content.decode()
    assert f"/so-theo-doi/{kept[0].pk}/?don-vi=tinh" in clerk and f"/so-theo-doi/{kept[1].pk}/" not in clerk


def test_what_was_struck_out_counts_no_more_and_the_page_costs_the_same_with_many(people, kept):
    officer = client_of(people.officer)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            officer.get("/don-vi/xa-mot/").getvalue()
        return len(queries)

    before = asked()
    for number in range(12):
        entry = registers.entry(registers.register(people.office, title=f"Sổ {number}"), people.commune)
    strike_entry(**BY_TESTS, entry=entry, expected_version=1, reason="Nhầm")
    assert asked() == before <= 9
    page = officer.get("/don-vi/xa-mot/").content.decode()
    assert page.count("?don-vi=xa-mot") == 10 and "Mọi sổ theo dõi" in page and "Sổ 11" not in page
