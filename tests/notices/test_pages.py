"""The bell, one's list, how one wishes to be told, and the delivery log."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from cchc.audit.queries import events_of
from cchc.interface.models import Job
from cchc.notices.actions import keep_wishes
from cchc.notices.actions.delivering import note_outcome
from cchc.notices.carriers import UNCLEAR
from cchc.notices.kinds import Mail
from cchc.notices.models import Delivery, Notice, Wishes
from cchc.notices.wishes import Wish
from cchc.organizations.actions.people import change_official
from cchc.organizations.actions.rights import delegate
from cchc.organizations.models import Official
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit
from tests.notices.room import NEWS, TASK, person, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def hoa() -> Official:
    return person("hoa", "Trần Thị Hoa")


@pytest.fixture
def client(hoa: Official) -> Client:
    return client_of(hoa)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.requirement(124)
@pytest.mark.parametrize("address", ["/thong-bao/", "/thong-bao/cach-nhan/", "/thong-bao/nhat-ky/"])
def test_the_public_sees_nothing_and_no_bell(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 403
    assert "header-item" not in answer.content.decode()


@pytest.mark.requirement(62)
def test_the_bell_counts_what_is_unread_on_every_page(hoa: Official, client: Client) -> None:
    bell = '<a class="header-item" href="/thong-bao/">'
    assert bell in text(client, "/tai-khoan/") and 'class="count"' not in text(client, "/tai-khoan/")
    told(hoa, hoa)
    assert '<span class="count">2</span>' in text(client, "/tai-khoan/")
    assert '<a class="header-item" href="/en/thong-bao/">' in text(client, "/en/tai-khoan/")


def test_one_reads_ones_own_newest_first_in_ones_language(hoa: Official, client: Client) -> None:
    told(hoa)
    told(hoa, kind=NEWS)
    told(person("ba"))
    rows = client.get("/thong-bao/").context["rows"]
    assert [row.subject for row in rows] == ["Tin: Họp giao ban", "Việc mới: Rà soát hồ sơ"]
    assert "2 thông báo chưa đọc" in text(client, "/thong-bao/")
    page = text(client, "/en/thong-bao/")
    assert "New task: Rà soát hồ sơ" in page and "2 unread notices" in page


def test_what_somebody_typed_is_text_on_the_page(hoa: Official, client: Client) -> None:
    from cchc.notices.actions import Telling, tell

    evil = {"task": "<script>alert(1)</script>\r\n<b>", "by": '" onload="x'}
    tell(**BY_TESTS, tellings=[Telling(TASK, hoa.pk, ("x", 1), evil)])
    page = text(client, "/thong-bao/")
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;" in page
    assert '" onload="x' not in page


def test_opening_marks_it_as_read_and_leads_to_what_it_tells_of(hoa: Official, client: Client) -> None:
    grant(hoa, "reform_officer", unit("tinh"))
    notice = Notice.objects.get()
    assert client.get(f"/thong-bao/{notice.pk}/mo/").status_code == 405, "nothing is written by looking"
    answer = client.post(f"/thong-bao/{notice.pk}/mo/")
    assert (answer.status_code, answer.url) == (302, "/tai-khoan/")
    notice.refresh_from_db()
    assert notice.read_at == NOW
    assert "Đã đọc hết." in text(client, "/thong-bao/")


def test_all_that_was_shown_is_marked_and_nothing_that_came_since(hoa: Official, client: Client) -> None:
    told(hoa, hoa)
    until = client.get("/thong-bao/").context["rows"][0].notice.pk
    (latest,) = told(hoa)
    answer = client.post("/thong-bao/da-doc/", {"until": until}, follow=True)
    assert "Đã đánh dấu 2 thông báo là đã đọc." in answer.content.decode()
    assert Notice.objects.get(read_at=None) == latest
    for strange in ("", "x", "-1", "9" * 30, "²"):
        assert client.post("/thong-bao/da-doc/", {"until": strange}).status_code == 302
    assert Notice.objects.get(read_at=None) == latest


@pytest.mark.requirement(124)
def test_to_others_there_is_no_such_notice(client: Client) -> None:
    (notice,) = told(person("ba"), due_at=NOW)
    for number in (notice.pk, notice.pk + 1):
        assert client.post(f"/thong-bao/{number}/mo/").status_code == 404
        assert client.get(f"/thong-bao/{number}/lich.ics").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_who_acts_for_another_reads_what_they_were_told_themselves(hoa: Official, client: Client) -> None:
    head = person("truong", "Trần Văn Dũng")
    delegate(**BY_TESTS, principal=head, deputy=hoa, starts_on=TODAY, ends_on=TODAY, reason="Họp")
    told(head)
    assert client.post("/tai-khoan/thay-mat/", {"principal": "truong"}).status_code == 302
    rows = client.get("/thong-bao/").context["rows"]
    assert [row.notice.recipient_id for row in rows] == [hoa.pk], "only that of the delegation"


@pytest.mark.requirement(62)
def test_a_due_moment_comes_as_a_calendar_file(hoa: Official, client: Client) -> None:
    dated, undated = told(hoa, due_at=NOW + timedelta(days=1))[0], told(hoa)[0]
    answer = client.get(f"/thong-bao/{dated.pk}/lich.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="lich.ics"'
    (entry,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert entry["DTSTART"].dt == dated.due_at
    assert client.get(f"/thong-bao/{undated.pk}/lich.ics").status_code == 404
    assert text(client, "/thong-bao/").count("/lich.ics") == 1


def test_of_two_sessions_that_change_the_wishes_the_second_is_told_and_may_save_again(
    hoa: Official, client: Client
) -> None:
    form = client.get("/thong-bao/cach-nhan/").context["form"]
    assert form["version"].value() == 0
    chosen = {name: Mail.AT_ONCE.value for name in form.fields if name.startswith("mail:")} | {"version": "0"}
    assert client.post("/thong-bao/cach-nhan/", chosen | {"language": "en"}).status_code == 302
    told = client.post("/thong-bao/cach-nhan/", chosen | {"language": "vi", f"mail:{TASK}": "daily"})
    assert told.status_code == 409 and "ở một phiên đăng nhập khác" in told.content.decode()
    kept = Wishes.objects.get(official=hoa)
    assert (kept.language, kept.version) == ("en", 1), "the first one's stays"
    seen = told.context["form"]
    assert (seen["version"].value(), seen[f"mail:{TASK}"].value()) == ("1", "daily")
    again = chosen | {"language": "vi", "version": seen["version"].value()}
    assert client.post("/thong-bao/cach-nhan/", again).status_code == 302
    kept.refresh_from_db()
    assert (kept.language, kept.version) == ("vi", 2)


def test_wishes_are_chosen_kind_by_kind(hoa: Official, client: Client) -> None:
    form = client.get("/thong-bao/cach-nhan/").context["form"]
    assert f"list:{TASK}" not in form.fields, "a duty always stands in the list"
    assert "mail:notices.password_set" not in form.fields, "always mailed"
    chosen = {name: Mail.AT_ONCE.value for name in form.fields if name.startswith("mail:")}
    chosen |= {"language": "en", f"mail:{TASK}": "daily"}
    assert client.post("/thong-bao/cach-nhan/", chosen).status_code == 302
    kept = Wishes.objects.get(official=hoa)
    assert (kept.language, kept.by_kind[TASK]) == ("en", {"in_app": True, "mail": "daily"})
    assert kept.by_kind[NEWS] == {"in_app": False, "mail": "at_once"}
    shown = client.get("/thong-bao/cach-nhan/").context["form"]
    assert shown[f"mail:{TASK}"].value() == "daily" and shown[f"list:{NEWS}"].value() is False
    answer = client.post("/thong-bao/cach-nhan/", chosen | {f"mail:{TASK}": "mỗi giờ"})
    assert answer.status_code == 422 and f"mail:{TASK}" in answer.context["form"].errors


# The delivery log.


@pytest.fixture
def administrator() -> Client:
    province = unit("tinh")
    admin = official("quan-tri", "Nguyễn Thị Lan", province)
    grant(admin, "administrator", unit("xa", province), covers_subtree=True)
    return client_of(admin)


@pytest.mark.requirement(124)
def test_administrators_see_how_their_people_were_told_and_not_what(administrator: Client, client: Client) -> None:
    mine = official("cb1", "Lê Văn Ba", unit("phong", _unit("xa")))
    others = official("cb2", "Đinh Thị Mơ", _unit("tinh"))
    told(mine, others)
    page = text(administrator, "/thong-bao/nhat-ky/")
    assert "Lê Văn Ba" in page and "Giao việc" in page
    assert "Đinh Thị Mơ" not in page and "Rà soát hồ sơ" not in page
    assert "Chưa có địa chỉ thư điện tử." in page
    assert client.get("/thong-bao/nhat-ky/").status_code == 403


def _unit(code: str):
    from cchc.organizations.models import Unit

    return Unit.objects.get(code=code)


def test_the_log_is_narrowed_by_state(administrator: Client) -> None:
    mine = official("cb1", "Lê Văn Ba", _unit("xa"))
    keep_wishes(**BY_TESTS, official=mine, language="vi", by_kind={TASK: Wish(True, Mail.DAILY)})
    told(mine)
    states = {
        state: len(administrator.get(f"/thong-bao/nhat-ky/?trang-thai={state}").context["rows"])
        for state in ("", "sent", "skipped", "failed", "lạ")
    }
    assert states == {"": 2, "sent": 1, "skipped": 1, "failed": 0, "lạ": 2}
    assert "Không có lượt gửi nào ở trạng thái này" in text(administrator, "/thong-bao/nhat-ky/?trang-thai=failed")


@pytest.mark.requirement(62)
def test_a_mail_that_failed_is_sent_again_once_by_whoever_may(administrator: Client, client: Client) -> None:
    mine = official("cb1", "Lê Văn Ba", _unit("xa"))
    change_official(**BY_TESTS, official=mine, name=mine.name, email="ba@tinh.example", phone="")
    told(mine)
    mail = Delivery.objects.get(notice__recipient=mine, channel="file")
    note_outcome(**BY_TESTS, deliveries=[mail.pk], result=UNCLEAR)
    address = f"/thong-bao/nhat-ky/{mail.pk}/gui-lai/"
    page = text(administrator, "/thong-bao/nhat-ky/?trang-thai=failed")
    assert address in page and "hệ thống không tự gửi lại" in page
    assert client.post(address).status_code == 403
    assert administrator.get(address).status_code == 405
    answer = administrator.post(address, {"trang-thai": "failed"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/thong-bao/nhat-ky/?trang-thai=failed")
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.why, mail.settled_at) == ("queued", 0, "", None)
    assert Job.objects.filter(kind="notices.send", ended_at=None).count() == 2, "that of then, and that of now"
    assert [event.actor_identity for event in events_of(mail)][-1] == "quan-tri"
    assert administrator.post(address).status_code == 422
    assert administrator.post("/thong-bao/nhat-ky/99999/gui-lai/").status_code == 404


def test_whom_one_could_not_write_to_is_written_to_once_there_is_an_address(administrator: Client) -> None:
    mine = official("cb1", "Lê Văn Ba", _unit("xa"))
    told(mine)
    mail = Delivery.objects.get(notice__recipient=mine, channel="file")
    address = f"/thong-bao/nhat-ky/{mail.pk}/gui-lai/"
    assert address not in text(administrator, "/thong-bao/nhat-ky/")
    assert "Sửa địa chỉ" in administrator.post(address).content.decode()
    change_official(**BY_TESTS, official=mine, name=mine.name, email="ba@tinh.example", phone="")
    assert address in text(administrator, "/thong-bao/nhat-ky/")
    assert administrator.post(address).status_code == 302


@pytest.mark.parametrize("size", [2, 30])
def test_pages_ask_the_same_number_of_questions_at_any_size(
    administrator: Client, hoa: Official, client: Client, size: int, django_assert_num_queries
) -> None:
    told(*(official(f"cb{number}", works_in=_unit("xa")) for number in range(size)), *([hoa] * size))
    for who, address, count in (
        (client, "/thong-bao/", 6),
        (client, "/thong-bao/cach-nhan/", 5),
        (administrator, "/thong-bao/nhat-ky/", 5),
    ):
        with django_assert_num_queries(count):
            who.get(address)


def test_long_lists_go_on_by_key(administrator: Client, hoa: Official, client: Client, monkeypatch) -> None:
    monkeypatch.setattr("cchc.interface.paging.PAGE_SIZE", 2)
    told(hoa, hoa, official("cb1", works_in=_unit("xa")), hoa)
    first = client.get("/thong-bao/")
    told(hoa)  # what comes while somebody reads moves nothing
    rest = client.get(first.context["next"])
    keys = [row.notice.pk for page in (first, rest) for row in page.context["rows"]]
    assert keys == sorted(keys, reverse=True) and len(set(keys)) == 3
    assert rest.context["next"] == ""
    log = administrator.get("/thong-bao/nhat-ky/")
    assert len(log.context["rows"]) == 2 == Delivery.objects.filter(notice__recipient__code="cb1").count()


@pytest.mark.parametrize("query", ["sau=abc", "sau=99999999999999999999", "sau=-1", "trang-thai=%00"])
def test_a_strange_address_shows_the_list(administrator: Client, query: str) -> None:
    for address in ("/thong-bao/", "/thong-bao/nhat-ky/"):
        assert administrator.get(f"{address}?{query}").status_code == 200
