"""What officials are told of procedures."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from cchc.notices.kinds import NoticeKind
from cchc.records.text import LocalText

WAITING: Final = "procedures.waiting"


def _desk(_subject_id: str) -> str:
    return reverse("interface:desk")


KINDS: Final = (
    NoticeKind(
        WAITING,
        LocalText("Thủ tục chờ rà soát, dự thảo chờ công bố", "Procedures wait for a review, drafts to be published"),
        ("reviews", "drafts"),
        _desk,
    ),
)
