"""Units without a known head: a directive reaches them, and the page says that nobody there was told."""

from __future__ import annotations

import pytest
import time_machine

from cchc.followups.models import Addressee, Directive, Task
from cchc.notices.models import Notice
from tests.factories.clients import client_of
from tests.factories.followups import directive
from tests.factories.organizations import NOW, grant, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(62)]
MARK = "Chưa ghi người đứng đầu"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def headless(people):
    return unit("xa-ba", people.province, name="xã Ba")


@pytest.fixture
def page(people):
    return client_of(people.officer)


def test_entering_says_where_nobody_was_told(people, headless, page):
    sent = {
        "number": "12/UBND", "issued_on": "20/11/2026", "issued_by": "UBND tỉnh", "title": "Công khai", "signer": "",
        "legal_basis": "", "watcher": people.office.code, "units": [people.commune.code, headless.code],
    }  # fmt: skip
    answer = page.post(f"/van-ban-chi-dao/them/{people.province.code}/", sent, follow=True)
    assert Directive.objects.exists(), answer.content.decode()[:3000]
    shown = answer.content.decode()
    assert "1 đơn vị chưa ghi người đứng đầu" in shown and "xã Ba" in shown


def test_the_page_marks_them_and_urging_names_them(people, headless, page):
    sent = directive(people.province, [people.commune, headless], people.office)
    assert page.get(f"/van-ban-chi-dao/{sent.pk}/").content.decode().count(MARK) == 1
    urged = page.post(f"/van-ban-chi-dao/{sent.pk}/don-doc/", {"text": "Sớm tiếp nhận"}, follow=True)
    assert urged.redirect_chain
    assert "1 đơn vị chưa ghi người đứng đầu, nên chưa báo được cho người đứng đầu: xã Ba" in urged.content.decode()
    Addressee.objects.get(directive=sent, unit=headless)
    of_one = directive(people.province, [people.commune], people.office, number="13/UBND")
    urged = page.post(f"/van-ban-chi-dao/{of_one.pk}/don-doc/", {"text": "Sớm tiếp nhận"}, follow=True)
    assert urged.redirect_chain and "chưa ghi người đứng đầu" not in urged.content.decode().lower()


def test_a_task_for_all_is_given_there_without_a_leader_and_those_told_who_decide(people, headless, page):
    deputy = official("pb", "Y Vinh", headless)
    grant(deputy, "unit_head", headless)
    sent = directive(people.province, [people.commune, headless], people.office)
    order = {
        "what": "Công khai danh sách", "everyone": "on", "watcher": people.office.code, "due_on": "", "due_time": "",
        "working_days": "9", "legal_basis": "", "leader": "",
    }  # fmt: skip
    answer = page.post(f"/van-ban-chi-dao/{sent.pk}/giao-viec/", order, follow=True)
    assert answer.redirect_chain, answer.content.decode()[:3000]
    leaders = dict(Task.objects.values_list("owner__code", "leader__code"))
    assert leaders == {people.commune.code: people.chairman.code, headless.code: None}
    assert "1 nhiệm vụ được giao nhưng chưa phân công lãnh đạo phụ trách" in answer.content.decode()
    told = Notice.objects.filter(kind="followups.task_given")
    assert {one.recipient for one in told} == {people.chairman, deputy}
