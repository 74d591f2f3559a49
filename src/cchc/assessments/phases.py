"""The parts of a round's timetable, and its founding papers: what they are called, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils.timezone import make_aware

from cchc.records.text import LocalText

REVIEW: Final = "review"
"""The phase that is still set when the result is frozen: it begins with the notice of the result."""

PHASES: Final[Mapping[str, LocalText]] = {
    "self": LocalText("Đơn vị tự chấm điểm", "Units score themselves"),
    "document1": LocalText("Thẩm định hồ sơ, tài liệu", "Appraisal of documents"),
    "field": LocalText("Kiểm tra thực tế", "Field check"),
    "explanation": LocalText("Giải trình", "Explanation"),
    "document2": LocalText("Thẩm định lần 2", "Second appraisal"),
    "council": LocalText("Hội đồng họp", "Session of the council"),
    REVIEW: LocalText("Kiến nghị xem xét lại", "Requests for a review"),
}

FOUNDING_PAPERS: Final[Mapping[str, LocalText]] = {
    "plan": LocalText("Kế hoạch chấm điểm", "Plan of the round"),
    "council": LocalText("Quyết định thành lập Hội đồng", "Decision that founds the council"),
    "support_team": LocalText("Quyết định thành lập Tổ giúp việc", "Decision that founds the support team"),
    "criteria": LocalText("Quyết định ban hành Bộ tiêu chí", "Decision that issues the criteria set"),
    "notice": LocalText("Thông báo mở đợt chấm điểm", "Notice that opens the round"),
}

SEATS: Final = ("council_chair", "council_secretary", "council_member")
"""Roles of `organizations/roles.yaml` that are held in a round's council: as a dated duty at the round itself."""


def end_of_day(day: date) -> datetime:
    """The moment at which a phase with that last day is over."""
    return make_aware(datetime.combine(day + timedelta(days=1), time.min))
