"""What officials are told of lists of a month, of cases of responsibility, of dossiers expected to be late."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from cchc.notices.kinds import NoticeKind
from cchc.records.text import LocalText

EXPECTED_LATE: Final = "oversight.expected_late"
EXPECTED_LATE_OF_UNIT: Final = "oversight.expected_late_of_unit"
LIST_NAMED: Final = "oversight.list_named"
LIST_OF_UNIT: Final = "oversight.list_of_unit"
LIST_REPLIED: Final = "oversight.list_replied"
LIST_DECIDED: Final = "oversight.list_decided"
CASE_ASKED: Final = "oversight.case_asked"
CASE_EXPLAINED: Final = "oversight.case_explained"
CASE_CONCLUDED: Final = "oversight.case_concluded"
CASE_WITHDRAWN: Final = "oversight.case_withdrawn"
ACCEPTED: Final = LocalText(
    "chấp nhận phản hồi, không công bố mục này", "the reply is accepted, this entry is not published"
)
REFUSED: Final = LocalText(
    "không chấp nhận phản hồi, mục này vẫn công bố", "the reply is not accepted, this entry stays"
)


def _notice(subject_id: str) -> str:
    return reverse("oversight:list-notice", args=[subject_id])


def _item(subject_id: str) -> str:
    return reverse("oversight:list-item", args=[subject_id])


def _case(subject_id: str) -> str:
    return reverse("oversight:case", args=[subject_id])


def _dossier(subject_id: str) -> str:
    return reverse("dossiers:dossier", args=[subject_id])


def _watch(_subject_id: str) -> str:
    return reverse("oversight:watch")


KINDS: Final = (
    NoticeKind(
        EXPECTED_LATE,
        LocalText("Hồ sơ dự kiến không kịp ngày hẹn", "A dossier is expected to miss its appointment"),
        ("code", "procedure", "step", "due_at", "expected_at", "left"),
        _dossier,
    ),
    NoticeKind(
        EXPECTED_LATE_OF_UNIT,
        LocalText("Hồ sơ của đơn vị dự kiến không kịp ngày hẹn", "Dossiers of the unit expected to be late"),
        ("unit", "number"),
        _watch,
    ),
    NoticeKind(
        LIST_NAMED,
        LocalText("Có tên trong danh sách tháng", "Named in the list of a month"),
        ("unit", "month", "number", "noticed_on", "reply_until"),
        _notice,
    ),
    NoticeKind(
        LIST_OF_UNIT,
        LocalText("Đơn vị có người trong danh sách tháng", "People of the unit in the list of a month"),
        ("unit", "month", "number", "noticed_on", "people"),
        _notice,
    ),
    NoticeKind(
        LIST_REPLIED,
        LocalText("Phản hồi về danh sách tháng", "Reply to the list of a month"),
        ("month", "code", "by"),
        _item,
    ),
    NoticeKind(
        LIST_DECIDED,
        LocalText("Kết quả xem xét phản hồi", "Decision about a reply"),
        ("month", "code", "outcome", "reason"),
        _item,
    ),
    NoticeKind(
        CASE_ASKED,
        LocalText("Yêu cầu giải trình", "Explanation asked for"),
        ("number", "question", "due_at"),
        _case,
    ),
    NoticeKind(
        CASE_EXPLAINED,
        LocalText("Đã có giải trình", "Explanation given"),
        ("number", "by"),
        _case,
    ),
    NoticeKind(
        CASE_CONCLUDED,
        LocalText("Kết luận hồ sơ xem xét trách nhiệm", "Case of responsibility concluded"),
        ("number", "measure", "conclusion"),
        _case,
    ),
    NoticeKind(
        CASE_WITHDRAWN,
        LocalText("Rút hồ sơ xem xét trách nhiệm", "Case of responsibility withdrawn"),
        ("number", "reason"),
        _case,
    ),
)
