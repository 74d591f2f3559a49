"""Giving tasks to units: one text, one deadline, a task for each unit with its leader's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.audit.recording import Subject, subject_of
from cchc.followups.actions.recording import check_time_left, doers, required, said, take_directive
from cchc.followups.actions.telling import tell_given
from cchc.followups.audit_kinds import TASK_GIVEN
from cchc.followups.deadlines import Deadline, heard_by
from cchc.followups.history import GAVE
from cchc.followups.models import Directive, Task, TaskBasis, TaskEntry
from cchc.followups.queries.issuing import not_reached_by
from cchc.followups.queries.leading import not_led_by
from cchc.followups.rules import rules_on
from cchc.followups.states import TASK
from cchc.organizations.calendars import calendars_of
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.people import heads_of
from cchc.organizations.queries.units import ancestors_of, named
from cchc.papers.models import LegalBasis
from cchc.records.errors import refuse
from cchc.records.search import fold
from cchc.worktime import Calendar


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done, by when, which unit follows it, and on which basis: of the library, and others in words.

    `accepts_expired`: it is given although a basis is not in force on the day.
    """

    what: str
    deadline: Deadline
    watcher: Unit
    legal_basis: str = ""
    bases: Sequence[LegalBasis] = ()
    accepts_expired: bool = False

    @property
    def grounds(self) -> str:
        """All bases in words, `Nghị định số 30/2020/NĐ-CP; 2624/UBND-TTHCC, 12/08/2022`."""
        return "; ".join([*(basis.name for basis in self.bases), *([said(self.legal_basis)] * bool(self.legal_basis))])


def order_like(task: Task) -> Order:
    """What was ordered by a task, for other units; its bases are cited as they were then."""
    bases = [one.basis for one in task.bases.select_related("basis").order_by("place")]
    return Order(task.what, task.deadline, task.watcher, task.legal_basis, bases, accepts_expired=True)


@action
def give_tasks(
    *, actor: Actor, now: datetime, subject: Subject, order: Order, owners: Sequence[Unit],
    leader: Official | None = None, issuer: Unit | None = None,
) -> list[Task]:  # fmt: skip
    """A task for each owner, led by `leader`, else by the head of that unit on this day; by nobody yet where no head is
    known: whoever follows it names one. `issuer`: the unit whose word
    it is, for a directive its own; owners and watcher stand where its word goes.

    Raises `followups.nothing_said`, `followups.nobody_to_do_it`, `followups.watches_itself` for a watcher that is an
    owner or stands under one, `followups.leader_elsewhere`,
    `followups.not_under_issuer`, `followups.basis_out_of_force`, what `new_task` refuses,
    `followups.directive_ended` by a directive that is withdrawn or repealed.
    """
    if isinstance(subject, Directive):
        issuer = take_directive(subject, "give").unit
    required(order.what)
    units = list(dict.fromkeys(owners))
    if not units:
        raise refuse("followups.nobody_to_do_it")
    if issuer is not None:
        check_reach(issuer, [*units, order.watcher], now)
    check_watcher(order.watcher, units, now)
    _check_bases(order, localtime(now).date())
    leaders = _leaders(units, leader, now)
    calendars = calendars_of([unit.pk for unit in units], localtime(now).date())
    made = [new_task(subject, order, unit, leaders.get(unit.pk), calendars[unit.pk], now) for unit in units]
    tasks = keep_given(made, order, actor, now)
    tell_given(tasks, order.grounds, actor, now)
    return tasks


def keep_given(made: Sequence[Task], order: Order, actor: Actor, now: datetime, first: str = GAVE) -> list[Task]:
    """Write these tasks down with the line `first` of their history; nobody is told. Called inside an action."""
    tasks: list[Task] = Task.objects.bulk_create(made)
    who = doers(actor)
    TaskEntry.objects.bulk_create(
        TaskEntry(task=task, at=now, step=first, state=task.state, text=task.what, due_at=task.due_at, **who)
        for task in tasks
    )
    TaskBasis.objects.bulk_create(
        TaskBasis(task=task, basis=basis, place=place) for task in tasks for place, basis in enumerate(order.bases)
    )
    for task in tasks:
        record(TASK_GIVEN, task, after=values_of(task) | {"grounds": order.grounds})
    return tasks


def new_task(
    subject: Subject, order: Order, owner: Unit, leader: Official | None, calendar: Calendar, now: datetime
) -> Task:
    """Not written down yet. Raises `followups.nothing_said`, `followups.deadline_passed`, `followups.no_time_left`."""
    what = required(order.what)
    rules, deadline = rules_on(localtime(now).date()).value, order.deadline
    due_at = deadline.due_at(calendar, rules)
    check_time_left(due_at, calendar, now)
    subject_type, subject_id = subject_of(subject)
    return Task(
        subject_type=subject_type,
        subject_id=subject_id,
        what=what,
        legal_basis=said(order.legal_basis),
        owner=owner,
        leader=leader,
        watcher=order.watcher,
        state=TASK.first,
        counted_from=deadline.counted_from,
        due_on=deadline.due_on,
        working_days=deadline.working_days,
        due_time=deadline.hour,
        calendar=calendar.id,
        calendar_hash=calendar.hash,
        due_at=due_at,
        heard_by=heard_by(calendar, now, rules.acknowledge),
        given_at=now,
        search_key=fold(what),
    )


def _check_bases(order: Order, day: date) -> None:
    """What is not in force any more, or not yet, is cited knowingly or not at all."""
    expired = tuple(basis.name for basis in order.bases if not basis.holds_on(day))
    if expired and not order.accepts_expired:
        raise refuse("followups.basis_out_of_force", names=expired, day=day)


def check_watcher(watcher: Unit, owners: Sequence[Unit], now: datetime) -> None:
    """Nobody follows the own work: the watcher is no owner and no part of one. Raises `followups.watches_itself`."""
    above = ancestors_of(watcher.pk, localtime(now).date()) | {watcher.pk}
    if own := next((unit for unit in owners if unit.pk in above), None):
        raise refuse("followups.watches_itself", unit=_name(own, now))


def _leaders(units: Sequence[Unit], leader: Official | None, now: datetime) -> Mapping[int, Official]:
    if leader is not None:
        check_leader(leader, units, now)
        return {unit.pk: leader for unit in units}
    return heads_of([unit.pk for unit in units], localtime(now).date())


def check_reach(issuer: Unit, units: Sequence[Unit], now: datetime) -> None:
    """Raises `followups.not_under_issuer` with the units to which the issuer's word does not go today."""
    day = localtime(now).date()
    if others := not_reached_by(issuer, list(dict.fromkeys(units)), day):
        names = tuple(_name(unit, now) for unit in others[:10])
        raise refuse("followups.not_under_issuer", issuer=_name(issuer, now), units=names, day=day)


def check_leader(leader: Official, units: Sequence[Unit], now: datetime) -> None:
    """Raises `followups.leader_elsewhere` with the units in which the official neither works nor leads from above."""
    day = localtime(now).date()
    if others := not_led_by(leader, units, day):
        names = tuple(_name(unit, now) for unit in others[:10])
        raise refuse("followups.leader_elsewhere", leader=leader.name, units=names, day=day)


def _name(unit: Unit, now: datetime) -> str:
    """What the unit is called today; its code when it is no more."""
    placed = named([unit], localtime(now).date())
    return placed[0].name_vi if placed else unit.code
