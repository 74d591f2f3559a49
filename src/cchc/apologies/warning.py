"""Which warning of an appointment is due: the rules against it, in working time. No database, no clock."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cchc.apologies.duty import days_before
from cchc.apologies.rules import Rules
from cchc.worktime import Calendar

LATE: Final = "late"
"""The rule by which heads are told of a letter that was not sent by its deadline."""


def warning_due(calendar: Calendar, rules: Rules, due_at: datetime, until: datetime) -> str | None:
    """The rule that has been reached before `until`, the end of the day on which somebody looks: in the morning of a
    day it is not too late for a letter whose deadline lies in it. Only the nearest: a dossier received the day before
    is not announced twice.
    """
    reached = [days for days in rules.warn if days_before(calendar, due_at, days) < until]
    return f"before_{min(reached)}" if reached else None
