"""Sample directives in the sample province: what was given, reported, proven, sent back, urged, or passed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from importlib import resources
from typing import Final

from django.utils.timezone import localtime, make_aware

from cchc.audit.actors import Actor
from cchc.followups.actions.assigning import assign_follow_up
from cchc.followups.actions.correcting import correct_directive
from cchc.followups.actions.directives import Paper, acknowledge_directive, enter_directive, note_posting
from cchc.followups.actions.giving import Order, give_tasks
from cchc.followups.actions.tasks import answer_difficulty, claim_done, raise_difficulty, take_step
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Difficulty, Directive, Task
from cchc.organizations.models import Official, Unit
from cchc.organizations.viewers import actor_of
from cchc.papers.models import LegalBasis
from cchc.records.schema import Fields, as_count, as_flag, as_items, as_number, as_text, reading
from cchc.records.yaml_text import read_yaml

_FILE: Final = "directives.yaml"
_DAY: Final = timedelta(days=1)
_FIRST: Final = 7 * 60 + 45  # minutes of the day


def load_sample_directives(now: datetime) -> None:
    """All of them, as if the officials of the sample province had worked for some weeks until now."""
    content = (resources.files("cchc.demo") / _FILE).read_bytes()
    with reading(read_yaml(content, f"cchc/demo/{_FILE}")) as fields:
        for node in as_items(fields.need("directives")):
            with reading(node) as of_one:
                Sample(now).load(of_one)


@dataclass(frozen=True, slots=True)
class _Event:
    """What happened to one task, or to the directive in one unit, or to whom it was assigned."""

    of: str
    task: str
    text: str
    done_ago: int
    person: str
    title: str
    within: int


@dataclass
class Sample:
    """One directive. `tasks` by their key and the code of their owner."""

    now: datetime
    tasks: dict[tuple[str, str], int] = field(default_factory=dict)
    happened: Counter[date] = field(default_factory=Counter)

    def load(self, fields: Fields) -> None:
        """The directive, its tasks, then what happened, in the order of the file."""
        at = self.ago(as_count(fields.need("days_ago")))
        by = actor_at(as_text(fields.need("by")), at)
        number, title = as_text(fields.need("number")), as_text(fields.need("title"))
        watcher = unit_of(as_text(fields.need("watcher")))
        self.directive: Directive = enter_directive(
            actor=by,
            now=at,
            paper=Paper(number, localtime(at).date(), as_text(fields.need("issued_by")), title),
            unit=unit_of(as_text(fields.need("unit"))),
            watcher=watcher,
            addressees=[unit_of(as_text(node)) for node in as_items(fields.need("to"))],
            posting_wanted=as_flag(fields.need("posting_wanted")),
            is_sample=True,
        )
        for node in as_items(fields.need("tasks")):
            with reading(node) as of_one:
                self._give(of_one, watcher, by, at)
        for node in as_items(fields.need("events")):
            with reading(node) as of_one:
                self.happen(of_one)

    def _give(self, fields: Fields, watcher: Unit, by: Actor, at: datetime) -> None:
        key, leader = as_text(fields.need("key")), fields.maybe("leader", as_text)
        due_on = self.day(-int(as_number(fields.need("due_in"))))
        numbers = fields.maybe("bases", as_items) or ()
        order = Order(
            as_text(fields.need("what")),
            Deadline(self.directive.issued_on, due_on=due_on),
            watcher,
            bases=[LegalBasis.objects.get(number=as_text(node)) for node in numbers],
        )
        given = give_tasks(
            actor=by,
            now=at,
            subject=self.directive,
            order=order,
            owners=[unit_of(as_text(node)) for node in as_items(fields.need("owners"))],
            leader=None if leader is None else Official.objects.get(code=leader),
        )
        self.tasks |= {(key, task.owner.code): task.pk for task in given}

    def happen(self, fields: Fields) -> None:
        """What somebody did to a task, or to the directive in one unit."""
        at = self.ago(as_count(fields.need("days_ago")))
        by, does = actor_at(as_text(fields.need("by")), at), as_text(fields.need("does"))
        event = _Event(
            fields.maybe("of", as_text) or "",
            fields.maybe("task", as_text) or "",
            fields.maybe("text", as_text) or "",
            fields.maybe("done", as_count) or 0,
            fields.maybe("person", as_text) or "",
            fields.maybe("title", as_text) or "",
            fields.maybe("within", as_count) or 0,
        )
        _DEEDS.get(does, _step(does))(self, event, by, at)

    def ago(self, days: int) -> datetime:
        """A moment of that morning in office hours, each later than the one before; never later than now."""
        on = self.day(days)
        self.happened[on] += 1
        minutes = _FIRST + days * 11 % 45 + 29 * self.happened[on]
        return min(make_aware(datetime.combine(on, time(minutes // 60, minutes % 60))), self.now)

    def day(self, ago: int) -> date:
        """So many days before now (after it, if negative); for a weekend the Friday before."""
        on = localtime(self.now).date() - ago * _DAY
        return on - max(on.weekday() - 4, 0) * _DAY

    def task_of(self, event: _Event) -> Task:
        return Task.objects.get(pk=self.tasks[event.task, event.of])


def _take_note(sample: Sample, event: _Event, by: Actor, at: datetime) -> None:
    acknowledge_directive(actor=by, now=at, directive=sample.directive, unit=unit_of(event.of))


def _post(sample: Sample, event: _Event, by: Actor, at: datetime) -> None:
    note_posting(
        actor=by, now=at, directive=sample.directive, unit=unit_of(event.of), place=event.text, link="",
        posted_on=localtime(at).date(),
    )  # fmt: skip


def _claim(sample: Sample, event: _Event, by: Actor, at: datetime) -> None:
    task, done_on = sample.task_of(event), sample.day(event.done_ago)
    claim_done(actor=by, now=at, task=task, expected_version=task.version, proof=event.text, done_on=done_on)


def _raise(kind: str, sample: Sample, event: _Event, by: Actor, at: datetime) -> None:
    """With the working days in which it is to be answered, if there are any."""
    task = sample.task_of(event)
    deadline = Deadline(localtime(at).date(), working_days=event.within) if event.within else None
    raise_difficulty(
        actor=by, now=at, task=task, expected_version=task.version, kind=kind, text=event.text, deadline=deadline
    )


def _correct(sample: Sample, event: _Event, by: Actor, at: datetime) -> None:
    """Another title; the text says why."""
    now = Directive.objects.get(pk=sample.directive.pk)
    paper = Paper(now.number, now.issued_on, now.issued_by, event.title)
    correct_directive(
        actor=by, now=at, directive=now, expected_version=now.version, paper=paper, reason=event.text
    )  # fmt: skip


def _answer(sample: Sample, event: _Event, by: Actor, at: datetime) -> None:
    answer_difficulty(
        actor=by, now=at, difficulty=Difficulty.objects.get(task=sample.task_of(event)), answer=event.text
    )  # fmt: skip


def _assign(sample: Sample, event: _Event, by: Actor, at: datetime) -> None:
    """The text says why; `person` is who is to follow the directive from that day on."""
    assign_follow_up(
        actor=by, now=at, subject=sample.directive, official=Official.objects.get(code=event.person),
        starts_on=localtime(at).date(), ends_on=None, reason=event.text,
    )  # fmt: skip


def _step(does: str) -> Callable[[Sample, _Event, Actor, datetime], None]:
    def take(sample: Sample, event: _Event, by: Actor, at: datetime) -> None:
        task = sample.task_of(event)
        take_step(actor=by, now=at, task=task, step=does, expected_version=task.version, text=event.text)

    return take


_DEEDS: Final[Mapping[str, Callable[[Sample, _Event, Actor, datetime], None]]] = {
    "take_note": _take_note,
    "post": _post,
    "claim": _claim,
    "raise_difficulty": partial(_raise, "difficulty"),
    "raise_proposal": partial(_raise, "proposal"),
    "raise_advantage": partial(_raise, "advantage"),
    "correct": _correct,
    "assign": _assign,
    "answer": _answer,
}
"""What is no plain step of a task."""


def unit_of(code: str) -> Unit:
    """The unit with that code."""
    return Unit.objects.get(code=code)


def actor_at(code: str, at: datetime) -> Actor:
    """The official with that number, in the post of that day."""
    return actor_of(Official.objects.get(code=code), day=localtime(at).date())
