"""The steps of a task after it was given. Each is for those whom `permissions.may_take_step` allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from django.utils.timezone import localtime

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.followups.actions.giving import check_leader
from cchc.followups.actions.recording import check_time_left, owners_calendar, required, said, settle, take
from cchc.followups.actions.requests import Request, answered, ask
from cchc.followups.actions.telling import (
    tell_answered,
    tell_claimed,
    tell_leaders,
    tell_moved,
    tell_of_difficulty,
    tell_of_step,
)
from cchc.followups.audit_kinds import DIFFICULTY_ANSWERED
from cchc.followups.deadlines import Deadline, heard_by
from cchc.followups.models import ANSWERED_KINDS, Difficulty, Task
from cchc.followups.queries.assigned import assigned_on
from cchc.followups.queries.tasks import followed_by
from cchc.followups.rules import rules_on
from cchc.followups.states import CLOSES, HEARD, RUNS_ON, STOPS, TASK
from cchc.organizations.doers import done_by, sign
from cchc.organizations.models import Official
from cchc.organizations.viewers import officials_behind
from cchc.records.errors import Message, refuse
from cchc.records.search import fold

OPTIONAL_WORDS: Final = frozenset({"acknowledge", "verify"})
"""Steps that need no words; the others ask for a report, a proof or a reason."""


@action
def take_step(
    *, actor: Actor, now: datetime, task: Task, step: str, expected_version: int, text: str = ""
) -> Task:  # fmt: skip
    """Acknowledge, report, urge, verify, send back, withdraw. `text` says what, or why.

    Raises `followups.task_stale` with what the other one did, `followups.not_in_state`, `followups.nothing_said`.
    """
    taken = TASK.step(step)
    locked = take(task, taken, expected_version)
    before, claimants = values_of(locked), (locked.claimed_by_id, locked.claimed_for_id)
    words = said(text) if step in OPTIONAL_WORDS else required(text)
    _EFFECTS.get(taken.effect, _nothing)(locked, now)
    if step == "acknowledge":
        locked.acknowledged_at = now
    elif step == "report":
        locked.reported_at = now
    settle(locked, taken, actor, now, text=words, before=before)
    tell_of_step(locked, step, words, actor, now, claimants)
    return locked


@action
def claim_done(*, actor: Actor, now: datetime, task: Task, expected_version: int, proof: str, done_on: date) -> Task:
    """The owner says that it is done: `proof` shows how, `done_on` on which day it really was. Its time stops.

    Raises `followups.day_to_come`, `followups.done_before_start`, and what `take_step` raises.
    """
    step = TASK.step("claim")
    locked = take(task, step, expected_version)
    before = values_of(locked)
    if done_on > localtime(now).date():
        raise refuse("followups.day_to_come", day=done_on)
    if done_on < locked.counted_from:
        raise refuse("followups.done_before_start", day=done_on, start=locked.counted_from)
    words = required(proof)
    _stop(locked, now)
    locked.done_on, (locked.claimed_by, locked.claimed_for) = done_on, officials_behind(actor)
    locked.claimed_as = str(actor.capacity or "")
    settle(locked, step, actor, now, text=words, done_on=done_on, before=before)
    tell_claimed(locked, words, actor, now)
    return locked


@action
def move_deadline(
    *, actor: Actor, now: datetime, task: Task, expected_version: int, deadline: Deadline, reason: str
) -> Task:
    """Another deadline, with its reason; the one before stays in the history.

    Raises `followups.deadline_passed`, `followups.no_time_left`.
    """
    step = TASK.step("move_deadline")
    locked = take(task, step, expected_version)
    before, words, former = values_of(locked), required(reason), locked.due_at
    today = localtime(now).date()
    calendar = owners_calendar(locked, today)
    locked.due_at = deadline.due_at(calendar, rules_on(today).value)
    check_time_left(locked.due_at, calendar, now)
    locked.counted_from, locked.due_on = deadline.counted_from, deadline.due_on
    locked.working_days, locked.due_time = deadline.working_days, deadline.hour
    locked.calendar, locked.calendar_hash = calendar.id, calendar.hash
    settle(locked, step, actor, now, text=words, before=before)
    tell_moved(locked, former, words, actor, now)
    return locked


@action
def change_leader(
    *, actor: Actor, now: datetime, task: Task, expected_version: int, leader: Official, reason: str
) -> Task:
    """Another person answers for the task by name. Raises `followups.leader_elsewhere`, and what `take_step` raises."""
    step = TASK.step("change_leader")
    locked = take(task, step, expected_version)
    check_leader(leader, [locked.owner], now)
    before, words, former = values_of(locked), required(reason), locked.leader
    locked.leader = leader
    names = f"{former.name if former else '–'} → {leader.name}"
    settle(locked, step, actor, now, text=f"{names}. {words}", before=before)
    tell_leaders(locked, former, words, actor, now)
    return locked


@action
def raise_difficulty(
    *, actor: Actor, now: datetime, task: Task, expected_version: int, kind: str, text: str,
    deadline: Deadline | None = None,
) -> Difficulty:  # fmt: skip
    """The owner tells what stands in the way or what it proposes, or what went well. The first two become a task of the
    unit that follows: to answer until that deadline, without one as the rules say.

    Raises `followups.advantage_without_answer` for a deadline of what nobody answers, and `followups.deadline_passed`.
    """
    step = TASK.step("raise_difficulty")
    locked = take(task, step, expected_version)
    before, words = values_of(locked), required(text)
    if deadline is not None and kind not in ANSWERED_KINDS:
        raise refuse("followups.advantage_without_answer")
    said = {"kind": kind, "text": words, "search_key": fold(words)}
    raised = Difficulty.objects.create(task=locked, raised_at=now, **said, **done_by(actor, "raised"))
    settle(locked, step, actor, now, text=words, before=before)
    if kind in ANSWERED_KINDS:
        tell_of_difficulty(raised, _to_answer(raised, deadline, actor, now), actor, now)
    return raised


@action
def answer_difficulty(*, actor: Actor, now: datetime, difficulty: Difficulty, answer: str) -> Difficulty:
    """Once and for all; the task of answering is over with it.

    Raises `followups.answered_stale` with the other answer, `followups.nothing_said`.
    """
    locked = Difficulty.objects.select_for_update().get(pk=difficulty.pk)
    if locked.kind not in ANSWERED_KINDS:
        raise refuse("followups.difficulty_not_found")
    if locked.answered_at is not None:
        who: object = locked.answered_by.name if locked.answered_by else Message("followups.the_system")
        raise refuse("followups.answered_stale", who=who, text=locked.answer)
    before = values_of(locked)
    sign(locked, "answered", actor)
    locked.answer, locked.answered_at = required(answer), now
    locked.search_key = fold(f"{locked.text} {locked.answer}")
    locked.save()
    record(DIFFICULTY_ANSWERED, locked, before=before, after=values_of(locked))
    answered(locked, "answer", actor, now, text=locked.answer)
    tell_answered(locked, actor, now)
    return locked


def _to_answer(raised: Difficulty, deadline: Deadline | None, actor: Actor, now: datetime) -> Task:
    """Who is assigned to follow the task answers for it by name, else who last dealt with it there, else the head; but
    not who asks.
    """
    task, today = raised.task, localtime(now).date()
    assigned = Official.objects.filter(pk__in=assigned_on(task, today)).order_by("pk").first()
    leader = assigned or followed_by(task, today)
    if leader is not None and leader.pk in {raised.raised_by_id, task.leader_id}:
        leader = None
    limit = deadline or Deadline(today, working_days=rules_on(today).value.answer)
    return ask(raised, Request(raised.text, task.watcher, task.owner, leader, limit), actor, now)


def _stop(task: Task, now: datetime) -> None:
    task.claimed_at, task.heard_by = now, None


def _close(task: Task, now: datetime) -> None:
    task.closed_at, task.heard_by = now, None


def _run_on(task: Task, now: datetime) -> None:
    """What was claimed stays in the history only."""
    task.claimed_at = task.claimed_by = task.claimed_for = task.done_on = None
    task.claimed_as = ""
    _hear(task, now)


def _hear(task: Task, now: datetime) -> None:
    """Heard now; when next?"""
    today = localtime(now).date()
    task.heard_by = heard_by(owners_calendar(task, today), now, rules_on(today).value.report)


def _nothing(_task: Task, _now: datetime) -> None:
    """A step that is noted and changes nothing else."""


_EFFECTS: Final[Mapping[str, Callable[[Task, datetime], None]]] = {
    HEARD: _hear,
    STOPS: _stop,
    RUNS_ON: _run_on,
    CLOSES: _close,
}
