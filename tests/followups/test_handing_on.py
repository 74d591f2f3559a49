"""A directive is followed by another unit, or is to be posted after all: what that changes at tasks and addressees."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from cchc.followups.actions import tasks as actions
from cchc.followups.actions.correcting import correct_directive
from cchc.followups.actions.directives import Paper, note_posting
from cchc.followups.models import Addressee, Directive, DirectiveEntry, Task, TaskEntry
from cchc.followups.queries.reminders import next_unposted
from cchc.followups.queries.tasks import tasks_of
from cchc.notices.models import Notice
from cchc.organizations.viewers import actor_of
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.followups import claimed, directive, step, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(116)]
DAY = timedelta(days=1)
AS_IT_IS = Paper("2624/UBND-TTHCC", TODAY, "UBND tỉnh Mẫu", "Chấn chỉnh quá hạn")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sent(people) -> Directive:
    return directive(people.province, [people.commune, people.other], people.office)


@pytest.fixture
def department(people):
    return unit("so-noi-vu", people.province, kind="department", name="Sở Nội vụ")


@pytest.fixture
def director(department):
    person = official("gd", "Lò Thị Mai", department, post="Giám đốc", is_head=True)
    grant(person, "unit_head", department)
    return person


def correct(given: Directive, **more) -> Directive:
    now = Directive.objects.get(pk=given.pk)
    asked = {"paper": AS_IT_IS, "reason": "Nhập nhầm đơn vị"} | more
    return correct_directive(
        **(BY_TESTS | {"actor": asked.pop("actor", BY_TESTS["actor"])}), directive=now, expected_version=now.version,
        **asked,
    )  # fmt: skip


def refused(act) -> str:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value.code.removeprefix("followups.")


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=f"followups.{kind}").values_list("recipient__code", flat=True))


def test_open_tasks_that_the_former_one_followed_go_along_with_a_line_in_their_history(
    people, sent, department, director
):
    running = task(people.commune, people.chairman, people.office, subject=sent)
    reported = claimed(task(people.other, people.other_chairman, people.office, subject=sent))
    over = task(people.other, people.other_chairman, people.office, "Đã xong", subject=sent)
    step(over, "withdraw", "Trùng")
    elsewhere = task(people.other, people.other_chairman, people.province, "Tỉnh theo dõi", subject=sent)
    made = correct(sent, watcher=department, actor=actor_of(people.officer))
    followed = {one.pk: one.watcher for one in Task.objects.filter(pk__in=[running.pk, reported.pk])}
    assert made.watcher == department and set(followed.values()) == {department}
    assert Task.objects.get(pk=over.pk).watcher == people.office
    assert Task.objects.get(pk=elsewhere.pk).watcher == people.province
    line = TaskEntry.objects.filter(task=running).latest("pk")
    assert line.text == "Văn phòng UBND tỉnh → Sở Nội vụ. Nhập nhầm đơn vị" and line.by == people.officer
    page = client_of(people.clerk).get(f"/nhiem-vu/{running.pk}/").content.decode()
    assert "Chuyển đơn vị theo dõi" in page and "Sở Nội vụ" in page
    assert told("directive_corrected") == {"xm0", "xh0", "gd", "vp0"}, "who follows it now, and who did"
    shown = client_of(people.clerk).get(f"/van-ban-chi-dao/{sent.pk}/").content.decode()
    assert "<del>Văn phòng UBND tỉnh</del> → <ins>Sở Nội vụ</ins>" in shown
    verified = client_of(director).post(f"/nhiem-vu/{reported.pk}/xac-minh/", {"version": 4, "text": ""})
    assert verified.status_code == 302


def test_what_waits_for_the_former_ones_answer_waits_for_that_of_the_other(people, sent, department, director):
    given = task(people.commune, people.chairman, people.office, subject=sent)
    raised = actions.raise_difficulty(
        actor=actor_of(people.clerk), now=NOW, task=given, expected_version=1, kind="proposal", text="Tập huấn"
    )
    correct(sent, watcher=department)
    asked = tasks_of(raised).get()
    assert (asked.owner, asked.leader, asked.watcher) == (department, director, people.commune)
    assert told("task_led") == {"gd"} and told("task_handed_over") == {"vp0"}
    page = client_of(director)
    assert page.post(f"/kho-khan/{raised.pk}/tra-loi/", {"answer": "Mở lớp tháng 12"}).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "verified"


def test_nobody_comes_to_follow_the_own_work_nor_what_is_out_of_reach(people, sent):
    task(people.commune, people.chairman, people.office, subject=sent)
    assert refused(lambda: correct(sent, watcher=people.commune)) == "watches_itself"
    foreign = unit("tinh-khac", name="tỉnh Khác")
    assert refused(lambda: correct(sent, watcher=foreign)) == "not_under_issuer"
    assert Directive.objects.get(pk=sent.pk).watcher == people.office
    assert Task.objects.get().watcher == people.office
    assert refused(lambda: correct(sent, watcher=people.office, posting_wanted=False)) == "nothing_corrected"


def test_posting_is_asked_for_after_all_from_that_day_on_and_no_longer(people, sent, today):
    today.move_to(NOW + 10 * DAY)
    later = BY_TESTS | {"now": NOW + 10 * DAY}
    made = correct_directive(
        **later, directive=sent, expected_version=1, paper=AS_IT_IS, reason="Có yêu cầu đăng", posting_wanted=True
    )
    due = {one.post_by for one in Addressee.objects.filter(directive=sent)}
    assert made.posting_wanted and min(due) > NOW + 12 * DAY, "three working days from the correction on"
    note_posting(**later, directive=sent, unit=people.commune, place="Trang xã", link="", posted_on=TODAY + 10 * DAY)
    assert len(next_unposted(0, NOW + 20 * DAY).late) == 1
    made = correct_directive(
        **later, directive=sent, expected_version=2, paper=AS_IT_IS, reason="Không cần", posting_wanted=False
    )
    assert next_unposted(0, NOW + 20 * DAY).late == [] and not made.posting_wanted
    page = client_of(people.clerk).get(f"/van-ban-chi-dao/{sent.pk}/").content.decode()
    assert "<del>có</del> → <ins>không</ins>" in page and "<del>không</del> → <ins>có</ins>" in page
    assert [one.step for one in DirectiveEntry.objects.order_by("pk")] == ["correct", "correct"]


def test_both_are_corrected_on_the_page(people, sent, department):
    officer = client_of(people.officer)
    address = f"/van-ban-chi-dao/{sent.pk}/sua/"
    seen = officer.get(address)
    assert seen.context["form"].initial["watcher"] == "van-phong"
    typed = {
        "number": "2624/UBND-TTHCC", "issued_on": "23/11/2026", "issued_by": "UBND tỉnh Mẫu",
        "title": "Chấn chỉnh quá hạn", "signer": "", "legal_basis": "", "removed": "", "version": 1,
        "reason": "Nhầm đơn vị", "watcher": "so-noi-vu", "posting_wanted": "on",
    }  # fmt: skip
    assert officer.post(address, typed | {"watcher": ""}).status_code == 422
    assert officer.post(address, typed).status_code == 302
    made = Directive.objects.get(pk=sent.pk)
    assert (made.watcher, made.posting_wanted) == (department, True)
