"""Sample registers: all marked, a plan for ten units, and tasks in every state that a head of a register counts."""

from __future__ import annotations

import pytest
import time_machine

from cchc.demo.province import load_sample_province
from cchc.organizations.models import Account
from cchc.organizations.viewers import viewer_of
from cchc.registers.models import Register, RegisterEntry
from cchc.registers.queries.entries import EntrySearch, find_entries
from cchc.registers.queries.tasks import count_tasks
from tests.factories.organizations import NOW, TODAY

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-cua-ban-mau"


@pytest.fixture(scope="module", autouse=True)
def demonstration(filled_once):
    with time_machine.travel(NOW, tick=False):
        load_sample_province(NOW, dict.fromkeys(("kiemsoat", "cchcxa", "chutichrve"), PASSWORD))
        yield


def seen_by(username):
    return viewer_of(Account.objects.get(username=username), TODAY)


def test_every_register_is_marked_in_its_title():
    assert all(one.is_sample and "(mẫu)" in one.title for one in Register.objects.order_by("pk"))


@pytest.mark.requirement(27)
def test_a_plan_of_the_year_names_ten_units_with_dates():
    plan = Register.objects.get(kind="plan")
    rows = RegisterEntry.objects.filter(register=plan)
    assert len({row.unit_id for row in rows}) == rows.count() == 10
    assert all(row.values["from"] <= row.values["to"] for row in rows)


@pytest.mark.requirement(41, 115)
def test_the_remediation_plan_has_tasks_done_running_and_overdue_and_each_commune_sees_its_own():
    plan = Register.objects.get(kind="remediation")
    counts = count_tasks(seen_by("kiemsoat"), plan, NOW)
    assert (counts.done, counts.running, counts.overdue) == (1, 2, 1)
    assert [row.unit.code for row in find_entries(seen_by("chutichrve"), plan, EntrySearch())] == ["xa-dak-rve-23479"]
    systems = Register.objects.get(kind="shared_systems")
    assert {row.unit.code for row in find_entries(seen_by("cchcxa"), systems, EntrySearch())} == {"xa-kon-braih-23497"}
