"""What officials are told of papers."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from cchc.notices.kinds import NoticeKind
from cchc.records.text import LocalText

DECIDED: Final = "papers.approval_decided"
TAKEN_BACK: Final = "papers.approval_taken_back"


def _paper(subject_id: str) -> str:
    return reverse("papers:paper", args=[subject_id])


KINDS: Final = (
    NoticeKind(
        DECIDED,
        LocalText("Văn bản trình đã có quyết định", "A request for approval is decided"),
        ("number", "title", "verdict", "text", "by"),
        _paper,
    ),
    NoticeKind(
        TAKEN_BACK,
        LocalText("Văn bản trình được thôi trình", "A request for approval is taken back"),
        ("number", "title", "text", "by"),
        _paper,
    ),
)
