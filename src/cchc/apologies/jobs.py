"""The work of each working morning: warning of appointments that are near, and of letters that were not sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from functools import partial
from typing import Final

from django.utils import timezone

from cchc.apologies.actions.warning import note_warnings
from cchc.apologies.queries.warnings import Batch, next_late, next_near
from cchc.interface.jobs import WORKDAYS, Recurring, Run, job
from cchc.records.text import LocalText


@job("apologies.warn", LocalText("Nhắc hồ sơ sắp đến ngày hẹn", "Warn of dossiers near their appointment"))
def warn(run: Run) -> None:
    """Holders and heads, once for each rule and appointment, however often this runs."""
    _each(run, next_near)


@job("apologies.escalate", LocalText("Báo văn bản xin lỗi chưa gửi", "Tell of letters of apology not sent"))
def escalate(run: Run) -> None:
    """The head of the unit, once for each letter."""
    _each(run, next_late)


def _each(run: Run, read: Callable[[int, datetime], Batch]) -> None:
    after: int | None = run.saved or 0
    while True:
        batch = read(after or 0, timezone.now())
        after = batch.last
        if after is None:
            return
        run.checkpoint(after, writes=partial(note_warnings, warnings=batch.warnings))


SCHEDULE: Final = (
    Recurring("apologies.warn", at=time(7, 15), weekdays=WORKDAYS),
    Recurring("apologies.escalate", at=time(7, 20), weekdays=WORKDAYS),
)
