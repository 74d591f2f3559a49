"""What officials are told of dossiers."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from cchc.dossiers.queries.desk import AT_WORK
from cchc.notices.kinds import NoticeKind
from cchc.records.text import LocalText

RECOUNTED: Final = "dossiers.recounted"


def _at_work(_subject_id: str) -> str:
    return f"{reverse('dossiers:desk')}?xem={AT_WORK}"


KINDS: Final = (
    NoticeKind(
        RECOUNTED,
        LocalText("Ngày hẹn hồ sơ tính lại theo lịch làm việc", "Appointments counted by another calendar"),
        ("number",),
        _at_work,
    ),
)
