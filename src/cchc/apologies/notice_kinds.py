"""What officials are told of apologies."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from cchc.notices.kinds import NoticeKind
from cchc.records.text import LocalText

NEAR: Final = "apologies.appointment_near"
LETTER_LATE: Final = "apologies.letter_late"


def _dossier(subject_id: str) -> str:
    return reverse("dossiers:dossier", args=[subject_id])


KINDS: Final = (
    NoticeKind(
        NEAR,
        LocalText("Hồ sơ sắp đến ngày hẹn", "A dossier nears its appointment"),
        ("code", "procedure", "due_at", "owed_by"),
        _dossier,
    ),
    NoticeKind(
        LETTER_LATE,
        LocalText("Chưa gửi văn bản xin lỗi", "A letter of apology was not sent"),
        ("code", "procedure", "owed_by"),
        _dossier,
    ),
)
