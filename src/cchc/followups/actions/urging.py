"""Urging all who are behind with a directive, and telling of those who have not taken note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.followups.actions.recording import required, take_directive
from cchc.followups.actions.tasks import take_step
from cchc.followups.actions.telling import tell_unposted, tell_unread, tell_urged
from cchc.followups.audit_kinds import DIRECTIVE_REMINDED, DIRECTIVE_URGED, POSTING_REMINDED, TABLE_TAKEN
from cchc.followups.models import Addressee, Directive, Task
from cchc.followups.queries.recipients import answering_for
from cchc.followups.queries.reminders import unposted, unread
from cchc.followups.states import RUNNING
from cchc.organizations.queries.people import heads_of
from cchc.records.errors import refuse


@dataclass(frozen=True, slots=True)
class Urged:
    """How many units were urged to take note, and how many tasks were urged."""

    units: int
    tasks: int


@action
def urge_directive(*, actor: Actor, now: datetime, directive: Directive, text: str, tasks: Sequence[Task]) -> Urged:
    """All at once: units that have not taken note, and these tasks, each with a line in its history.

    A task that came in since is left out. Raises `followups.nobody_to_urge`, `followups.nothing_said`,
    `followups.directive_ended`.
    """
    take_directive(directive, "urge")
    words = required(text)
    unread = _unread(directive)
    running = Task.objects.select_for_update().filter(pk__in=[task.pk for task in tasks], state__in=RUNNING)
    urged = list(running.order_by("pk"))
    if not unread and not urged:
        raise refuse("followups.nobody_to_urge")
    tell_urged(unread, words, actor, now)
    for task in urged:
        take_step(actor=actor, now=now, task=task, step="urge", expected_version=task.version, text=words)
    units = sorted(one.unit.code for one in unread)
    record(DIRECTIVE_URGED, directive, after={"urged": words, "units": units, "tasks": len(urged)})
    return Urged(len(unread), len(urged))


@action
def remind_of_directives(*, actor: Actor, now: datetime, late: Sequence[int], to_escalate: Sequence[int]) -> int:
    """Tell the heads of units that have not taken note in time, and those charged with it there; later also the heads
    of the units that follow. By the keys of addressees; each is told once, and who has taken note since is left out.
    Answers how many lines were told.
    """
    found = unread().select_for_update(of=("self",))
    found = found.select_related("unit", "directive").order_by("pk")
    first = list(found.filter(pk__in=late, reminded_at=None))
    then = list(found.filter(pk__in=to_escalate, escalated_at=None))
    if not first and not then:
        nothing_changed()
        return 0
    today = localtime(now).date()
    answering = answering_for({one.unit_id for one in first}, today)
    heads = heads_of({one.directive.watcher_id for one in then}, today)
    told = _by_recipient(
        [(one, answering.get(one.unit_id, ())) for one in first]
        + [(one, [heads[key].pk] if (key := one.directive.watcher_id) in heads else []) for one in then]
    )
    tell_unread(told, actor, now)
    _mark(first, "reminded_at", now, DIRECTIVE_REMINDED)
    _mark(then, "escalated_at", now, DIRECTIVE_REMINDED)
    return sum(map(len, told.values()))


@action
def remind_to_post(*, actor: Actor, now: datetime, late: Sequence[int]) -> int:
    """Tell the heads of units that have not posted a directive in time, and those charged with it there. By the keys of
    addressees; each is told once, and who has noted a posting since is left out. Answers how many lines were told.
    """
    found = unposted(now).select_for_update(of=("self",)).filter(pk__in=late, posting_reminded_at=None)
    first = list(found.select_related("unit", "directive").order_by("pk"))
    if not first:
        nothing_changed()
        return 0
    answering = answering_for({one.unit_id for one in first}, localtime(now).date())
    told = _by_recipient([(one, answering.get(one.unit_id, ())) for one in first])
    tell_unposted(told, actor, now)
    _mark(first, "posting_reminded_at", now, POSTING_REMINDED)
    return sum(map(len, told.values()))


@action
def note_table_taken(*, actor: Actor, now: datetime, directive: Directive, tasks: int) -> None:
    """Write down who took the table of a directive, with so many tasks and the names of their leaders, out."""
    record(TABLE_TAKEN, directive, after={"tasks": tasks})


def _unread(directive: Directive) -> list[Addressee]:
    found = Addressee.objects.filter(directive=directive, acknowledged_at=None).select_related("unit", "directive")
    return list(found.order_by("pk"))


def _by_recipient(lines: Sequence[tuple[Addressee, Sequence[int]]]) -> dict[int, list[Addressee]]:
    """By the recipient's key the addressees to tell of, each once. Of a unit where nobody is known nobody is told: it
    stands in the missing list all the same.
    """
    told: dict[int, dict[int, Addressee]] = {}
    for one, people in lines:
        for person in people:
            told.setdefault(person, {})[one.pk] = one
    return {person: list(of.values()) for person, of in told.items()}


def _mark(addressees: Sequence[Addressee], field: str, now: datetime, kind: str) -> None:
    """Each was told now; the directives' histories say of whom."""
    by_directive: dict[Directive, list[str]] = {}
    for one in addressees:
        setattr(one, field, now)
        by_directive.setdefault(one.directive, []).append(one.unit.code)
    Addressee.objects.bulk_update(addressees, [field])
    for directive, codes in by_directive.items():
        record(kind, directive, after={"reminded": sorted(codes)})
