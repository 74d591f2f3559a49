"""Who is to be reminded of a task now: the rules against its deadline, in working time. No database, no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cchc.followups.rules import LEADER, Rules
from cchc.worktime import Calendar

UNHEARD: Final = "unheard"


@dataclass(frozen=True, slots=True)
class Due:
    """A rule holds for a task: who is told (`rules.LEADER` …), of which moment."""

    rule: str
    to: str
    about_at: datetime


def reminders_due(
    calendar: Calendar, rules: Rules, now: datetime, due_at: datetime, heard_by: datetime | None
) -> Iterator[Due]:
    """Everything that holds at `now`; who was told already is for the caller to leave out.

    Of the reminders before the deadline only the nearest: a task given the day before is not announced twice. After it
    every step of the escalation that has been reached.
    """
    if now <= due_at:
        near = [one for one in rules.remind if calendar.due_in_working_days(now, one.working_days) >= due_at]
        if near:
            nearest = min(near, key=lambda one: one.working_days)
            yield Due(nearest.id, nearest.to, due_at)
    else:
        for one in rules.escalate:
            if calendar.due_in_working_days(due_at, one.working_days) <= now:
                yield Due(one.id, one.to, due_at)
    if heard_by is not None and heard_by < now:
        yield Due(UNHEARD, LEADER, heard_by)
