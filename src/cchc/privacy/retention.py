"""What this room and those below it keep: jobs, counts of failed sign-ins, the log of disclosures, the audit chain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from cchc.audit.actors import Actor
from cchc.audit.audit_kinds import PAYLOAD_REDACTED
from cchc.audit.models import AuditPayload
from cchc.audit.redaction import redact
from cchc.interface.counters import counters
from cchc.interface.models import Job, JobState
from cchc.privacy.kept import Due, Kept, kept_rows
from cchc.privacy.log import disclosure_log
from cchc.records.text import LocalText

_WHY = "Hết thời hạn lưu giữ dữ liệu cá nhân"


def _ended_jobs(before: datetime) -> QuerySet[Job]:
    return Job.objects.exclude(state=JobState.OPEN.value).filter(ended_at__lt=before).order_by("pk")


def _delete_jobs(*, actor: Actor, now: datetime, rows: Sequence[Job]) -> None:
    Job.objects.filter(pk__in=[job.pk for job in rows]).delete()


jobs = kept_rows(
    "privacy.jobs",
    LocalText("Tác vụ đã kết thúc và kết quả", "Jobs that have ended, with results"),
    "ended",
    "delete",
    _ended_jobs,
    _delete_jobs,
)


def _forget_counts(*, actor: Actor, now: datetime, before: datetime, most: int) -> int:
    return counters().forget_older_than(before)


sign_in_counts = Kept(
    "privacy.sign_in_counts",
    LocalText("Số lần đăng nhập sai", "Counts of failed sign-ins"),
    "made",
    "delete",
    lambda before: Due(counters().older_than(before)),
    _forget_counts,
)


def _remove_lines(*, actor: Actor, now: datetime, before: datetime, most: int) -> int:
    return disclosure_log().remove_older_than(before, most)


disclosures = Kept(
    "privacy.disclosures",
    LocalText("Nhật ký xem, tải dữ liệu cá nhân", "Log of disclosures of personal data"),
    "made",
    "delete",
    lambda before: Due(disclosure_log().older_than(before)),
    _remove_lines,
)


def _old_payloads(before: datetime) -> QuerySet[Any]:
    whole = AuditPayload.objects.filter(redacted_at=None, event__personal=True, event__at__lt=before)
    return whole.exclude(event__kind=PAYLOAD_REDACTED).order_by("pk")


def _redact_payloads(*, actor: Actor, now: datetime, rows: Sequence[AuditPayload]) -> None:
    for payload in rows:
        redact(actor=actor, now=now, sequence=payload.pk, reason=_WHY)


audit_payloads = kept_rows(
    "privacy.audit_payloads",
    LocalText(
        "Nội dung sự kiện có dữ liệu cá nhân trong chuỗi nhật ký", "Content of personal events in the audit chain"
    ),
    "made",
    "redact",
    _old_payloads,
    _redact_payloads,
)
