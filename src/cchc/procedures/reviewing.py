"""What may come of a review, and which procedures wait for one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final

from cchc.privacy.periods import VIETNAM, Period
from cchc.procedures.rules import rules_on
from cchc.records.text import LocalText

OUTCOMES: Final[Mapping[str, LocalText]] = {
    "keep": LocalText("Giữ nguyên", "Keep as it is"),
    "amend": LocalText("Đề nghị sửa đổi, bổ sung", "Amend"),
    "abolish": LocalText("Đề nghị bãi bỏ", "Abolish"),
}


def reviewed_since(day: date) -> date:
    """What was reviewed on that day, or later, or began to hold then, does not wait for a review on `day`."""
    months = rules_on(day).value.review_months
    return Period(months=months).before(datetime.combine(day, time(12), VIETNAM)).date()
