"""The list of a body with many dossiers is drafted by a job: from where on, seen on the page, the very same list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cchc.interface.models import Job
from cchc.oversight.actions.drafting import ask_for_draft
from cchc.oversight.actions.lists import draft_list, withdraw_list
from cchc.oversight.models import ListedItem, ListedOfficial, ListEntry, MonthlyList
from cchc.oversight.queries import drafting
from cchc.oversight.queries.drafting import held_by
from cchc.oversight.queries.drafts import DRAFT
from cchc.oversight.timetable import timetable_on
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk
from tests.factories.jobs import do_job
from tests.factories.oversight import late_with, refreshed
from tests.oversight.test_list_rules import NOVEMBER, at, by, refused

pytestmark = pytest.mark.django_db
PAGE = "/theo-doi/danh-sach/lap/xa-mot/?thang=2026-11"


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> Any:
    """From how many dossiers on a job drafts."""

    def of(number: int) -> None:
        found = timetable_on(NOVEMBER)
        ruled = replace(found, value=replace(found.value, by_job=number))
        monkeypatch.setattr("cchc.oversight.actions.drafting.timetable_on", lambda day: ruled)

    monkeypatch.setattr(drafting, "TOLD_EVERY", 1)
    of(0)
    return of


@pytest.fixture
def late(desk: Desk) -> Desk:
    """Two dossiers lie with one settler."""
    return with_two_late(desk)


def with_two_late(desk: Desk) -> Desk:
    for _ in range(2):
        late_with(desk)
    refreshed(at("07 09:00"))
    return desk


def asked(desk: Desk, when: str = "07 09:10") -> MonthlyList | Job:
    return ask_for_draft(**by(desk.one_stop_head, when), unit=desk.commune, month=NOVEMBER)


def says(list_: MonthlyList) -> list[Any]:
    """All that was written down about somebody."""
    people = ListedOfficial.objects.filter(list=list_).order_by("place").values_list("place", "name", "post", "volume")
    columns = ("listed__place", "place", "klass", "code", "late", "overrun", "used", "verdict")
    return [*people, *ListedItem.objects.filter(listed__list=list_).order_by("listed", "place").values_list(*columns)]


@pytest.mark.requirement(66)
def test_only_above_the_limit_a_job_drafts(late: Desk, limit: Any):
    number = held_by(late.commune, NOVEMBER)
    assert number == 4, "two dossiers, each with who received it and who settles it"
    limit(number)
    list_ = asked(late)
    assert isinstance(list_, MonthlyList) and not Job.objects.filter(kind=DRAFT).exists()
    withdraw_list(**by(late.head, "07 09:15"), list_=list_, expected_version=list_.version, reason="Thử")
    limit(number - 1)
    assert isinstance(asked(late, "07 09:20"), Job) and timetable_on(NOVEMBER).value.by_job > number


@pytest.mark.requirement(66)
def test_the_job_drafts_the_very_same_in_the_name_of_who_asked(late: Desk, limit: Any, today: Any):
    today.move_to(at("07 09:10"))
    direct = draft_list(**by(late.one_stop_head, "07 09:00"), unit=late.commune, month=NOVEMBER)
    said = says(direct)
    withdraw_list(**by(late.head, "07 09:05"), list_=direct, expected_version=direct.version, reason="Thử")
    client = client_of(late.one_stop_head)
    answer = client.post(PAGE, {"month": "2026-11"})
    assert answer.status_code == 302 and answer["Location"] == PAGE
    page = client.get(PAGE).content.decode()
    assert "Tiến độ" in page and "/tac-vu/" in page and "Hủy thì không để lại gì" in page
    assert client.post(PAGE, {"month": "2026-11"}).status_code == 302
    job = Job.objects.get(kind=DRAFT)
    with CaptureQueriesContext(connection) as questions:
        client.get(PAGE)
    assert len(questions) <= 9
    do_job(job)
    list_ = MonthlyList.objects.get(state="drafted")
    assert says(list_) == said and said
    assert list_.drafted_by == late.one_stop_head and list_.drafted_as
    entry = ListEntry.objects.get(list=list_)
    assert (entry.by, entry.by_as) == (late.one_stop_head, list_.drafted_as)
    assert f'href="/theo-doi/danh-sach/{list_.pk}/"' in client.get(PAGE).content.decode()
    refused(
        ask_for_draft, "oversight.list_there", **by(late.one_stop_head, "07 09:20"), unit=late.commune, month=NOVEMBER
    )
    withdraw_list(**by(late.head, "07 09:30"), list_=list_, expected_version=list_.version, reason="Thử")
    assert "/tac-vu/" not in client.get(PAGE).content.decode(), "it is not told of a list that was withdrawn"
    again = asked(late, "07 09:40")
    assert isinstance(again, Job) and again.pk != job.pk


def test_before_the_cut_off_nothing_is_asked_for(late: Desk, limit: Any):
    given = {"unit": late.commune, "month": NOVEMBER}
    refused(ask_for_draft, "oversight.before_cut_off", **by(late.one_stop_head, "05 23:59"), **given)
    assert not Job.objects.filter(kind=DRAFT).exists()
