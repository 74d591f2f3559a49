"""Entries from a file: looked at, wrong rows told with their places, carried out whole; again it changes nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cchc.registers.actions.entries import EntryFacts, correct_entry
from cchc.registers.importing.layout import roles
from cchc.registers.kinds import kind_on, known_ids
from cchc.registers.models import EntriesImport, RegisterEntry
from cchc.tables.reading import read_tables
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, TODAY, unit
from tests.factories.registers import VALUES, entry, register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
HEADINGS = "Đơn vị khắc phục;Hạn chế cần khắc phục;Tiêu chí, tiêu chí thành phần;Biện pháp khắc phục;Thời hạn khắc phục"
GOOD = "xa-mot;Chưa phát phiếu;Sự hài lòng;Phát phiếu khi trả kết quả;31/12/2026"


@pytest.fixture
def officer(people) -> Client:
    return client_of(people.officer)


def table(*rows: str) -> bytes:
    return "\n".join([HEADINGS, *rows, ""]).encode()


def handed_in(client: Client, number: int, content: bytes, name: str = "so.csv") -> str:
    answer = client.post(f"/so-theo-doi/{number}/nhap/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return str(answer["Location"])


def carry_out(client: Client, address: str):
    digest = client.get(address).context["plan"].digest()
    return client.post(f"{address}thuc-hien/", {"digest": digest})


@pytest.mark.requirement(115)
def test_a_file_is_shown_first_then_carried_out_and_says_nothing_new_the_second_time(officer, people):
    made = register(people.office)
    entry(made, people.commune, weakness="Chưa phát phiếu", criterion="Sự hài lòng", note="Giữ nguyên")
    content = table(GOOD, "xã Hai;Hồ sơ quá hạn;Giải quyết đúng hạn;Rà soát hằng tuần;2026-12-15")
    address = handed_in(officer, made.pk, content)
    page = officer.get(address).content.decode()
    assert "Hồ sơ quá hạn" in page and "xã Hai" in page and "Sửa dòng 1 của sổ" not in page
    assert RegisterEntry.objects.count() == 1, "nothing is written yet"
    assert carry_out(officer, address).status_code == 302
    first, second = RegisterEntry.objects.order_by("place")
    assert first.values["note"] == "Giữ nguyên", "an empty cell keeps what is there"
    assert (second.place, second.unit, second.values["due_on"]) == (2, people.other, "2026-12-15")
    assert bytes(EntriesImport.objects.get().content) == b""
    again = officer.get(handed_in(officer, made.pk, content))
    assert "Tệp không thay đổi gì" in again.content.decode() and again.context["plan"].unchanged == 2


def test_a_row_that_is_there_is_shown_as_it_was_and_as_it_becomes(officer, people):
    made = register(people.office)
    row = entry(made, people.commune, weakness="Chưa phát phiếu", criterion="Sự hài lòng", measure="Cách cũ", note="Bỏ")
    address = handed_in(officer, made.pk, (HEADINGS + ";Ghi chú\n" + GOOD + ";-\n").encode())
    page = officer.get(address).content.decode()
    assert "Sửa dòng 1 của sổ" in page and "Cách cũ" in page and "Phát phiếu khi trả kết quả" in page
    assert carry_out(officer, address).status_code == 302
    now = RegisterEntry.objects.get()
    assert now.pk == row.pk and now.version == 2 and "note" not in now.values


@pytest.mark.parametrize(
    ("row", "place", "said"),
    [
        ("xa-khong-co;A;B;C;31/12/2026", "dòng 3", "Không có đơn vị"),
        ("xã Trùng Tên;A;B;C;31/12/2026", "dòng 3", "Có nhiều đơn vị"),
        (";A;B;C;31/12/2026", "dòng 3", "Chưa nêu “Đơn vị khắc phục”"),
        ("xa-mot;A;B;C;32/12/2026", "E", "32/12/2026"),
        ("xa-mot;A;B;;31/12/2026", "dòng 3", "Chưa nhập “Biện pháp khắc phục”"),
        (GOOD, "dòng 3", "đã có ở dòng 2"),
        (f"xa-mot;{'a' * 2_001};B;C;31/12/2026", "dòng 3", "2.000"),
    ],
)
def test_a_wrong_row_is_told_with_its_place_and_stops_the_whole_file(officer, people, row, place, said):
    unit("trung-a", people.commune, name="xã Trùng Tên")
    unit("trung-b", people.other, name="xã Trùng Tên")
    made = register(people.office)
    address = handed_in(officer, made.pk, table(GOOD, row))
    page = officer.get(address).content.decode()
    assert "1 lỗi" in page and place in page and said in page
    assert officer.post(f"{address}thuc-hien/", {"digest": ""}).status_code == 422
    assert not RegisterEntry.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"A;B\n1;2\n", "Đơn vị khắc phục"),
        ((HEADINGS + ";Cột lạ\n" + GOOD + ";x\n").encode(), "Cột lạ"),
        (b"\x00\x01", "tệp"),
    ],
)
def test_a_file_that_is_no_such_table_says_what_is_missing(officer, people, content, said):
    made = register(people.office)
    assert said in officer.get(handed_in(officer, made.pk, content)).content.decode()


def test_what_was_not_shown_is_not_carried_out_and_a_file_is_decided_once(officer, people):
    made = register(people.office)
    row = entry(made, people.commune, weakness="Chưa phát phiếu", criterion="Sự hài lòng", measure="Cách cũ")
    address = handed_in(officer, made.pk, table(GOOD))
    digest = officer.get(address).context["plan"].digest()
    facts = EntryFacts(
        people.commune, VALUES["remediation"] | {"weakness": "Chưa phát phiếu", "criterion": "Sự hài lòng"}
    )
    correct_entry(**BY_TESTS, entry=row, facts=facts, expected_version=1)
    stale = officer.post(f"{address}thuc-hien/", {"digest": digest})
    assert stale.status_code == 409 and "vừa thay đổi" in stale.content.decode()
    assert officer.post(f"{address}bo/").status_code == 302
    assert officer.post(f"{address}bo/").status_code == 422
    assert client_of(people.office_head).get(address).status_code == 404, "the file of somebody else"


@pytest.mark.requirement(27, 35, 38, 41, 110, 115)
@pytest.mark.parametrize("kind", known_ids())
@pytest.mark.long
def test_what_is_taken_along_comes_back_as_it_was(officer, people, kind):
    """The template and both exports of every kind, brought in again, say nothing new; in an empty register the same."""
    made = register(people.office, kind)
    entry(made, people.commune if made.definition.needs_unit else None)
    values = RegisterEntry.objects.get().values
    for address in ("mau.xlsx", "danh-sach.xlsx", "danh-sach.csv"):
        content = officer.get(f"/so-theo-doi/{made.pk}/{address}").content
        page = officer.get(handed_in(officer, made.pk, content, address))
        assert (page.context["problems"], page.context["plan"].unchanged) == ([], 1), address
    fresh = register(people.office, kind, title="Sổ khác")
    assert carry_out(officer, handed_in(officer, fresh.pk, content)).status_code == 302
    assert RegisterEntry.objects.get(register=fresh).values == values


@pytest.mark.parametrize("kind", known_ids())
def test_every_heading_of_a_kind_is_told_apart(kind):
    names = [name for names in roles(kind_on(kind, TODAY).value).values() for name in names]
    assert len(names) == len(set(names))


def test_the_workbook_to_fill_in_offers_lists(officer, people):
    made = register(people.office, "shared_systems")
    content = officer.get(f"/so-theo-doi/{made.pk}/mau.xlsx").content
    hidden = [grid for grid in read_tables(content, "mau.xlsx") if grid.hidden]
    assert any("Đang sử dụng" in cell.text for grid in hidden for row in grid.rows for cell in row.cells)


def test_a_closed_register_takes_no_file(officer, people):
    from cchc.registers.actions.registers import close_register

    made = register(people.office, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    close_register(**BY_TESTS, register=made, expected_version=1)
    assert officer.get(f"/so-theo-doi/{made.pk}/nhap/").status_code == 422
