"""The page of a job: for whoever asked for it and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils.translation import override

from cchc.audit.actors import Actor
from cchc.interface import actions
from cchc.interface.jobs import leases
from cchc.interface.jobs.showing import job_shown
from cchc.interface.models import Job, JobState
from cchc.interface.people import actor_of
from cchc.interface.permissions import may_follow_job
from cchc.interface.queries import get_job
from cchc.interface.shapes import Link
from cchc.organizations.models import Official
from cchc.organizations.viewers import Viewer, public_viewer
from cchc.records.errors import problem, refuse
from tests.interface.jobs.room import HOA, NOON, written

pytestmark = pytest.mark.usefixtures("trials")
KINDS = ("trial.count",)
HERE = "tests.interface.jobs.test_pages.SignedInForTests"


@dataclass
class OneViewer:
    """What a higher room would put on the request."""

    name: str

    @property
    def is_signed_in(self) -> bool:
        return bool(self.name)

    def actor(self) -> Actor:
        return Actor("official", self.name)


class SignedInForTests:
    """Whoever the cookie names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer, request.who = OneViewer(request.COOKIES.get("who", "")), None
        return self._get_response(request)


@pytest.fixture
def signed_in(client: Client, settings) -> Client:  # type: ignore[no-untyped-def]
    """A browser in which the one who asked has signed in."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, HERE]
    client.cookies["who"] = HOA.identity
    return client


def test_whoever_has_signed_in_acts_and_the_public_does_not() -> None:
    request, day = HttpRequest(), date(2026, 11, 23)
    assert actor_of(request) is None
    request.viewer = public_viewer(day)
    assert actor_of(request) is None
    request.viewer = Viewer(day, official=Official(code="hoa", name="Trần Thị Hoà"))
    assert actor_of(request) == Actor("official", "hoa", "Trần Thị Hoà")


def ask(**more: object) -> Job:
    parameters = {"name": "a", "steps": 4}
    return actions.request_job(actor=HOA, now=NOON, kind="trial.count", parameters=parameters, **more)


def taken(job: Job) -> leases.Lease:
    lease = leases.take(worker="một", kinds=KINDS, now=NOON)
    assert lease is not None and lease.job == job.pk
    return lease


@pytest.mark.parametrize("who", [None, "", "khac@kon-ray", "HOA@kon-ray"])
@pytest.mark.parametrize(("method", "tail"), [("get", ""), ("post", "dung/"), ("post", "chay-tiep/")])
def test_to_others_there_is_no_such_job(signed_in: Client, settings, who: str | None, method: str, tail: str) -> None:  # type: ignore[no-untyped-def]
    job = ask()
    if who is None:
        settings.MIDDLEWARE = [layer for layer in settings.MIDDLEWARE if layer != HERE]
    else:
        signed_in.cookies["who"] = who
    answer = getattr(signed_in, method)(f"/tac-vu/{job.pk}/{tail}")
    nowhere = getattr(signed_in, method)(f"/tac-vu/999999/{tail}")
    assert (answer.status_code, nowhere.status_code) == (404, 404)
    assert "Thử đếm" not in answer.content.decode()
    job.refresh_from_db()
    assert job.state == JobState.OPEN


def test_the_verdict_is_about_the_one_who_acts() -> None:
    job = ask()
    assert may_follow_job(HOA, job)
    assert not may_follow_job(None, job)
    assert not may_follow_job(Actor("official", "khac@kon-ray", on_behalf_of=HOA.identity), job)


def test_the_page_shows_how_far_it_is_and_asks_again(signed_in: Client) -> None:
    job = ask()
    address = f"/tac-vu/{job.pk}/"
    page = signed_in.get(address).content.decode()
    assert "Đang chờ đến lượt" in page and "0/4" not in page and "Có thể rời trang này" in page
    leases.keep(taken(job), until=NOON + timedelta(minutes=1), done=1, total=4)
    with time_machine.travel(NOON, tick=False):
        page = signed_in.get(address).content.decode()
        english = signed_in.get(f"/en{address}").content.decode()
    assert "1/4" in page and "25 %" in page and 'data-says="Đã xong 20 %"' in page
    assert f'hx-get="{address}"' in page and 'hx-trigger="load delay:2s"' in page
    assert f'href="{address}" id="job-{job.pk}-refresh"' in page  # without JavaScript
    assert "Try đếm" not in page and "Try đếm" in english


def test_a_job_is_cancelled_and_goes_on_by_forms(signed_in: Client) -> None:
    job = ask()
    assert signed_in.get(f"/tac-vu/{job.pk}/dung/").status_code == 405
    answer = signed_in.post(f"/tac-vu/{job.pk}/dung/", {"next": "/ket-qua/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/ket-qua/")
    page = signed_in.get(f"/tac-vu/{job.pk}/").content.decode()
    assert "Đã dừng" in page and "chay-tiep" in page and "hx-get" not in page and "/dung/" not in page
    assert "Có thể rời trang này" not in page
    answer = signed_in.post(f"/tac-vu/{job.pk}/chay-tiep/", {"next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == f"/tac-vu/{job.pk}/"
    job.refresh_from_db()
    assert job.state == JobState.OPEN


def shown_later(job: Job, language: str = "vi", **later: float):  # type: ignore[no-untyped-def]
    with override(language):
        return job_shown(get_job(job.pk), NOON + timedelta(**later))


def test_a_finished_job_leads_to_its_result() -> None:
    job = ask()
    actions.finish_job(actor=HOA, now=NOON, lease=taken(job), writes=lambda **who: written(**who, text="x"))
    shown = shown_later(job)
    assert (shown.state, shown.result, shown.cancel, shown.resume) == (
        "finished",
        Link("Xem kết quả", "/thu/x"),
        "",
        "",
    )


def test_a_failed_job_says_why_in_the_readers_language_and_what_more_there_is() -> None:
    job = ask()
    refusals = [*refuse("records.not_a_number", text="mười").problems, *[problem("interface.job_outdated")] * 4]
    actions.fail_job(actor=HOA, now=NOON, lease=taken(job), problems=refusals)
    shown = shown_later(job)
    assert (shown.state, shown.refresh, bool(shown.resume)) == ("failed", "", True)
    assert "mười" in shown.problem and shown.problem.endswith("Và 2 lỗi khác.")
    assert shown_later(job, "en").problem.endswith("And 2 more.")


def test_a_job_that_was_put_off_says_why_and_until_when() -> None:
    job = ask()
    seen = actions.in_both_languages([problem("interface.job_put_off", what="OSError")])
    leases.put_off(taken(job), until=NOON + timedelta(minutes=10), problems=seen)
    shown = shown_later(job)
    assert shown.state == "waiting"
    assert "OSError" in shown.problem and shown.problem.endswith("Hệ thống sẽ thử lại lúc 12:10.")


def test_a_killed_workers_job_is_waiting_once_its_lease_is_over() -> None:
    job = ask()
    taken(job)
    assert shown_later(job, seconds=29).state == "running"
    assert shown_later(job, seconds=30).state == "waiting"


def test_a_kind_this_version_does_not_know_is_shown_by_its_code() -> None:
    job = ask()
    old = get_job(job.pk)
    old.kind = "trial.gone"
    assert job_shown(old, NOON).title == "trial.gone"


def test_reading_a_job_is_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    job = ask()
    with django_assert_num_queries(1):
        job_shown(get_job(job.pk), NOON)
