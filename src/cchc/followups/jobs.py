"""Nightly work on tasks: deadlines by the calendars of the day, then reminders on working mornings."""

from __future__ import annotations

from datetime import time
from functools import partial
from typing import Final

from django.utils import timezone

from cchc.followups.actions.nightly import note_reminders, recount_deadlines
from cchc.followups.actions.urging import remind_of_directives, remind_to_post
from cchc.followups.queries.reminders import next_recounted, next_reminders, next_unposted, next_unread
from cchc.interface.jobs import WORKDAYS, Recurring, Run, job
from cchc.records.text import LocalText


@job("followups.recount", LocalText("Tính lại thời hạn nhiệm vụ theo lịch làm việc", "Count deadlines of tasks anew"))
def recount(run: Run) -> None:
    """Running tasks follow the calendar in force; a batch at a time, each saved by itself."""
    after: int | None = run.saved or 0
    while True:
        moved, after = next_recounted(after or 0, timezone.now())
        if after is None:
            return
        run.checkpoint(after, writes=partial(recount_deadlines, tasks=tuple(moved)))


@job("followups.remind", LocalText("Nhắc hạn và báo cáo quá hạn nhiệm vụ", "Remind of tasks, escalate overdue ones"))
def remind(run: Run) -> None:
    """Each rule tells each person once of each deadline, however often this runs."""
    after: int | None = run.saved or 0
    while True:
        batch = next_reminders(after or 0, timezone.now())
        after = batch.last
        if after is None:
            return
        run.checkpoint(after, writes=partial(note_reminders, reminders=batch.reminders))


@job(
    "followups.remind_unread", LocalText("Nhắc văn bản chỉ đạo chưa tiếp nhận", "Remind of directives not acknowledged")
)
def remind_unread(run: Run) -> None:
    """Heads of units that have not taken note in time and who is charged with it there, then the heads of the units
    that follow, each once.
    """
    after: int | None = run.saved or 0
    while True:
        found = next_unread(after or 0, timezone.now())
        after = found.last
        if after is None:
            return
        told = partial(remind_of_directives, late=tuple(found.late), to_escalate=tuple(found.to_escalate))
        run.checkpoint(after, writes=told)


@job("followups.remind_unposted", LocalText("Nhắc văn bản chỉ đạo chưa đăng tải", "Remind of directives not posted"))
def remind_unposted(run: Run) -> None:
    """Heads of units that have not posted a directive in time, and who is charged with it there, each once."""
    after: int | None = run.saved or 0
    while True:
        found = next_unposted(after or 0, timezone.now())
        after = found.last
        if after is None:
            return
        run.checkpoint(after, writes=partial(remind_to_post, late=tuple(found.late)))


SCHEDULE: Final = (
    Recurring("followups.recount", at=time(1, 15)),
    Recurring("followups.remind", at=time(7, 30), weekdays=WORKDAYS),
    Recurring("followups.remind_unread", at=time(7, 35), weekdays=WORKDAYS),
    Recurring("followups.remind_unposted", at=time(7, 40), weekdays=WORKDAYS),
)
