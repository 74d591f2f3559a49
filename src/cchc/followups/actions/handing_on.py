"""Another unit follows a directive, or its addressees are to post it, or no longer: with what that changes at its tasks
and addressees. Called inside the action that corrects the directive.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localtime

from cchc.audit.actions import record, values_of
from cchc.audit.actors import Actor
from cchc.followups.actions.giving import check_reach, check_watcher
from cchc.followups.actions.recording import doers
from cchc.followups.actions.telling import tell_leaders
from cchc.followups.audit_kinds import TASK_HANDED_ON
from cchc.followups.deadlines import heard_by
from cchc.followups.history import HANDED_ON
from cchc.followups.models import Addressee, Difficulty, Directive, Task, TaskEntry
from cchc.followups.queries.directives import open_tasks_of
from cchc.followups.queries.scope import as_text_keys
from cchc.followups.rules import rules_on
from cchc.followups.states import RUNNING
from cchc.organizations.calendars import calendars_of
from cchc.organizations.models import Unit
from cchc.organizations.queries.people import heads_of
from cchc.organizations.queries.units import named


def hand_on(directive: Directive, watcher: Unit, reason: str, actor: Actor, now: datetime) -> tuple[str, str]:
    """`watcher` follows the directive, and its open tasks that the former one follows; what these ask for is for it to
    answer. Answers the names of both.

    Raises `followups.not_under_issuer`, `followups.watches_itself`.
    """
    check_reach(directive.unit, [watcher], now)
    former, directive.watcher = directive.watcher, watcher
    tasks = list(
        open_tasks_of(directive).filter(watcher=former).select_for_update(of=("self",)).select_related("owner")
    )
    check_watcher(watcher, [task.owner for task in tasks], now)
    names = {one.unit_id: one.name_vi for one in named([former, watcher], localtime(now).date())}
    before, after = (names.get(unit.pk, unit.code) for unit in (former, watcher))
    said = f"{before} → {after}. {reason}"
    for task in tasks:
        _change(task, said, actor, now, watcher=watcher)
    _answers(tasks, former, watcher, said, actor, now)
    return before, after


def want_posting(directive: Directive, wanted: bool, now: datetime) -> None:
    """From today on addressees have the days of the rules to post it; or nothing is waited for any more."""
    directive.posting_wanted = wanted
    sent = Addressee.objects.select_for_update().filter(directive=directive).order_by("pk")
    if not wanted:
        sent.update(post_by=None, posting_reminded_at=None)
        return
    found, today = list(sent), localtime(now).date()
    calendars, days = calendars_of([one.unit_id for one in found], today), rules_on(today).value.post
    for one in found:
        one.post_by = heard_by(calendars[one.unit_id], now, days)
    Addressee.objects.bulk_update(found, ["post_by"])


def _answers(tasks: Sequence[Task], former: Unit, watcher: Unit, said: str, actor: Actor, now: datetime) -> None:
    """What was raised at these tasks and waits for the former unit's answer waits for that of the other one, which its
    head gives by name.
    """
    raised = Difficulty.objects.filter(task__in=[task.pk for task in tasks], answered_at=None)
    label = Difficulty._meta.label
    waiting = Task.objects.filter(subject_type=label, subject_id__in=as_text_keys(raised), state__in=RUNNING)
    head = heads_of([watcher.pk], localtime(now).date()).get(watcher.pk)
    for task in waiting.filter(owner=former).select_for_update(of=("self",)).select_related("leader").order_by("pk"):
        answered_by = task.leader
        _change(task, said, actor, now, owner=watcher, leader=head)
        tell_leaders(task, answered_by, said, actor, now)


def _change(task: Task, said: str, actor: Actor, now: datetime, **fields: object) -> None:
    before = values_of(task)
    for name, value in fields.items():
        setattr(task, name, value)
    task.version += 1
    task.save()
    TaskEntry.objects.create(
        task=task, at=now, step=HANDED_ON, state=task.state, text=said, due_at=task.due_at, **doers(actor)
    )
    record(TASK_HANDED_ON, task, before=before, after=values_of(task), reason=said)
