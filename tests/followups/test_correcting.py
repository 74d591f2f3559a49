"""Directives corrected, sent further, withdrawn, repealed: two people lose nothing, and what stood there stays."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cchc.audit.models import AuditEvent
from cchc.followups.actions.assigning import assign_follow_up
from cchc.followups.actions.correcting import correct_directive, end_directive
from cchc.followups.actions.directives import Paper, acknowledge_directive, address_directive, note_posting
from cchc.followups.actions.urging import urge_directive
from cchc.followups.models import Addressee, Directive, DirectiveEntry, Task, WebPosting
from cchc.followups.queries.directives import find_directives, to_acknowledge
from cchc.followups.queries.missing import MissingSearch, missing
from cchc.followups.queries.reminders import next_unposted, next_unread
from cchc.followups.states import DIRECTIVE
from cchc.notices.models import Notice
from cchc.organizations.viewers import actor_of, viewer_of
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.followups import claimed, directive, step, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, official, unit, unsaved_account
from tests.factories.papers import basis

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SAID = Paper("2625/UBND-TTHCC", TODAY - DAY, "UBND tỉnh Mẫu", "Chấn chỉnh hồ sơ quá hạn", "Lê Thị Sáu", "Kế hoạch 1/KH")
AS_IT_IS = Paper("2624/UBND-TTHCC", TODAY, "UBND tỉnh Mẫu", "Chấn chỉnh quá hạn")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sent(people) -> Directive:
    return directive(people.province, [people.commune, people.other], people.office, posting_wanted=True)


def correct(given: Directive, paper: Paper = SAID, **more):
    asked = {"expected_version": given.version, "reason": "Nhập nhầm số"} | more
    return correct_directive(**BY_TESTS, directive=given, paper=paper, **asked)


def end(given: Directive, **more):
    asked = {"expected_version": given.version, "step": "repeal", "on": TODAY, "reason": "Có văn bản mới"} | more
    return end_directive(**BY_TESTS, directive=given, **asked)


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=f"followups.{kind}").values_list("recipient__code", flat=True))


def refused(act, code: str) -> None:
    with pytest.raises(DomainError) as caught:
        act()
    assert caught.value.code == f"followups.{code}"


@pytest.mark.requirement(57)
def test_a_correction_keeps_what_was_entered_first_and_tells_the_addressees(people, sent):
    law = basis(people.province, "61/2018/NĐ-CP", title="về cơ chế một cửa")
    given = task(people.commune, people.chairman, people.office, subject=sent)
    made = correct(sent, Paper(SAID.number, SAID.issued_on, SAID.issued_by, SAID.title, SAID.signer, "", [law]))
    assert (made.number, made.issued_on, made.signer, made.version) == (
        "2625/UBND-TTHCC",
        date(2026, 11, 22),
        "Lê Thị Sáu",
        2,
    )
    seen = find_directives(viewer_of(unsaved_account(people.officer), TODAY), "ho so qua han")
    assert list(seen) == [made] and Task.objects.get(pk=given.pk).due_at == given.due_at
    page = client_of(people.clerk).get(f"/van-ban-chi-dao/{sent.pk}/").content.decode()
    assert "<del>2624/UBND-TTHCC</del> → <ins>2625/UBND-TTHCC</ins>" in page
    assert "<del>23/11/2026</del> → <ins>22/11/2026</ins>" in page and "Nhập nhầm số" in page
    assert "Nghị định số 61/2018/NĐ-CP" in page and "Lê Thị Sáu" in page
    english = client_of(people.clerk).get(f"/en/van-ban-chi-dao/{sent.pk}/").content.decode()
    assert "Signed by" in english and "Corrections and withdrawal" in english
    assert told("directive_corrected") == {"xm0", "xh0", "vp0"}
    event = AuditEvent.objects.get(kind="followups.directive_corrected")
    assert "2624/UBND-TTHCC" in event.payload.body and "Nhập nhầm số" in event.payload.body


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"paper": AS_IT_IS}, "nothing_corrected"),
        ({"paper": Paper("1/UBND", TODAY + DAY, "UBND", "Chấn chỉnh")}, "day_to_come"),
        ({"paper": Paper(" ", TODAY, "UBND", "Chấn chỉnh")}, "nothing_said"),
        ({"paper": Paper("2700/UBND", TODAY, "UBND", "Chấn chỉnh")}, "directive_known"),
        ({"reason": " "}, "nothing_said"),
        ({"expected_version": 7}, "directive_stale"),
    ],
)
def test_what_cannot_be_corrected_says_why(people, sent, change, code):
    directive(people.province, [people.commune], number="2700/UBND")
    correct(sent, Paper("2624/UBND-TTHCC", TODAY, "UBND tỉnh Mẫu", "Chấn chỉnh", "Ai đó"))
    now = correct(Directive.objects.get(pk=sent.pk), AS_IT_IS)
    refused(lambda: correct(now, **change), code)
    assert DirectiveEntry.objects.count() == 2


@pytest.mark.requirement(55)
def test_the_date_is_not_moved_behind_a_posting(people, sent, today):
    note_posting(**BY_TESTS, directive=sent, unit=people.commune, place="Trang xã", link="", posted_on=TODAY)
    later = BY_TESTS | {"now": NOW + 2 * DAY}
    moved = Paper("2624/UBND-TTHCC", TODAY + DAY, "UBND", "Chấn chỉnh")
    refused(
        lambda: correct_directive(**later, directive=sent, expected_version=1, paper=moved, reason="Nhầm ngày"),
        "posted_before_issue",
    )
    correct(sent, Paper("2624/UBND-TTHCC", TODAY - 3 * DAY, "UBND", "Chấn chỉnh"))
    assert WebPosting.objects.get().delay == 3


def test_units_that_have_done_nothing_are_taken_off_with_their_tasks(people, sent):
    for owner, leader in ((people.commune, people.chairman), (people.other, people.other_chairman)):
        task(owner, leader, people.office, subject=sent)
    acknowledge_directive(**BY_TESTS, directive=sent, unit=people.commune)
    refused(lambda: correct(sent, AS_IT_IS, removed=[people.commune]), "addressee_acts")
    made = correct(sent, AS_IT_IS, removed=[people.other])
    assert [one.unit for one in made.addressees.all()] == [people.commune]
    assert {(one.owner.code, one.state) for one in Task.objects.all()} == {
        ("xa-mot", "acknowledged"),
        ("xa-hai", "withdrawn"),
    }
    assert told("directive_removed") == {"xh0"} and told("directive_corrected") == {"xm0", "vp0"}
    assert "xã Hai" in DirectiveEntry.objects.get().changes
    alone = directive(people.province, [people.commune], number="9/UBND")
    same = Paper("9/UBND", TODAY, "UBND tỉnh Mẫu", "Chấn chỉnh quá hạn")
    refused(lambda: correct(alone, same, removed=[people.commune]), "no_addressee")
    assert address_directive(**BY_TESTS, directive=sent, addressees=[people.other]) == 1, "sent again after all"


@pytest.mark.requirement(57, 68)
def test_later_addressees_get_the_tasks_of_the_others(people, sent):
    for owner, leader in ((people.commune, people.chairman), (people.other, people.other_chairman)):
        task(owner, leader, people.office, "Công khai danh sách", subject=sent, legal_basis="Kế hoạch 1")
    task(people.commune, people.chairman, people.office, "Rà soát", subject=sent)
    third = unit("xa-ba", people.province, name="xã Ba")
    officer = client_of(people.officer)
    address = f"/van-ban-chi-dao/{sent.pk}/them-noi-nhan/"
    offered = officer.get(address).context["form"].fields["tasks"].choices
    assert [words.split(" · ")[0] for _, words in offered] == ["Công khai danh sách", "Rà soát"]
    asked = {"kinds": [], "units": "xa-ba", "tasks": [offered[0][0]]}
    official("xb0", "Đinh Văn Tư", third, is_head=True)
    headless = unit("xa-bon", people.province, name="xã Bốn")
    answer = officer.post(address, asked | {"units": ["xa-ba", "xa-bon"]}, follow=True)
    assert "chưa báo được cho người đứng đầu: xã Bốn" in answer.content.decode()
    given = Task.objects.get(owner=third)
    assert (given.what, given.leader.code, given.legal_basis) == ("Công khai danh sách", "xb0", "Kế hoạch 1")
    assert Task.objects.get(owner=headless).leader is None
    assert Addressee.objects.filter(unit=third).count() == 1


@pytest.mark.parametrize(("way", "state"), [("withdraw", "withdrawn"), ("repeal", "repealed")])
@pytest.mark.requirement(57, 116)
def test_an_ended_directive_takes_its_open_tasks_with_it_and_stays_readable(people, sent, way, state):
    open_one = task(people.commune, people.chairman, people.office, subject=sent)
    done = task(people.other, people.other_chairman, people.office, "Rà soát", subject=sent)
    claimed(done)
    step(done, "verify")
    note_posting(**BY_TESTS, directive=sent, unit=people.commune, place="Trang xã", link="", posted_on=TODAY)
    new = directive(people.province, [people.commune], number="2700/UBND")
    made = end(sent, step=way, replaced_by=new)
    assert (made.state, made.ended_on, made.because, made.replaced_by) == (state, TODAY, "Có văn bản mới", new)
    assert {one.pk: one.state for one in Task.objects.all()} == {open_one.pk: "withdrawn", done.pk: "verified"}
    assert told("task_withdrawn") == {"xm0"} and told("directive_ended") == {"xm0", "xh0", "vp0"}
    assert made.addressees.count() == 2 and made.postings.count() == 1
    officer, name = client_of(people.officer), DIRECTIVE.state(state).name
    page = officer.get(f"/van-ban-chi-dao/{sent.pk}/").content.decode()
    assert f"{name.vi} từ ngày 23/11/2026" in page and "Có văn bản mới" in page and "Trang xã" in page
    assert (
        f'href="/van-ban-chi-dao/{new.pk}/"' in page
        and "/giao-viec/" not in page
        and f"/{sent.pk}/dang-tai/" not in page
    )
    assert name.vi in officer.get("/van-ban-chi-dao/").content.decode()
    assert name.en in officer.get("/en/van-ban-chi-dao/").content.decode()
    board = officer.get("/nhiem-vu/?trang-thai=all").content.decode()
    assert f"2624/UBND-TTHCC ({name.vi.lower()})" in board
    assert "2624/UBND-TTHCC" in officer.get(f"/van-ban-chi-dao/{new.pk}/").content.decode()


def test_who_had_not_taken_note_when_it_ended_is_not_late(people, sent, today):
    end(sent)
    today.move_to(NOW + 30 * DAY)
    officer = client_of(people.officer)
    page = officer.get(f"/van-ban-chi-dao/{sent.pk}/").content.decode()
    assert page.count("Không còn yêu cầu") == 4 and "đã quá hạn" not in page
    table = officer.post(f"/van-ban-chi-dao/{sent.pk}/bang-theo-doi.xlsx").content
    said = {cell for row in load_workbook(BytesIO(table)).worksheets[1].iter_rows(values_only=True) for cell in row}
    assert "Không còn yêu cầu" in said and "Chưa, đã quá hạn" not in said


def test_nothing_is_asked_of_an_ended_directive_any_more(people, sent):
    late = NOW + 30 * DAY
    clerk = viewer_of(unsaved_account(people.clerk), TODAY, used_second_factor=True)
    assert to_acknowledge(clerk).count() == 1 and next_unread(0, late).late and next_unposted(0, late).late
    made = end(sent)
    assert not to_acknowledge(clerk).exists() and missing(clerk, MissingSearch(), late) == []
    assert next_unread(0, late).last is None and next_unposted(0, late).last is None
    note = {"unit": people.commune, "place": "Trang xã", "link": "", "posted_on": TODAY}
    for act in (
        lambda: acknowledge_directive(**BY_TESTS, directive=sent, unit=people.commune),
        lambda: address_directive(**BY_TESTS, directive=sent, addressees=[people.office]),
        lambda: task(people.commune, people.chairman, people.office, subject=sent),
        lambda: urge_directive(**BY_TESTS, directive=sent, text="Khẩn trương", tasks=[]),
        lambda: note_posting(**BY_TESTS, directive=sent, **note),
        lambda: correct(made),
        lambda: end(made),
    ):
        refused(act, "directive_ended")
    for page in ("sua", "thu-hoi", "giao-viec", "them-noi-nhan"):
        assert client_of(people.officer).get(f"/van-ban-chi-dao/{sent.pk}/{page}/").status_code == 422


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"on": TODAY + DAY}, "day_to_come"),
        ({"on": TODAY - DAY}, "ended_before_issue"),
        ({"reason": ""}, "nothing_said"),
        ({"expected_version": 2}, "directive_stale"),
    ],
)
def test_what_cannot_end_says_why(people, sent, change, code):
    task(people.commune, people.chairman, people.office, subject=sent)
    if code == "directive_stale":
        correct(sent)
        change = {"expected_version": 1}
    refused(lambda: end(sent, **change), code)
    assert Directive.objects.get(pk=sent.pk).is_in_force and Task.objects.get().state == "given"


def test_what_takes_the_place_stands_itself_and_is_another(people, sent):
    refused(lambda: end(sent, replaced_by=sent), "replaced_by_itself")
    gone = end(directive(people.province, [people.commune], number="1/UBND"))
    refused(lambda: end(sent, replaced_by=gone), "directive_ended")


@pytest.mark.requirement(57)
def test_the_second_of_two_is_told_keeps_the_words_and_may_save_again(people, sent):
    first, second = client_of(people.officer), client_of(people.office_head)
    address = f"/van-ban-chi-dao/{sent.pk}/sua/"
    seen = second.get(address).context["form"].initial
    typed = {
        "number": seen["number"], "issued_on": "23/11/2026", "issued_by": seen["issued_by"], "title": "Chấn chỉnh ngay",
        "signer": "", "legal_basis": "", "removed": "", "reason": "Sửa trích yếu", "version": seen["version"],
        "watcher": seen["watcher"], "posting_wanted": "on",
    }  # fmt: skip
    assert first.post(address, typed | {"number": "2626/UBND", "reason": "Sửa số"}).status_code == 302
    answer = second.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Nguyễn Thị Hoa vừa thực hiện" in page and "Sửa số" in page
    assert "Chấn chỉnh ngay" in page and Directive.objects.get(pk=sent.pk).number == "2626/UBND"
    assert second.post(address, typed | {"version": answer.context["form"]["version"].value()}).status_code == 302
    assert Directive.objects.get(pk=sent.pk).title == "Chấn chỉnh ngay"


def test_the_pages_end_a_directive_for_who_issues_and_for_nobody_else(people, sent):
    new = directive(people.province, [people.commune], number="2700/UBND")
    typed = {"step": "withdraw", "on": "23/11/2026", "reason": "Gửi nhầm", "version": 1, "replaced_by": f"#{new.pk}"}
    address = f"/van-ban-chi-dao/{sent.pk}/thu-hoi/"
    assert client_of(people.clerk).post(address, typed).status_code == 403
    officer = client_of(people.officer)
    assert officer.post(address, typed | {"replaced_by": "khong co van ban"}).status_code == 422
    assert officer.post(address, typed | {"replaced_by": "2700/ubnd"}).status_code == 302
    made = Directive.objects.get(pk=sent.pk)
    assert (made.state, made.replaced_by) == ("withdrawn", new)
    again = officer.post(address, typed)
    assert again.status_code in (409, 422) and "Gửi nhầm" in again.content.decode()


def test_a_page_asks_the_same_number_of_questions_however_much_was_corrected(people, sent):
    officer, asked = client_of(people.officer), []
    for number in range(3):
        correct(Directive.objects.get(pk=sent.pk), Paper(f"{number}/UBND", TODAY, "UBND", "Chấn chỉnh"))
        with CaptureQueriesContext(connection) as caught:
            page = officer.get(f"/van-ban-chi-dao/{sent.pk}/")
        assert len(page.context["changes"]) == number + 1
        asked.append(len(caught))
    assert asked[1] == asked[2]


def test_who_is_assigned_to_follow_is_told_too_and_whoever_did_it_is_not(people, sent):
    days = {"starts_on": TODAY, "ends_on": TODAY + 6 * DAY, "reason": "Đúng lĩnh vực"}
    assign_follow_up(**BY_TESTS, subject=sent, official=people.officer, **days)
    head = BY_TESTS | {"actor": actor_of(people.office_head)}
    end_directive(**head, directive=sent, expected_version=1, step="withdraw", on=TODAY, reason="Gửi nhầm")
    assert told("directive_ended") == {"xm0", "xh0", "vp1"}
