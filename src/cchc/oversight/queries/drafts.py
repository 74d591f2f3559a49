"""The jobs that draft lists of a month: which one there was for a body and a month."""

from __future__ import annotations

from datetime import date
from typing import Final

from cchc.interface.models import Job, JobState
from cchc.organizations.models import Unit
from cchc.oversight.models import MonthlyList
from cchc.oversight.states_lists import WITHDRAWN

DRAFT: Final = "oversight.draft_list"


def key_of(unit: Unit, month: date, before: int) -> str:
    """Of the job that follows another one, by its number."""
    return f"{_of(unit, month)}{before}"


def last_draft(unit: Unit, month: date) -> Job | None:
    """With its lease; None where none was asked for. One query."""
    found = Job.objects.filter(kind=DRAFT, key__startswith=_of(unit, month)).select_related("lease")
    return found.order_by("-pk").first()


def draft_shown(unit: Unit, month: date) -> Job | None:
    """The one that whoever drafts has to know of: not one whose list was withdrawn since. Two queries."""
    last = last_draft(unit, month)
    if last is None or last.state != JobState.FINISHED:
        return last
    there = MonthlyList.objects.filter(pk=last.result, unit=unit, month=month).exclude(state=WITHDRAWN)
    return last if there.exists() else None


def _of(unit: Unit, month: date) -> str:
    return f"{unit.pk} {month:%Y-%m} "
