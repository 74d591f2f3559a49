"""What every step of a task or a directive writes: the thing as it stands, a line of its history, an event in the audit
chain.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from cchc.audit.actions import record, values_of
from cchc.audit.actors import Actor
from cchc.audit.canonical import canonical_json
from cchc.followups.audit_kinds import STEPS
from cchc.followups.history import change_name, line_name
from cchc.followups.models import Directive, DirectiveEntry, Task, TaskEntry, WebPosting
from cchc.followups.policies import check_possible, may_become
from cchc.followups.queries.tasks import last_entry
from cchc.followups.states import DIRECTIVE, TASK
from cchc.interface.durations import clock_time, end_day, end_time
from cchc.organizations.calendars import calendars_of
from cchc.organizations.viewers import officials_behind
from cchc.records.errors import DomainError, Message, refuse
from cchc.records.states import Step
from cchc.records.text import visible
from cchc.worktime import Calendar


def said(text: str) -> str:
    """What somebody typed, in the one form in which text is kept."""
    return visible(text).strip()


def required(text: str) -> str:
    """Raises `followups.nothing_said`."""
    kept = said(text)
    if not kept:
        raise refuse("followups.nothing_said")
    return kept


def check_time_left(due_at: datetime, calendar: Calendar, now: datetime) -> None:
    """A deadline lies ahead, with working time until then. Raises `followups.deadline_passed`,
    `followups.no_time_left`.
    """
    if due_at <= now:
        raise refuse("followups.deadline_passed", day=end_day(due_at), time=end_time(due_at))
    if not calendar.elapsed_minutes(now, due_at):
        raise refuse("followups.no_time_left", day=end_day(due_at), time=end_time(due_at))


def doers(actor: Actor) -> dict[str, Any]:
    """The columns of a line of a history that say who acts, for whom, and in which posts on that day. One query."""
    by, principal = officials_behind(actor)
    capacities = {"capacity": actor.capacity, "principal_capacity": actor.principal_capacity}
    return {"by": by, "principal": principal} | {name: str(one or "") for name, one in capacities.items()}


def take(task: Task, step: Step, expected_version: int) -> Task:
    """The task, locked, ready for a step. Raises `followups.task_stale` for a reader who saw an older one,
    `followups.not_in_state`.
    """
    locked = Task.objects.select_for_update().get(pk=task.pk)
    if locked.version != expected_version:
        raise _stale(locked)
    check_possible(locked, step)
    return locked


def settle(
    task: Task, step: Step, actor: Actor, now: datetime, *, text: str = "", done_on: date | None = None,
    before: dict[str, object],
) -> Task:  # fmt: skip
    """The task stands where the step leads; its history and the chain say so. `before` are its values before."""
    task.state = TASK.after(task.state, step)
    task.version += 1
    task.save()
    TaskEntry.objects.create(
        task=task, at=now, step=step.id, state=task.state, text=text, done_on=done_on, due_at=task.due_at,
        **doers(actor),
    )  # fmt: skip
    record(STEPS[step.id], task, before=before, after=values_of(task), reason=text or None)
    return task


def take_directive(directive: Directive, step: str, expected_version: int | None = None) -> Directive:
    """The directive, locked, ready for a step. Raises `followups.directive_stale` for a reader who saw an older one,
    `followups.directive_ended`.
    """
    locked = Directive.objects.select_for_update().get(pk=directive.pk)
    if expected_version is not None and locked.version != expected_version:
        raise _directive_stale(locked)
    may_become(locked, step).require()
    return locked


def note_change(
    directive: Directive, step: str, actor: Actor, now: datetime, *, text: str,
    changes: Mapping[str, tuple[object, object]], posting: WebPosting | None = None,
) -> None:  # fmt: skip
    """A line of the directive's history: which fields, before and after, and why; of it or of its posting log."""
    listed = [[field, before, after] for field, (before, after) in changes.items()]
    DirectiveEntry.objects.create(
        directive=directive, at=now, step=step, text=text, changes=canonical_json(listed), posting=posting,
        **doers(actor),
    )  # fmt: skip


def owners_calendar(task: Task, day: date) -> Calendar:
    """By which calendar the owner works on that day."""
    return calendars_of([task.owner_id], day)[task.owner_id]


def _stale(task: Task) -> DomainError:
    last = last_entry(task)
    who: object = last.by.name if last.by else Message("followups.the_system")
    return refuse(
        "followups.task_stale",
        who=who,
        step=line_name(last.step),
        time=clock_time(last.at),
        day=localtime(last.at).date(),
        said=Message("followups.said", {"text": last.text}) if last.text else "",
        state=TASK.state(task.state).name,
    )


def _directive_stale(directive: Directive) -> DomainError:
    last = directive.entries.filter(posting=None).select_related("by").order_by("-pk").first()
    assert last is not None  # whatever makes another version leaves a line
    who: object = last.by.name if last.by else Message("followups.the_system")
    return refuse(
        "followups.directive_stale",
        who=who,
        step=change_name(last.step),
        time=clock_time(last.at),
        day=localtime(last.at).date(),
        text=last.text,
        state=DIRECTIVE.state(directive.state).name,
    )
