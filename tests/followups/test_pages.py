"""Pages of tasks and directives: what each side sees and may do, the same number of questions at any size."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from cchc.followups.deadlines import Deadline
from cchc.followups.models import Addressee, Difficulty, Directive, Task, WebPosting
from cchc.followups.panels import in_scope
from cchc.followups.queries.missing import MissingSearch, missing
from cchc.followups.search import directives, tasks
from cchc.interface.hosting.desk import DeskChoice, read_desk
from cchc.interface.together import answer
from cchc.organizations.models import Account, Official
from cchc.organizations.viewers import public_viewer, viewer_of
from tests.factories.clients import client_of
from tests.factories.followups import claimed, directive, step, task
from tests.factories.organizations import NOW, TODAY, official, unit, unsaved_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = timedelta(days=1)


def seen_by(person: Official):
    return viewer_of(Account.objects.get(official=person), TODAY)


@pytest.fixture
def officer(people) -> Client:
    return client_of(people.officer)


@pytest.fixture
def chairman(people) -> Client:
    return client_of(people.chairman)


@pytest.fixture
def clerk(people) -> Client:
    return client_of(people.clerk)


PAPER = {
    "number": "2624/UBND-TTHCC", "issued_on": "20/11/2026", "issued_by": "UBND tỉnh Mẫu", "title": "Chấn chỉnh quá hạn",
    "kinds": ["commune"], "units": "", "posting_wanted": "on", "watcher": "van-phong",
}  # fmt: skip
ORDER = {
    "what": "Công khai danh sách chậm, quá hạn", "legal_basis": "2624/UBND-TTHCC", "everyone": "on", "owners": "",
    "due_on": "", "working_days": "10", "leader": "", "watcher": "van-phong",
}  # fmt: skip


@pytest.mark.requirement(57, 68, 116)
def test_a_directive_is_entered_sent_and_gives_tasks(officer, people):
    unit("so", people.province, "department")
    entered = officer.post("/van-ban-chi-dao/them/tinh/", PAPER)
    made = Directive.objects.get()
    assert (entered.status_code, entered["Location"]) == (302, f"/van-ban-chi-dao/{made.pk}/")
    assert {one.unit.code for one in made.addressees.all()} == {"xa-mot", "xa-hai"}
    assert officer.post(f"/van-ban-chi-dao/{made.pk}/giao-viec/", ORDER).status_code == 302
    assert {(one.owner.code, one.leader.code) for one in Task.objects.all()} == {("xa-mot", "xm0"), ("xa-hai", "xh0")}
    more = {"kinds": [], "units": "so\nxa-mot"}
    assert officer.post(f"/van-ban-chi-dao/{made.pk}/them-noi-nhan/", more).status_code == 302
    assert made.addressees.count() == 3
    page = officer.get(f"/van-ban-chi-dao/{made.pk}/").content.decode()
    assert "2624/UBND-TTHCC" in page and "xã Ẵng Một" in page and "Trần Văn Dũng" in page
    assert officer.get("/van-ban-chi-dao/?tim=chan chinh").context["total"] == 1
    assert officer.get("/van-ban-chi-dao/?tim=khac").context["total"] == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kinds": [], "units": ""}, "chưa có nơi nhận"),
        ({"issued_on": "24/11/2026"}, "chưa tới"),
        ({"units": "khong-co"}, "Không có đơn vị"),
        ({"number": ""}, "Số, ký hiệu"),
    ],
)
def test_a_directive_that_cannot_be_says_why_and_keeps_what_was_typed(officer, change, said):
    answer = officer.post("/van-ban-chi-dao/them/tinh/", PAPER | change)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and "Chấn chỉnh quá hạn" in page
    assert not Directive.objects.exists()


def test_a_name_is_looked_up_without_javascript_and_nothing_is_judged_or_written(officer):
    typed = {"number": "", "title": "Chấn chỉnh quá hạn", "watcher": "ubnd", "units": ["xa-hai"], "tra-cuu": "watcher"}
    answer = officer.post("/van-ban-chi-dao/them/tinh/", typed)
    page = answer.content.decode()
    assert answer.status_code == 200 and "error-summary" not in page and not Directive.objects.exists()
    assert 'name="watcher__choice" value="van-phong"' in page and "Chấn chỉnh quá hạn" in page
    assert 'name="units" value="xa-hai" checked' in page


def test_the_same_paper_is_not_entered_twice(officer):
    assert officer.post("/van-ban-chi-dao/them/tinh/", PAPER).status_code == 302
    assert "đã được nhập" in officer.post("/van-ban-chi-dao/them/tinh/", PAPER).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"working_days": ""}, "Thời hạn chưa rõ"),
        ({"due_on": "30/11/2026"}, "Thời hạn chưa rõ"),
        ({"watcher": "xa-mot"}, "không tự theo dõi"),
        ({"everyone": "", "owners": ""}, "Chưa có đơn vị thực hiện"),
        ({"leader": "khong-co"}, "Không có cán bộ"),
    ],
)
def test_a_task_that_cannot_be_says_why(officer, people, change, said):
    made = directive(people.province, [people.commune])
    answer = officer.post(f"/van-ban-chi-dao/{made.pk}/giao-viec/", ORDER | change)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Task.objects.exists()


@pytest.mark.requirement(57, 68)
def test_a_unit_acknowledges_once_for_itself_and_its_tasks(clerk, officer, people):
    made = directive(people.province, [people.commune, people.other], people.office)
    for owner, leader in ((people.commune, people.chairman), (people.other, people.other_chairman)):
        task(owner, leader, people.office, subject=made)
    address = f"/van-ban-chi-dao/{made.pk}/tiep-nhan/xa-mot/"
    assert "Xác nhận đã tiếp nhận" in clerk.get(f"/van-ban-chi-dao/{made.pk}/").content.decode()
    assert "Xác nhận đã tiếp nhận" not in officer.get(f"/van-ban-chi-dao/{made.pk}/").content.decode()
    assert officer.post(address).status_code == 403
    assert clerk.post(f"/van-ban-chi-dao/{made.pk}/tiep-nhan/xa-hai/").status_code == 403
    assert clerk.post(address).status_code == 302
    assert clerk.post(address).status_code == 302
    assert Addressee.objects.get(unit=people.commune).acknowledged_by == people.clerk
    assert {(one.owner.code, one.state) for one in Task.objects.all()} == {
        ("xa-mot", "acknowledged"),
        ("xa-hai", "given"),
    }


@pytest.mark.requirement(55)
def test_postings_are_logged_with_their_delay_in_days(people, today):
    made = directive(people.province, [people.commune, people.other], people.office, posting_wanted=True)
    today.move_to(NOW + 10 * DAY)
    clerk, officer = client_of(people.clerk), client_of(people.officer)  # sessions end before ten days have passed
    note = {"unit": "xa-mot", "place": "Trang thông tin xã", "link": "https://xa.example/vb", "posted_on": "25/11/2026"}
    address = f"/van-ban-chi-dao/{made.pk}/dang-tai/"
    assert clerk.post(address, note | {"unit": "xa-hai"}).status_code == 403
    for change, said in (
        ({"posted_on": "22/11/2026"}, "trước ngày văn bản"),
        ({"posted_on": "04/12/2026"}, "chưa tới"),
        ({"link": "javascript:alert(1)"}, "Liên kết"),
    ):
        assert said in clerk.post(address, note | change).content.decode()
    assert clerk.post(address, note).status_code == 302
    assert "đã được ghi" in clerk.post(address, note).content.decode()
    assert officer.post(address, note | {"unit": "xa-hai", "posted_on": "03/12/2026"}).status_code == 302
    assert "không gửi đến" in officer.post(address, note | {"unit": "van-phong"}).content.decode()
    assert [one.delay for one in WebPosting.objects.order_by("posted_on")] == [2, 10]
    page = officer.get(f"/van-ban-chi-dao/{made.pk}/").content.decode()
    assert "2 ngày" in page and "10 ngày" in page and 'href="https://xa.example/vb"' in page


@pytest.mark.requirement(49, 55, 62)
def test_one_list_says_who_has_not_been_heard(officer, clerk, people):
    made = directive(people.province, [people.commune, people.other], people.office, posting_wanted=True)
    task(people.commune, people.chairman, people.office, subject=made)
    acknowledged = task(people.other, people.other_chairman, people.office, "Kế hoạch mô hình", subject=made)
    step(acknowledged, "acknowledge", "")
    client_of(people.office_head)

    def kinds(person, days, under=None):
        rows = missing(seen_by(person), MissingSearch(under), NOW + days * DAY)
        return sorted((row.kind, row.unit_name) for row in rows)

    assert kinds(people.officer, 0) == []
    unread = [("unread", "xã Hai"), ("unread", "xã Ẵng Một")]
    assert kinds(people.officer, 4) == [("silent", "xã Ẵng Một"), *unread]
    unposted = [("unposted", "xã Hai"), ("unposted", "xã Ẵng Một")]
    silent = [("silent", "xã Hai"), ("silent", "xã Ẵng Một")]
    assert kinds(people.officer, 30) == silent + unposted + unread
    assert kinds(people.officer, 30, people.other) == [silent[0], unposted[0], unread[0]]
    assert kinds(people.clerk, 30) == [silent[1], unposted[1], unread[1]]
    with time_machine.travel(NOW + 30 * DAY, tick=False):
        page = client_of(people.officer).get("/nhiem-vu/chua-bao-cao/?don-vi=xa-hai").content.decode()
    assert "Y Blan" in page and "Chưa tiếp nhận văn bản" in page and "xã Ẵng Một" not in page


@pytest.mark.requirement(57, 62, 117)
@pytest.mark.long
def test_a_task_is_followed_to_the_end_on_its_pages(chairman, officer, people):
    given = task(people.commune, people.chairman, people.office, "Dùng thư công vụ, kho lưu trữ điện tử hằng ngày")
    page = f"/nhiem-vu/{given.pk}"
    assert officer.post(f"{page}/tiep-nhan/", {"version": 1}).status_code == 403
    assert chairman.post(f"{page}/tiep-nhan/", {"version": 1}).status_code == 302
    assert (
        chairman.post(f"{page}/kho-khan/", {"version": 2, "kind": "difficulty", "text": "Mạng yếu"}).status_code == 302
    )
    raised = Difficulty.objects.get()
    assert chairman.get(f"/kho-khan/{raised.pk}/tra-loi/").status_code == 403
    assert officer.post(f"/kho-khan/{raised.pk}/tra-loi/", {"answer": ""}).status_code == 422
    assert officer.post(f"/kho-khan/{raised.pk}/tra-loi/", {"answer": "Nâng cấp tháng 12"}).status_code == 302
    stale = officer.post(f"/kho-khan/{raised.pk}/tra-loi/", {"answer": "Đã ghi nhận"})
    assert stale.status_code == 409 and "Nâng cấp tháng 12" in stale.content.decode()
    assert officer.post(f"{page}/don-doc/", {"version": 3, "text": "Khẩn trương"}).status_code == 302
    deadline = {"due_on": "31/12/2026", "reason": "Mưa lũ"}
    assert officer.post(f"{page}/doi-han/", deadline | {"version": 4}).status_code == 302
    leader = {"leader": "xm1", "reason": "Phân công lại"}
    assert officer.post(f"{page}/doi-lanh-dao/", leader | {"version": 5}).status_code == 302
    clerk = client_of(people.clerk)
    proof = {"version": 6, "proof": "BC 12/BC-UBND", "done_on": "23/11/2026"}
    assert clerk.post(f"{page}/hoan-thanh/", proof).status_code == 302
    assert clerk.get(f"{page}/xac-minh/").status_code == 403
    assert "thời gian" not in officer.get(f"{page}/").content.decode()
    assert officer.post(f"{page}/xac-minh/", {"version": 7, "text": ""}).status_code == 302
    done = officer.get(f"{page}/").content.decode()
    for words in (
        "Dùng thư công vụ, kho lưu trữ điện tử",
        "Mạng yếu",
        "Nâng cấp tháng 12",
        "Khẩn trương",
        "31/12/2026",
        "Mưa lũ",
        "BC 12/BC-UBND",
        "Đã hoàn thành",
    ):
        assert words in done
    assert officer.get(f"{page}/rut/").status_code == 422, "nothing more happens to it"
    assert officer.get(f"{page}/khong-co/").status_code == 404


@pytest.mark.requirement(62)
def test_the_second_of_two_is_told_keeps_the_words_and_may_save_again(chairman, clerk, people):
    given = task(people.commune, people.chairman, people.office)
    step(given, "acknowledge", "")
    address = f"/nhiem-vu/{given.pk}/tien-do/"
    seen = clerk.get(address).context["form"].initial["version"]
    assert chairman.post(address, {"version": seen, "text": "Xong 3/5"}).status_code == 302
    second = clerk.post(address, {"version": seen, "text": "Đã xong 4/5 thôn"})
    page = second.content.decode()
    assert second.status_code == 409
    assert "Trần Văn Dũng vừa thực hiện" in page and "Xong 3/5" in page and "Đã xong 4/5 thôn" in page
    assert clerk.post(address, {"version": second.context["form"]["version"].value(), "text": "4/5"}).status_code == 302
    assert Task.objects.get(pk=given.pk).version == 4


def test_who_may_not_verify_is_told_why_in_place_of_the_button(people, officer):
    given = task(people.commune, people.chairman, people.office)
    claimed(given)
    assert "Xác minh hoàn thành" in officer.get(f"/nhiem-vu/{given.pk}/").content.decode()
    page = client_of(people.chairman).get(f"/nhiem-vu/{given.pk}/").content.decode()
    assert "/xac-minh/" not in page and "dành cho người phụ trách của đơn vị theo dõi" in page


@pytest.mark.requirement(61, 65)
@pytest.mark.long
def test_the_board_filters_by_address_and_counts_what_it_leads_to(officer, chairman, people, today):
    one = task(people.commune, people.chairman, people.office, "Rà soát thủ tục")
    two = task(people.other, people.other_chairman, people.office, "Công khai danh sách")
    three = task(people.other, people.other_chairman, people.office, "Họp giao ban")
    claimed(two)
    step(three, "withdraw")

    def rows(query="", client=officer):
        return [row.pk for row in client.get(f"/nhiem-vu/{query}").context["rows"]]

    assert rows() == [one.pk, two.pk]
    assert rows("?trang-thai=all") == [one.pk, two.pk, three.pk]
    assert rows("?trang-thai=withdrawn") == [three.pk]
    assert rows("?tim=ra soat") == [one.pk]
    assert rows("?don-vi=xa-hai") == rows("?don-vi=xa-hai&tim=danh sach") == [two.pk]
    assert rows("?don-vi=tinh&cua-toi=follow") == [one.pk, two.pk]
    assert rows("?cua-toi=do") == [] and rows("?cua-toi=do", chairman) == rows("", chairman) == [one.pk]
    assert rows("?den=08/12/2026") == [one.pk, two.pk] and rows("?den=07/12/2026") == []
    assert rows("?tu=08/12/2026") == [one.pk, two.pk] and rows("?tu=09/12/2026") == []
    today.move_to(one.due_at + DAY)
    officer.force_login(Account.objects.get(official=people.officer))
    assert rows("?han=overdue") == [one.pk] and rows("?han=soon") == []
    counted = {str(count.link.text): count for count in officer.get("/nhiem-vu/").context["counted"]}
    assert {name: count.number for name, count in counted.items()} == {
        "Quá hạn": 1, "Sắp đến hạn": 0, "Chưa báo cáo": 1, "Chờ xác minh": 1,
    }  # fmt: skip
    for count in counted.values():
        assert officer.get(count.link.url).context["total"] == count.number


@pytest.mark.parametrize(
    "query",
    [
        "sau=x",
        "sau=-1",
        "don-vi=khong-co",
        "trang-thai=vui",
        "han=mai",
        "tu=hom qua",
        "van-ban=x",
        "van-ban=" + "9" * 30,
        "tim=%00",
    ],
)
def test_a_strange_address_shows_the_list(officer, query):
    for address in ("/nhiem-vu/", "/nhiem-vu/chua-bao-cao/", "/van-ban-chi-dao/"):
        assert officer.get(f"{address}?{query}").status_code == 200


def test_what_lies_outside_ones_scope_is_not_there(people):
    given = task(people.commune, people.chairman, people.office)
    made = directive(people.province, [people.commune], people.office)
    stranger = client_of(people.other_chairman)
    for address in ("nhiem-vu/{0}/", "nhiem-vu/{0}/vi-sao/", "nhiem-vu/{0}/rut/", "van-ban-chi-dao/{1}/"):
        assert stranger.get("/" + address.format(given.pk, made.pk)).status_code == 404
        assert Client().get("/" + address.format(given.pk, made.pk)).status_code in {403, 404}
    assert stranger.get("/kho-khan/999/tra-loi/").status_code == 404
    assert stranger.get("/nhiem-vu/").context["total"] == 0


def test_english_pages_are_english(officer, people):
    made = directive(people.province, [people.commune], people.office, posting_wanted=True)
    given = task(people.commune, people.chairman, people.office, subject=made)
    addresses = ("nhiem-vu/", f"nhiem-vu/{given.pk}/", "nhiem-vu/chua-bao-cao/", f"van-ban-chi-dao/{made.pk}/")
    for address in addresses:
        page = officer.get(f"/en/{address}").content.decode()
        assert "Directives" in page and "Nhiệm vụ" not in page and "Thời hạn" not in page


def test_the_list_counts_the_tasks_that_the_viewer_sees_and_leads_to_them(officer, clerk, people):
    made = directive(people.province, [people.commune, people.other], people.office)
    own = task(people.commune, people.chairman, people.office, subject=made)
    other = task(people.other, people.other_chairman, people.office, subject=made)
    claimed(other)
    step(other, "verify", "")
    address = f"/nhiem-vu/?van-ban={made.pk}&amp;trang-thai=all"
    for client, said, numbers, rows in (
        (officer, "1/2", [(0, 1), (1, 1)], {own, other}),
        (clerk, "0/1", [(0, 1), (0, 0)], {own}),
    ):
        assert f'<a href="{address}">{said}</a>' in client.get("/van-ban-chi-dao/").content.decode()
        assert set(client.get(address.replace("&amp;", "&")).context["rows"]) == rows
        addressees = client.get(f"/van-ban-chi-dao/{made.pk}/").context["addressees"]["rows"]
        assert [(one.done, one.given) for one in addressees] == numbers


def test_the_counts_of_an_addressee_lead_to_its_tasks_alone(officer, people):
    inner = unit("vp-xa-mot", people.commune, "office", "Văn phòng xã")
    made = directive(people.province, [people.commune, people.other, inner], people.office)
    own = task(people.commune, people.chairman, people.office, subject=made)
    done = task(people.commune, people.chairman, people.office, "Đã xong", subject=made)
    task(inner, people.chairman, people.office, "Của văn phòng", subject=made)
    claimed(done)
    step(done, "verify", "")
    page = officer.get(f"/van-ban-chi-dao/{made.pk}/").content.decode()
    address = f"/nhiem-vu/?van-ban={made.pk}&amp;don-vi=xa-mot&amp;rieng=1&amp;trang-thai="
    for state, number, rows in (("verified", 1, {done}), ("all", 2, {own, done})):
        assert f'<a href="{address}{state}">{number}<span' in page
        board = officer.get(f"{address}{state}".replace("&amp;", "&"))
        assert set(board.context["rows"]) == rows and board.context["total"] == number
        assert "Không kể đơn vị trực thuộc" in board.content.decode()
    below = officer.get(f"/nhiem-vu/?van-ban={made.pk}&don-vi=xa-mot&trang-thai=all")
    assert below.context["total"] == 3
    assert "don-vi=xa-hai&amp;rieng=1&amp;trang-thai=verified" not in page, "nothing to be seen there"
    assert officer.get("/nhiem-vu/?rieng=1").status_code == 200, "of no unit: of all"


@pytest.mark.parametrize("size", [2, 9])
@pytest.mark.long
def test_pages_ask_the_same_number_of_questions_at_any_size(officer, people, size, django_assert_max_num_queries):
    communes = [people.commune, *(unit(f"xa-{number}", people.province) for number in range(size))]
    made = directive(people.province, communes, people.office, posting_wanted=True)
    for number, commune in enumerate(communes):
        given = task(commune, official(f"ld{number}", works_in=commune), people.office, subject=made)
        step(given, "acknowledge", "")
    for address, most in (
        ("/nhiem-vu/", 14),
        (f"/nhiem-vu/{given.pk}/", 17),
        (f"/nhiem-vu/{given.pk}/vi-sao/", 11),
        ("/nhiem-vu/chua-bao-cao/", 13),
        ("/van-ban-chi-dao/", 13),
        (f"/van-ban-chi-dao/{made.pk}/", 21),
    ):
        with django_assert_max_num_queries(most):
            assert officer.get(address).status_code == 200


@pytest.mark.requirement(62)
def test_the_desk_has_what_waits_for_a_person(people, django_assert_max_num_queries):
    one, two = (task(people.commune, people.chairman, people.office, f"Việc {number}") for number in (1, 2))
    claimed(two)
    step(one, "acknowledge", "")
    for person in (people.officer, people.chairman, people.clerk, people.other_chairman):
        client_of(person)
    client_of(people.chairman).post(
        f"/nhiem-vu/{one.pk}/kho-khan/", {"version": 2, "kind": "proposal", "text": "Tập huấn"}
    )

    def desk(person):
        found = read_desk(seen_by(person), NOW).items
        return [(kind.name.vi, item.title) for kind, item in found if kind.code.startswith("followups.")]

    assert desk(people.officer) == [("Cần thực hiện", "Tập huấn"), ("Chờ xác minh", "Việc 2")]
    assert desk(people.chairman) == desk(people.clerk) == [("Cần thực hiện", "Việc 1")]
    assert desk(people.other_chairman) == []
    viewer = seen_by(people.officer)
    # Whom the viewer supervises and what is gone; where dossiers are theirs; then all is counted, then read.
    with django_assert_max_num_queries(4):
        read_desk(viewer, NOW)


def test_whoever_watches_over_units_sees_on_the_desk_how_their_tasks_stand(people, django_assert_num_queries):
    late, waiting = (task(people.commune, people.chairman, people.office, f"Việc {number}") for number in (1, 2))
    claimed(waiting)
    overdue = late.due_at + timedelta(minutes=1)
    officer = client_of(people.officer)
    client_of(people.other_chairman)
    viewer, other = seen_by(people.officer), seen_by(people.other_chairman)
    with django_assert_num_queries(2):  # once: whom the viewer supervises and what is gone
        shown = answer(in_scope.gather(viewer, overdue))
    assert shown is not None and shown["open"] == 2
    told = {count.link.url.partition("?")[2]: (count.status, count.number) for count in shown["counted"]}
    assert told == {
        "han=overdue": ("overdue", 1),
        "han=unheard": ("paused", 1),
        "trang-thai=done_claimed": ("neutral", 1),
    }
    assert "Nhiệm vụ trong phạm vi" in officer.get("/ban-lam-viec/").content.decode()
    assert answer(in_scope.gather(other, overdue)) is None


def test_the_desk_counts_what_it_does_not_show(people, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("cchc.followups.desk.MOST_SHOWN", 2)
    days = (TODAY + ahead * DAY for ahead in (0, 0, 2, 2, 3, 30, 30, 30))  # tomorrow is a day off
    for number, day in enumerate(days):
        task(people.commune, people.chairman, people.office, f"Việc {number}", deadline=Deadline(TODAY, due_on=day))
    viewer = viewer_of(unsaved_account(people.chairman), TODAY)
    later = NOW + 2 * DAY
    with django_assert_num_queries(3):  # once: what is gone; then counted, then read
        found = read_desk(viewer, later)
    assert {urgency.value: number for urgency, number in found.counts.items() if number} == {
        "overdue": 2, "today": 2, "soon": 1, "other": 3,
    }  # fmt: skip
    assert [item.title for _, item in found.items] == ["Việc 0", "Việc 1"]
    for urgency, titles in (("today", ["Việc 2", "Việc 3"]), ("soon", ["Việc 4"]), ("other", ["Việc 5", "Việc 6"])):
        chosen = read_desk(viewer, later, DeskChoice(urgency=urgency))
        assert [item.title for _, item in chosen.items] == titles
        assert {item.urgency.value for _, item in chosen.items} == {urgency}
    for number in range(3):
        claimed(task(people.commune, people.chairman, people.office, f"Xong {number}"))
    found = read_desk(viewer_of(unsaved_account(people.officer), TODAY), later)
    assert (found.found, len(found.items)) == (3, 2)
    assert [address for _, address in found.lists] == ["/nhiem-vu/?cua-toi=follow&trang-thai=done_claimed"]


@pytest.mark.requirement(128)
def test_the_search_finds_directives_and_tasks_of_ones_own_scope_in_a_question_each(people, django_assert_num_queries):
    made = directive(people.office, [people.commune], number="2624/UBND-TTHCC")
    given = task(people.commune, people.chairman, people.office, "Công khai danh sách xin lỗi", subject=made)
    for person in (people.chairman, people.other_chairman):
        viewer = viewer_of(unsaved_account(person), TODAY)
        mine = person == people.chairman
        viewer.gone_into(lambda _heir, _above: True)  # asked once for all that follows
        for kind, text, address in (
            (directives, "2624", f"/van-ban-chi-dao/{made.pk}/"),
            (directives, "chan chinh", f"/van-ban-chi-dao/{made.pk}/"),
            (tasks, "xin loi", f"/nhiem-vu/{given.pk}/"),
        ):
            with django_assert_num_queries(1):
                found = kind.find(viewer, text, 8)
            assert [hit.url for hit in found.hits] == [address] * mine
    assert directives.find(public_viewer(TODAY), "2624", 8).hits == ()
    assert tasks.find(public_viewer(TODAY), "xin loi", 8).hits == ()
    task(people.commune, people.chairman, people.office, "Nộp báo cáo xin lỗi")
    found = tasks.find(viewer_of(unsaved_account(people.chairman), TODAY), "xin loi", 1)
    assert found.more == "/nhiem-vu/?tim=xin+loi&trang-thai=all"
    assert [hit.title for hit in found.hits] == ["Công khai danh sách xin lỗi"]
