"""Who is assigned to follow a directive with its tasks, or one task: from when until when, and why."""

from __future__ import annotations

from datetime import date, datetime

from cchc.audit.actions import action, record
from cchc.audit.actors import Actor
from cchc.audit.recording import subject_of
from cchc.followups.actions.recording import required
from cchc.followups.actions.telling import tell_assigned, tell_unassigned
from cchc.followups.audit_kinds import FOLLOW_UP_ASSIGNED, FOLLOW_UP_ENDED
from cchc.followups.models import Directive, Task
from cchc.followups.permissions import FOLLOW_UP
from cchc.followups.policies import may_be_assigned
from cchc.followups.queries.assigned import works_where_it_is_followed
from cchc.organizations.actions.rights import assign_duty, end_duty
from cchc.organizations.models import Assignment, Official
from cchc.records.errors import refuse


@action
def assign_follow_up(
    *, actor: Actor, now: datetime, subject: Directive | Task, official: Official, starts_on: date,
    ends_on: date | None, reason: str,
) -> Assignment:  # fmt: skip
    """On these days the official sees the directive with its tasks, or the task, and takes the steps of who follows it.

    Raises `followups.nothing_said`, `followups.nothing_to_follow`, what `assign_duty` raises, and
    `followups.assigned_elsewhere` for somebody who does not work on the first day where it is followed.
    """
    words = required(reason)
    may_be_assigned(type(subject).objects.select_for_update().get(pk=subject.pk)).require()
    if not works_where_it_is_followed(official, subject, starts_on):
        raise refuse("followups.assigned_elsewhere", name=official.name, day=starts_on)
    assignment = assign_duty(
        actor=actor, now=now, official=official, duty=FOLLOW_UP, subject=subject_of(subject), starts_on=starts_on,
        ends_on=ends_on, reason=words,
    )  # fmt: skip
    record(FOLLOW_UP_ASSIGNED, subject, after=_said(assignment, official), reason=words)
    tell_assigned(subject, assignment, actor, now)
    return assignment


@action
def end_follow_up(
    *, actor: Actor, now: datetime, subject: Directive | Task, assignment: Assignment, ends_on: date, reason: str
) -> Assignment:
    """`ends_on` is the last day; one before the first day takes it back whole. It counts from the next request on.

    Raises `followups.nothing_said`, and what `end_duty` raises.
    """
    words, official, before = required(reason), assignment.official, _said(assignment, assignment.official)
    ended = end_duty(actor=actor, now=now, assignment=assignment, ends_on=ends_on, reason=words)
    last_day = None if ended.pk is None else ended.ends_on  # one that was taken back whole has none
    after = None if last_day is None else before | {"ends_on": last_day}
    record(FOLLOW_UP_ENDED, subject, before=before, after=after, reason=words)
    tell_unassigned(subject, official, last_day, words, actor, now)
    return ended


def _said(assignment: Assignment, official: Official) -> dict[str, object]:
    named = f"{official.name} ({official.code})"
    return {"assigned": named, "starts_on": assignment.starts_on, "ends_on": assignment.ends_on}
