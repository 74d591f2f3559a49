"""A job from its page in a real browser: it moves by itself, is stopped, goes on and ends."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from cchc.interface import actions
from cchc.interface.models import Job, JobState
from tests.interface.jobs.room import HOA, NOON, notes, trial_room
from tests.interface.jobs.test_pages import HERE
from tests.support.accessibility import check_accessibility
from tests.support.workers import worker_at_work


@pytest.fixture
def signed_in(live_site: str) -> Iterator[str]:
    """The site's address; its requests are made by whoever the cookie names."""
    with trial_room():
        yield live_site


@pytest.fixture(autouse=True)
def _read_the_cookie(settings) -> None:  # type: ignore[no-untyped-def]
    """Before the site is made."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, HERE]


def cookie(site: str) -> Any:
    return {"name": "who", "value": HOA.identity, "url": site}


@pytest.mark.long
def test_a_job_is_followed_stopped_resumed_and_ends(signed_in: str, page: Page) -> None:
    page.context.add_cookies([cookie(signed_in)])
    parameters = {"name": "a", "steps": 30, "pause_ms": 120}
    job = actions.request_job(actor=HOA, now=NOON, kind="trial.count", parameters=parameters)
    page.goto(f"{signed_in}/tac-vu/{job.pk}/")
    shown = page.locator(f"#job-{job.pk}")
    expect(shown).to_contain_text("Đang chờ đến lượt")
    check_accessibility(page)
    with worker_at_work():
        expect(shown).to_contain_text("/30", timeout=15_000)  # by itself
        check_accessibility(page)
        page.get_by_role("button", name="Dừng tác vụ").click()
        expect(shown).to_contain_text("Đã dừng")
        stopped_at = Job.objects.get(pk=job.pk).lease.saved
        assert 0 < stopped_at < 30
        page.get_by_role("button", name="Tiếp tục").click()
        expect(page.get_by_role("link", name="Xem kết quả")).to_be_visible(timeout=30_000)
    expect(shown).to_contain_text("30/30")
    assert Job.objects.get(pk=job.pk).state == JobState.FINISHED
    assert len(notes()) == 31


def test_without_javascript_a_link_shows_how_far_it_is(signed_in: str, browser: Browser) -> None:
    job = actions.request_job(
        actor=HOA, now=NOON, kind="trial.count", parameters={"name": "a", "steps": 2, "pause_ms": 1}
    )
    plain = browser.new_context(java_script_enabled=False)
    try:
        plain.add_cookies([cookie(signed_in)])
        page = plain.new_page()
        page.goto(f"{signed_in}/tac-vu/{job.pk}/")
        expect(page.locator(f"#job-{job.pk}")).to_contain_text("Đang chờ")
        with worker_at_work():
            for _ in range(50):
                if Job.objects.get(pk=job.pk).state == JobState.FINISHED:
                    break
                Event().wait(0.1)
        page.get_by_role("link", name="Cập nhật").click()
        expect(page.get_by_role("link", name="Xem kết quả")).to_be_visible()
    finally:
        plain.close()
