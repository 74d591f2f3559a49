"""A list of a month is asked for: made at once, or by a job where the body had many dossiers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from cchc.audit.actions import action, nothing_changed
from cchc.audit.actors import Actor
from cchc.interface.actions import request_job
from cchc.interface.models import Job, JobState
from cchc.organizations.doers import done_by
from cchc.organizations.models import Unit
from cchc.oversight.actions.lists import draft_list, lock_to_draft
from cchc.oversight.models import MonthlyList
from cchc.oversight.queries.drafting import Gathered, held_by
from cchc.oversight.queries.drafts import DRAFT, key_of, last_draft
from cchc.oversight.timetable import timetable_on

_FIRST: Final = 0


@action
def ask_for_draft(*, actor: Actor, now: datetime, unit: Unit, month: date) -> MonthlyList | Job:
    """The list; of a body whose holders had more dossiers than the timetable says, the job that makes it. Who asks
    while it is at work gets the same job; after one that was cancelled or failed, a new one.

    Raises `oversight.before_cut_off`, `oversight.list_there`.
    """
    lock_to_draft(unit, month, now)
    if held_by(unit, month) <= timetable_on(month).value.by_job:
        return draft_list(actor=actor, now=now, unit=unit, month=month)
    last = last_draft(unit, month)
    if last is not None and last.state == JobState.OPEN:
        nothing_changed()
        return last
    asked = done_by(actor, "asked")
    given = {
        "unit": unit.pk, "month": month, "asked_as": asked["asked_as"],
        "asked_by": None if asked["asked_by"] is None else asked["asked_by"].pk,
    }  # fmt: skip
    key = key_of(unit, month, _FIRST if last is None else last.pk)
    return request_job(actor=actor, now=now, kind=DRAFT, parameters=given, key=key)


@action
def keep_draft(*, actor: Actor, now: datetime, unit: Unit, month: date, gathered: Gathered) -> int:
    """What a job has gathered becomes the list, all of it or nothing. Answers its number. Raises what `draft_list`
    raises: where somebody made it meanwhile, there is one already.
    """
    return draft_list(actor=actor, now=now, unit=unit, month=month, gathered=gathered).pk
