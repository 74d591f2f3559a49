"""Whoever leads open tasks and goes is not missed: the head of the unit and who gave the tasks hear of it by name."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from cchc.audit.recording import unguarded
from cchc.followups.actions.approvals import lay_before
from cchc.followups.queries.tasks import TaskSearch, find_tasks
from cchc.notices.models import Notice
from cchc.notices.said import page_of_notice, said
from cchc.organizations.actions.leaving import leave_office
from cchc.organizations.actions.people import end_posting, post_official, transfer_official
from cchc.organizations.models import Posting
from cchc.organizations.viewers import actor_of, viewer_of
from tests.factories import papers
from tests.factories.clients import client_of
from tests.factories.followups import claimed, step, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, official, unsaved_account

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(62, 117)]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def deputy(people):
    return official("xm2", "Y Thu", people.commune, post="Phó Chủ tịch")


def told() -> dict[str, Notice]:
    return {one.recipient.code: one for one in Notice.objects.filter(kind="followups.leader_leaves")}


def leave(person, last_day=TODAY, **more):
    leave_office(**(BY_TESTS | more), official=person, ends_on=last_day, reason="Nghỉ hưu")


def test_the_head_of_the_unit_and_who_gave_the_tasks_are_told_which_are_open(people, deputy):
    by = {"actor": actor_of(people.officer)}
    first, second = (task(people.commune, deputy, people.office, f"Việc {number}", **by) for number in (1, 2))
    claimed(second)
    over = task(people.commune, deputy, people.office, "Việc đã rút")
    step(over, "withdraw", "Trùng")
    task(people.commune, people.chairman, people.office, "Việc của Chủ tịch")
    leave(deputy, TODAY + 5 * DAY)
    assert set(told()) == {"xm0", "vp1"}
    body = said(told()["xm0"], "vi").body
    assert "Y Thu" in body and "28/11/2026" in body and "xã Ẵng Một: Việc 1; Việc 2" in body
    assert "Việc đã rút" not in body and "Việc của Chủ tịch" not in body
    assert said(told()["xm0"], "vi").subject == "Cần phân công lại 2 nhiệm vụ: xã Ẵng Một"
    address = page_of_notice(told()["vp1"], "vi")
    shown = client_of(people.officer).get(address).content.decode()
    assert "Việc 1" in shown and "Việc của Chủ tịch" not in shown and "Của một lãnh đạo" in shown
    viewer = viewer_of(unsaved_account(people.chairman), TODAY)
    assert list(find_tasks(viewer, TaskSearch(leader=deputy.pk), NOW)) == [first, second]


def test_a_transfer_tells_them_too_and_one_within_reach_tells_nobody(people, deputy):
    task(people.commune, deputy, people.office)
    post_official(**BY_TESTS, official=deputy, unit=people.other, post="Ủy viên", starts_on=TODAY, is_main=False)
    beside = deputy.postings.get(is_main=False)
    end_posting(**BY_TESTS, posting=beside, ends_on=TODAY + DAY, reason="Thôi kiêm nhiệm")
    assert not told(), "still works in the commune"
    transfer_official(**BY_TESTS, official=deputy, unit=people.office, post="Chuyên viên", starts_on=TODAY + 10 * DAY)
    assert set(told()) == {"xm0", "vp0"}, "nobody gave it by name: the head of the office"


def test_who_leads_from_above_after_a_transfer_still_leads(people, deputy):
    task(people.commune, deputy, people.office)
    transfer_official(
        **BY_TESTS, official=deputy, unit=people.province, post="Chủ tịch", starts_on=TODAY + DAY, is_head=True
    )
    assert not told()


def test_neither_the_one_who_goes_nor_who_enters_it_is_told(people):
    task(people.commune, people.chairman, people.office, actor=actor_of(people.officer))
    leave(people.chairman, actor=actor_of(people.officer))
    assert not told(), "the commune has no head from tomorrow on, the officer has just entered it"


def test_of_what_was_asked_of_a_unit_its_head_alone_is_told(people):
    head = official("ct", "Trần Văn Thành", people.province, post="Chủ tịch", is_head=True)
    lay_before(actor=actor_of(people.clerk), now=NOW, paper=papers.issued(people.commune), to=people.province)
    next_one = official("ct2", "Y Ngọc", people.province, post="Phó Chủ tịch")
    with unguarded():  # as older data may hold it
        Posting.objects.filter(official=next_one).update(is_head=True)
    leave(head)
    assert set(told()) == {"ct2"} and told()["ct2"].recipient == next_one


def test_many_tasks_are_named_up_to_ten(people, deputy):
    for number in range(12):
        task(people.commune, deputy, people.office, f"Việc {number:02}")
    leave(deputy)
    assert "Việc 09; và 2 nhiệm vụ khác" in said(told()["xm0"], "vi").body
    assert "Việc 09; and 2 more" in said(told()["xm0"], "en").body
