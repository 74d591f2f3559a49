"""Retention from its page: seen before it is done, with a reason, by those at the top, once at a time."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest
from django.test import Client

from cchc.audit.models import AuditEvent
from cchc.audit.queries import verify_chain
from cchc.interface.actions import cancel_job, request_job
from cchc.interface.histories.showing import payload_of
from cchc.interface.jobs.worker import work_once
from cchc.interface.models import Job, JobState
from cchc.organizations.models import Official
from cchc.privacy.actions import RETENTION_JOB
from cchc.privacy.audit_kinds import RETENTION_ASKED, RETENTION_CARRIED_OUT
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, NOW, grant, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAGE = "/thoi-han-luu-giu/thuc-hien/"


def administrator(*, subtree: bool) -> Client:
    province = unit("tinh", name="tỉnh Mẫu")
    person: Official = official("quan-tri", "Lê Minh Khoa", province)
    grant(person, "administrator", province, covers_subtree=subtree)
    return client_of(person)


@pytest.fixture
def old_job() -> int:
    """Ended half a year ago and a bit: past its time by the shipped rules."""
    long_ago = {**BY_TESTS, "now": NOW - timedelta(days=200)}
    job = request_job(**long_ago, kind=RETENTION_JOB, key="cu")
    cancel_job(**long_ago, number=job.pk)
    return job.pk


@pytest.mark.requirement(128)
def test_doubts_are_told_in_the_readers_language() -> None:
    client = administrator(subtree=True)
    assert "tỉnh cần quyết định" in client.get("/thoi-han-luu-giu/").content.decode()
    page = client.get("/en/thoi-han-luu-giu/").content.decode()
    assert "for the province to decide" in page and "tỉnh cần quyết định" not in page


@pytest.mark.long
def test_it_is_seen_before_it_goes_and_goes_with_a_reason(old_job: int) -> None:
    client = administrator(subtree=True)
    assert f'href="{PAGE}"' in client.get("/thoi-han-luu-giu/").content.decode()
    shown = client.get(PAGE).content.decode()
    assert "Tác vụ đã kết thúc" in shown and "Xử lý 1 mục ngay" in shown
    assert Job.objects.filter(pk=old_job).exists(), "nothing has gone yet"
    assert client.post(PAGE, {"reason": " "}).status_code == 422
    answer = client.post(PAGE, {"reason": "Yêu cầu của chủ thể dữ liệu"})
    assert answer.status_code == 302 and answer["Location"].startswith("/tac-vu/")
    asked = AuditEvent.objects.get(kind=RETENTION_ASKED)
    assert asked.actor_identity == "quan-tri"
    assert payload_of(asked).reason == "Yêu cầu của chủ thể dữ liệu" and payload_of(asked).after == {"count": 1}
    again = client.post(PAGE, {"reason": "Lần nữa"})
    assert again.status_code == 422 and "đang chạy hoặc đang chờ" in again.content.decode()
    while (open_jobs := Job.objects.filter(state=JobState.OPEN.value)).exists():
        assert work_once("w", Event(), NOW), list(open_jobs.order_by("pk").values("kind", "key", "requested_at"))
    assert not Job.objects.filter(pk=old_job).exists()
    assert AuditEvent.objects.filter(kind=RETENTION_CARRIED_OUT).count() == 1 and verify_chain().is_valid
    assert "Không có dữ liệu hết thời hạn" in client.get(PAGE).content.decode()


def test_it_is_for_those_at_the_top(old_job: int) -> None:
    client = administrator(subtree=False)
    assert PAGE not in client.get("/thoi-han-luu-giu/").content.decode()
    refused = client.post(PAGE, {"reason": "Thử"})
    assert refused.status_code == 403 and "quản trị của toàn tỉnh" in refused.content.decode()
    assert not AuditEvent.objects.filter(kind=RETENTION_ASKED).exists()
