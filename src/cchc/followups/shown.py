"""Tasks as pages show them: how they stand in time, and why they are due when they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cchc.followups.addresses import step_address
from cchc.followups.deadlines import Deadline
from cchc.followups.history import line_name
from cchc.followups.models import Task, TaskEntry
from cchc.followups.permissions import may_take_step
from cchc.followups.policies import possible_steps
from cchc.followups.rules import Rules, rules_on
from cchc.followups.states import RUNNING, TASK, VERIFIED, WITHDRAWN
from cchc.followups.subjects import answering_of, known_subjects, subject_links
from cchc.interface.durations import end_day, status_of, time_left
from cchc.interface.errors import current_language
from cchc.interface.reckoning import why_sheet
from cchc.interface.shapes import Link, WhySheet
from cchc.organizations.calendars import load_calendar
from cchc.organizations.viewers import Viewer
from cchc.papers.models import LegalBasis
from cchc.papers.queries.bases import doubts
from cchc.records.dates import format_date
from cchc.records.timelines import Dated
from cchc.records.words import say
from cchc.worktime import Calendar

_SOON = 3 * 8 * 60  # working minutes


@dataclass(frozen=True, slots=True)
class ShownTask:
    """A task on a page. `minutes` are the working minutes left to its deadline, or over it (negative)."""

    task: Task
    minutes: int
    subject: Link | None
    subject_kind: str

    @property
    def is_running(self) -> bool:
        """Whether its time runs."""
        return self.task.state in RUNNING

    @property
    def state(self) -> str:
        """In the reader's language."""
        return TASK.state(self.task.state).name.in_language(current_language())

    @property
    def chip(self) -> tuple[str, str]:
        """Colour and word of how it stands: what is left while it runs, how it came in otherwise."""
        if self.task.state == WITHDRAWN:
            return "neutral", self.state
        if self.is_running:
            return status_of(self.minutes, _SOON), time_left(self.minutes)
        if self.minutes >= 0:
            return ("ok", _("On time")) if self.task.state == VERIFIED else ("neutral", _("Reported on time"))
        if self.was_done_in_time:
            return "forgotten", _("Done in time, reported late")
        return "overdue", time_left(self.minutes)

    @property
    def was_done_in_time(self) -> bool:
        """Whether the proof shows a day before the deadline although the report came after it. A proof shows no hour:
        of a deadline with one, its own day proves nothing.
        """
        day = self.task.done_on
        if self.minutes >= 0 or day is None:
            return False
        due = end_day(self.task.due_at)
        return day <= due if not self.task.due_time else day < due

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("followups:task", args=[self.task.pk])

    @property
    def why(self) -> str:
        """The page that says why it is due then."""
        return reverse("followups:task-why", args=[self.task.pk])


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One line of a history."""

    entry: TaskEntry
    name: str
    state: str
    due_before: datetime | None
    """The deadline before this line, where the line moved it."""


def shown_tasks(tasks: Collection[Task], now: datetime) -> list[ShownTask]:
    """In the order given. One query for each kind of subject."""
    links, language = subject_links(tasks), current_language()
    kinds = {label: subject.name.in_language(language) for label, subject in known_subjects().items()}
    return [
        ShownTask(
            task,
            minutes_left(task, now),
            links.get((task.subject_type, task.subject_id)),
            kinds.get(task.subject_type, ""),
        )
        for task in tasks
    ]


def offered_steps(viewer: Viewer, task: Task) -> list[Link]:
    """What the viewer may do with the task as it stands, in the order of the table; the first is the next one due."""
    language = current_language()
    steps = [
        Link(step.name.in_language(language), step_address(task, step.id))
        for step in possible_steps(task)
        if may_take_step(viewer, task, step)
    ]
    asked = answering_of(task) if task.state in RUNNING else None
    if asked is not None and asked.may(viewer, task.subject_id):
        steps.insert(0, Link(asked.name.in_language(language), asked.address(task.subject_id)))
    return steps


def shown_history(history: Iterable[TaskEntry]) -> list[ShownEntry]:
    """Lines newest first, as they came."""
    language, entries = current_language(), list(history)
    return [
        ShownEntry(
            entry,
            line_name(entry.step).in_language(language),
            TASK.state(entry.state).name.in_language(language),
            before.due_at if before is not None and before.due_at != entry.due_at else None,
        )
        for entry, before in zip(entries, [*entries[1:], None], strict=True)
    ]


def out_of_force(basis: LegalBasis, task: Task, today: date) -> str:
    """What is to be known of a basis of a task: that it was not in force when the task was given, or is not today."""
    for day in (localtime(task.given_at).date(), today):
        for doubt in doubts(basis, day):
            if doubt.is_out_of_force:
                return say(doubt.what, current_language())
    return ""


def why_due(task: Task) -> WhySheet:
    """Day by day from the directive's date to the deadline, by the calendar it was counted with."""
    calendar, dated = load_calendar(task.calendar), rules_on(localtime(task.given_at).date())
    deadline = task.deadline
    start = deadline.starts_at(calendar)
    rule, source = _rule(deadline, calendar, dated)
    return why_sheet(
        calendar,
        subject=task.what,
        start=start,
        due_at=task.due_at,
        limit=calendar.elapsed_minutes(start, deadline.due_at(calendar, dated.value)),
        rule=rule,
        rule_source=source or task.legal_basis,
        start_label=_("Counted from the end of"),
    )


def _rule(deadline: Deadline, calendar: Calendar, dated: Dated[Rules]) -> tuple[str, str]:
    """What the deadline says in words; the document behind a rule that moved it."""
    if deadline.working_days is not None:
        days = deadline.working_days
        said = ngettext("%(days)d working day after that day", "%(days)d working days after that day", days)
        return _with_hour(said % {"days": days}, deadline, calendar, dated), ""
    assert deadline.due_on is not None
    last = deadline.last_day(calendar, dated.value)
    named = {"day": _day(deadline.due_on), "next": _day(last), "time": deadline.hour}
    if last == deadline.due_on:
        if deadline.due_time is not None:
            return _("until %(time)s of %(day)s, as given") % named, ""
        return _("until the end of %(day)s, as given") % named, ""
    if deadline.due_time is not None:
        said = _("given as %(time)s of %(day)s, which is no working day: until %(time)s of %(next)s") % named
    else:
        said = _("given as %(day)s, which is no working day: until the end of %(next)s") % named
    source = dated.source
    return said, f"{source.document}, {source.article}" if source.article else source.document


def _with_hour(said: str, deadline: Deadline, calendar: Calendar, dated: Dated[Rules]) -> str:
    if deadline.due_time is None:
        return said
    last = {"time": deadline.hour, "day": _day(deadline.last_day(calendar, dated.value)), "counted": said}
    return _("%(counted)s; on the last of them, %(day)s, until %(time)s, as given") % last


def _day(day: date) -> str:
    return format_date(day, current_language())


def minutes_left(task: Task, now: datetime) -> int:
    """Working minutes to the deadline: from now while its time runs, else from when it was reported or withdrawn."""
    stopped = now if task.state in RUNNING else task.claimed_at or task.closed_at or now
    return load_calendar(task.calendar).elapsed_minutes(stopped, task.due_at)
