"""What officials are told of dossiers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.urls import reverse

from cchc.dossiers.queries.desk import AT_WORK
from cchc.notices.kinds import NoticeKind
from cchc.records.text import LocalText

RECOUNTED: Final = "dossiers.recounted"
ADVICE_ASKED: Final = "dossiers.advice_asked"
ADVICE_ANSWERED: Final = "dossiers.advice_answered"
ADVICE_LAPSED: Final = "dossiers.advice_lapsed"
REMINDED: Final = "dossiers.reminded"
ESCALATED: Final = "dossiers.escalated"
STANDS_IN: Final = "dossiers.stands_in"
_OF_ADVICE: Final = "code procedure step asked"


def _at_work(_subject_id: str) -> str:
    return f"{reverse('dossiers:desk')}?xem={AT_WORK}"


def _absences(_subject_id: str) -> str:
    return reverse("dossiers:absences")


def _dossier(subject_id: str) -> str:
    return reverse("dossiers:dossier", args=[subject_id])


def _advice(subject_id: str) -> str:
    return reverse("dossiers:advice", args=[subject_id])


def _kind(link: Callable[[str], str], code: str, vi: str, en: str, names: str) -> NoticeKind:
    return NoticeKind(code, LocalText(vi, en), tuple(names.split()), link)


KINDS: Final = (
    _kind(
        _at_work,
        RECOUNTED,
        "Ngày hẹn hồ sơ tính lại theo lịch làm việc",
        "Appointments counted by another calendar",
        "number",
    ),
    _kind(_advice, ADVICE_ASKED, "Được hỏi ý kiến về hồ sơ", "Your opinion is asked for", f"{_OF_ADVICE} due_at by"),
    _kind(_dossier, ADVICE_ANSWERED, "Có ý kiến trả lời về hồ sơ", "A question is answered", f"{_OF_ADVICE} by"),
    _kind(
        _dossier,
        ADVICE_LAPSED,
        "Ý kiến về hồ sơ chưa được trả lời đúng hạn",
        "An opinion did not come in time",
        f"{_OF_ADVICE} due_at holder",
    ),
    _kind(_absences, STANDS_IN, "Được giao làm thay", "You stand in for somebody", "official first last by"),
    _kind(
        _dossier,
        REMINDED,
        "Được nhắc việc về hồ sơ",
        "You are reminded of a step",
        "code procedure step due_at text by",
    ),
    _kind(_dossier, ESCALATED, "Hồ sơ quá hạn cần chỉ đạo", "A dossier is late", "code procedure due_at days"),
)
