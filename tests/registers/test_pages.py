"""Pages of registers: what each side sees and may do, numbers that open their rows, the same questions at any size."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from cchc.followups.models import Task
from cchc.organizations.actions.people import post_official
from cchc.registers.models import Register, RegisterEntry
from tests.factories import papers
from tests.factories.clients import client_of
from tests.factories.followups import claimed, step
from tests.factories.organizations import BY_TESTS, NOW, TODAY, unit
from tests.factories.registers import entry, given, register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = timedelta(days=1)


@pytest.fixture
def officer(people) -> Client:
    return client_of(people.officer)


@pytest.fixture
def clerk(people) -> Client:
    return client_of(people.clerk)


OPENED = {
    "kind": "remediation", "title": "Khắc phục tiêu chí đạt thấp năm 2026", "starts_on": "01/01/2026",
    "ends_on": "31/12/2026", "number": "49/KH-UBND", "issued_on": "18/02/2026",
}  # fmt: skip
ROW = {
    "unit": "xa-mot", "cot_weakness": "Chưa phát phiếu đánh giá", "cot_criterion": "Sự hài lòng",
    "cot_measure": "Phát phiếu khi trả kết quả", "cot_due_on": "31/12/2026",
}  # fmt: skip
ORDER = {
    "what": "Phát phiếu đánh giá khi trả kết quả", "owners": "xa-mot", "due_on": "", "working_days": "10", "leader": "",
    "watcher": "van-phong", "legal_basis": "49/KH-UBND, 18/02/2026",
}  # fmt: skip


@pytest.mark.requirement(115)
def test_a_remediation_plan_gives_a_task_that_stands_on_the_board_and_leads_back(officer, clerk, people):
    assert officer.post("/so-theo-doi/mo/van-phong/", OPENED).status_code == 302
    made = Register.objects.get()
    assert officer.post(f"/so-theo-doi/{made.pk}/them/", ROW).status_code == 302
    row = RegisterEntry.objects.get()
    assert (row.place, row.unit, row.values["due_on"]) == (1, people.commune, "2026-12-31")
    form = officer.get(f"/so-theo-doi/dong/{row.pk}/giao-viec/").content.decode()
    assert "Phát phiếu khi trả kết quả" in form and "31/12/2026" in form and "49/KH-UBND, 18/02/2026" in form
    assert officer.post(f"/so-theo-doi/dong/{row.pk}/giao-viec/", ORDER).status_code == 302
    task = Task.objects.get()
    assert (task.owner, task.leader, task.watcher) == (people.commune, people.chairman, people.office)
    for page in ("/nhiem-vu/", f"/nhiem-vu/{task.pk}/", f"/so-theo-doi/{made.pk}/nhiem-vu/"):
        assert f'href="/so-theo-doi/dong/{row.pk}/"' in clerk.get(page).content.decode(), page
    for page in (f"/so-theo-doi/{made.pk}/", f"/so-theo-doi/dong/{row.pk}/"):
        assert f'href="/nhiem-vu/{task.pk}/"' in clerk.get(page).content.decode(), page
    with time_machine.travel(NOW + 4 * DAY, tick=False):
        assert "Phát phiếu đánh giá" in client_of(people.officer).get("/nhiem-vu/chua-bao-cao/").content.decode()


def test_only_who_may_lead_there_is_offered_as_leader_and_an_hour_is_kept(officer, people):
    row = entry(register(people.office), people.commune)
    address = f"/so-theo-doi/dong/{row.pk}/giao-viec/"
    assert f"unit.{people.commune.code}" in officer.get(address).content.decode()
    refused = officer.post(address, ORDER | {"leader": people.other_chairman.code})
    assert refused.status_code == 422 and not Task.objects.exists()
    assert officer.post(address, ORDER | {"leader": people.clerk.code, "due_time": "10:30"}).status_code == 302
    assert Task.objects.get().leader == people.clerk


@pytest.mark.requirement(84, 110)
def test_each_weakness_found_names_the_leader_who_answers_for_it(officer, clerk, people):
    headless = unit("xa-khuyet", people.province, "commune", name="xã Khuyết")
    made = register(people.office, "weaknesses", title="Tồn tại sau kiểm tra")
    row, other = entry(made, people.commune), entry(made, headless, weakness="Chưa niêm yết")
    order = ORDER | {"owners": "xa-khuyet"}
    refused = officer.post(f"/so-theo-doi/dong/{other.pk}/giao-viec/", order)
    assert refused.status_code == 422 and "kèm tên lãnh đạo" in refused.content.decode()
    assert not Task.objects.exists(), "nobody answers for it: no task"
    assert officer.post(f"/so-theo-doi/dong/{row.pk}/giao-viec/", ORDER).status_code == 302
    task = Task.objects.get()
    assert task.leader == people.chairman
    assert "Trần Văn Dũng" in clerk.get(f"/nhiem-vu/{task.pk}/").content.decode()


@pytest.mark.requirement(115)
def test_the_head_counts_tasks_and_each_number_opens_its_rows(officer, people, today):
    made = register(people.office)
    first, second = entry(made, people.commune), entry(made, people.other)
    entry(made, people.other, weakness="Chưa giao việc")
    step(claimed(given(first, people.commune, "Việc đã xong")), "verify")
    given(second, people.other, "Việc đang làm")
    today.move_to(NOW + 30 * DAY)
    officer = client_of(people.officer)
    page = officer.get(f"/so-theo-doi/{made.pk}/")
    counted = {one.link.url.partition("nhom=")[2]: one.number for one in page.context["counted"]}
    assert counted == {"done": 1, "running": 1, "overdue": 1}
    for one in page.context["counted"]:
        assert officer.get(one.link.url).context["total"] == one.number
    assert officer.get(f"/so-theo-doi/{made.pk}/nhiem-vu/").context["total"] == 2
    without = officer.get(f"/so-theo-doi/{made.pk}/?dong=chua-giao")
    assert [one.entry.title for one in without.context["entries"]] == ["Chưa giao việc"]
    assert "Chưa giao nhiệm vụ (1)" in without.content.decode()


@pytest.mark.requirement(110, 127)
def test_a_unit_sees_the_entries_that_concern_it_and_others_nothing(officer, clerk, people):
    made = register(people.office, "weaknesses", title="Tồn tại sau kiểm tra")
    own, other = entry(made, people.commune), entry(made, people.other, weakness="Chuyện của xã Hai")
    assert officer.get(f"/so-theo-doi/{made.pk}/").context["total"] == 2
    page = clerk.get(f"/so-theo-doi/{made.pk}/")
    assert [one.entry for one in page.context["entries"]] == [own]
    assert "xã Hai" not in page.content.decode() and "Ghi dòng mới" not in page.content.decode()
    assert clerk.get(f"/so-theo-doi/dong/{other.pk}/").status_code == 404
    for address in (f"/so-theo-doi/{made.pk}/them/", f"/so-theo-doi/dong/{own.pk}/sua/", "/so-theo-doi/mo/van-phong/"):
        assert clerk.get(address).status_code == 403
    apart = register(people.office, "weaknesses", title="Chuyện riêng của xã Hai")
    entry(apart, people.other)
    assert clerk.get(f"/so-theo-doi/{apart.pk}/").status_code == 404
    assert "Chuyện riêng" not in clerk.get("/so-theo-doi/").content.decode()


def test_an_entry_is_corrected_struck_out_and_can_still_be_read(officer, people):
    made = register(people.office)
    row = entry(made, people.commune)
    address = f"/so-theo-doi/dong/{row.pk}"
    correct = ROW | {"cot_measure": "Đặt hộp phiếu", "version": 1}
    assert officer.post(f"{address}/sua/", correct).status_code == 302
    stale = officer.post(f"{address}/sua/", correct | {"cot_measure": "Khác"})
    assert stale.status_code == 409 and "Khác" in stale.content.decode()
    assert officer.post(f"{address}/sua/", correct | {"cot_measure": ""}).status_code == 422
    assert officer.post(f"{address}/gach-bo/", {"version": 2, "reason": ""}).status_code == 422
    assert officer.post(f"{address}/gach-bo/", {"version": 2, "reason": "Ghi nhầm xã"}).status_code == 302
    assert officer.get(f"/so-theo-doi/{made.pk}/").context["total"] == 0
    struck = officer.get(f"/so-theo-doi/{made.pk}/?dong=gach").content.decode()
    assert "Đặt hộp phiếu" in struck and "Ghi nhầm xã" in struck
    assert officer.get(f"{address}/sua/").status_code == 422, "struck out: written no more"
    assert "Ghi nhầm xã" in officer.get(f"{address}/").content.decode()
    again = officer.post(f"/so-theo-doi/{made.pk}/them/", ROW)
    assert again.status_code == 302 and RegisterEntry.objects.get(struck_at=None).place == 2


def test_a_register_is_changed_closed_when_no_task_is_open_and_opened_again(officer, people):
    papers.basis(people.province, "61/2018/NĐ-CP", title="về cơ chế một cửa")
    made = register(people.office)
    task = given(entry(made, people.commune), people.commune)
    address = f"/so-theo-doi/{made.pk}"
    changed = {
        "title": "Tên mới",
        "starts_on": "01/01/2026",
        "ends_on": "",
        "basis": "Nghị định số 61/2018/NĐ-CP",
        "version": 1,
    }
    assert officer.post(f"{address}/sua/", changed).status_code == 302
    page = officer.get(f"{address}/").content.decode()
    assert "Tên mới" in page and "61/2018/NĐ-CP" in page
    refused = officer.post(f"{address}/khoa-so/", {"version": 2, "text": ""})
    assert refused.status_code == 422 and "1 nhiệm vụ chưa kết thúc" in refused.content.decode()
    step(task, "withdraw")
    assert officer.post(f"{address}/khoa-so/", {"version": 2, "text": ""}).status_code == 302
    assert officer.get(f"{address}/them/").status_code == 422
    assert officer.post(f"{address}/them/", ROW | {"cot_weakness": "Khác"}).status_code == 422
    assert officer.post(f"{address}/mo-lai/", {"version": 3, "reason": ""}).status_code == 422
    assert officer.post(f"{address}/mo-lai/", {"version": 3, "reason": "Kéo dài"}).status_code == 302
    assert officer.get(f"{address}/them/").status_code == 200


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ends_on": "31/12/2025"}, "kết thúc"),
        ({"title": ""}, "Tên sổ"),
        ({"kind": "khong-co"}, "Loại"),
        ({"basis": "khong co"}, "Căn cứ"),
    ],
)
def test_a_register_that_cannot_be_says_why_and_keeps_what_was_typed(officer, change, said):
    answer = officer.post("/so-theo-doi/mo/van-phong/", OPENED | change)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and "49/KH-UBND" in page
    assert not Register.objects.exists()


def test_the_list_is_searched_by_kind_state_and_words(officer, people):
    register(people.office, "plan", title="Kế hoạch cải cách hành chính")
    register(people.office, "shared_systems", title="Hệ thống dùng chung")
    found = {
        "": 2, "tim=ke hoach": 1, "loai=plan": 1, "loai=weaknesses": 0, "trang-thai=closed": 0, "loai=khong-co": 2,
    }  # fmt: skip
    for query, number in found.items():
        assert officer.get(f"/so-theo-doi/?{query}").context["total"] == number, query


@pytest.mark.parametrize("size", [1, 12])
@pytest.mark.long
def test_pages_ask_the_same_number_of_questions_at_any_size(officer, people, size, django_assert_max_num_queries):
    made = register(people.office, "plan")
    for number in range(size):
        row = entry(made, people.commune, work=f"Việc {number}", led_by="xa-hai", to=date(2026, 12, 31))
        given(row, people.commune, f"Nhiệm vụ {number}")
    pages = {
        "/so-theo-doi/": 9,
        f"/so-theo-doi/{made.pk}/": 10,
        f"/so-theo-doi/{made.pk}/?tim=viec&dong=chua-giao": 9,
        f"/so-theo-doi/{made.pk}/nhiem-vu/": 9,
        f"/so-theo-doi/dong/{RegisterEntry.objects.order_by('pk')[0].pk}/": 9,
    }
    for page, most in pages.items():
        officer.get(page)
        with django_assert_max_num_queries(most):
            assert officer.get(page).status_code == 200


@pytest.mark.requirement(56)
def test_an_entry_says_in_which_post_it_was_entered_corrected_and_struck_though_who_did_has_moved(officer, people):
    made = register(people.office, "remediation")
    assert officer.post(f"/so-theo-doi/{made.pk}/them/", ROW).status_code == 302
    page = f"/so-theo-doi/dong/{RegisterEntry.objects.get().pk}/"
    change = ROW | {"cot_weakness": "Chưa phát phiếu", "version": 1}
    assert officer.post(f"{page}sua/", change).status_code == 302
    post_official(**BY_TESTS, official=people.officer, unit=people.other, post="Phó Chủ tịch", starts_on=TODAY)
    assert officer.post(f"{page}gach-bo/", {"version": 2, "reason": "Ghi nhầm"}).status_code == 302
    shown = client_of(people.office_head).get(page).content.decode()
    assert shown.count("Nguyễn Thị Hoa, Chuyên viên, Văn phòng UBND tỉnh") == 2
    assert shown.count("Nguyễn Thị Hoa, Phó Chủ tịch, xã Hai") >= 1
    row = RegisterEntry.objects.get()
    assert (row.entered_as, row.struck_as) == ("Chuyên viên, Văn phòng UBND tỉnh", "Phó Chủ tịch, xã Hai")
