"""Before another calendar is chosen for a unit, the page says which running deadlines it moves, from when to when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localtime

from cchc.followups.actions.nightly import recount_deadlines
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Task
from cchc.followups.queries import recounting
from cchc.followups.queries.reminders import next_recounted
from cchc.organizations.actions.units import choose_calendar
from tests.factories.clients import client_of
from tests.factories.followups import claimed, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
ADDRESS = "/don-vi/tinh/lich/"
CHOICE = {"calendar": "vn-example-commune", "starts_on": "23/11/2026"}


@pytest.fixture
def administrator(people) -> Client:
    person = official("quan-tri", works_in=people.province)
    grant(person, "administrator", people.province, covers_subtree=True)
    return client_of(person)


def moved(people, days: int, what: str = "Công khai danh sách") -> Task:
    """So many working days are over at another moment by a calendar with work on Saturday mornings."""
    return task(people.commune, people.chairman, people.office, what, deadline=Deadline(TODAY, working_days=days))


def test_the_page_lists_old_and_new_moments_and_nothing_that_stays(people, administrator):
    given, closed = moved(people, 10), claimed(moved(people, 10, "Đã báo xong"))
    stays = task(people.commune, people.chairman, people.office, "Theo ngày", deadline=Deadline(TODAY, due_on=TODAY))
    own = task(people.other, people.other_chairman, people.office, "Xã có lịch riêng")
    choose_calendar(**BY_TESTS, unit=people.other, calendar="vn", starts_on=TODAY)
    page = administrator.post(ADDRESS, CHOICE)
    text = page.content.decode()
    assert page.status_code == 200 and "1 nhiệm vụ đang thực hiện" in text
    for other in (closed, stays, own):
        assert f"/nhiem-vu/{other.pk}/" not in text
    choose_calendar(**BY_TESTS, unit=people.province, calendar="vn-example-commune", starts_on=TODAY)
    keys, _ = next_recounted(0, NOW)
    recount_deadlines(**BY_TESTS, tasks=keys)
    then = Task.objects.get(pk=given.pk).due_at
    assert then != given.due_at, "the nightly count does what the page said"
    for moment in (given.due_at, then):
        assert f'datetime="{localtime(moment).isoformat()}"' in text


def test_a_long_list_goes_on_by_key_and_asks_the_same(people, administrator, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(recounting, "PAGE_SIZE", 2)
    for number in range(3):
        moved(people, 10 + number, f"Việc {number}")
    with django_assert_num_queries(9):
        first = administrator.post(ADDRESS, CHOICE).content.decode()
    assert "Việc 0" in first and "Việc 1" in first and "Việc 2" not in first and "3 nhiệm vụ đang thực hiện" in first
    key = Task.objects.get(what="Việc 1").pk
    assert f'name="sau" value="{key}" form="calendar-choice"' in first
    second = administrator.post(ADDRESS, CHOICE | {"sau": str(key)}).content.decode()
    assert "Việc 2" in second and "Việc 0" not in second and 'name="sau"' not in second


def test_a_deadline_beyond_the_calendar_is_said(people, administrator, monkeypatch):
    given = moved(people, 10)
    days = timedelta(days=4_000)
    beyond = Deadline(TODAY, due_on=TODAY + days)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recounting, "Deadline", lambda *limit: beyond)
        page = administrator.post(ADDRESS, CHOICE).content.decode()
    assert f"/nhiem-vu/{given.pk}/" in page and "ngoài thời gian của lịch" in page
