"""Lists of tasks to take along as workbooks: the board, who has not been heard. Text stays text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cchc.followups.models import Task
from cchc.followups.queries.missing import SILENT, UNANSWERED, UNPOSTED, UNREAD, Missing
from cchc.followups.sheets import Row, bases_said, days_late, moment_said
from cchc.followups.states import TASK
from cchc.followups.subjects import known_subjects, subject_links
from cchc.interface.durations import end_day
from cchc.interface.errors import current_language
from cchc.records.dates import format_date
from cchc.tables.writing import Column, SheetToWrite


def board_table(tasks: Sequence[Task], said: Sequence[str], now: datetime) -> SheetToWrite:
    """A task in a row, with what was last reported of it; `said` is what narrows the list. Two queries at most,
    for what the tasks belong to.
    """
    columns = (
        Column(_("Serial number"), 6, "number"), Column(_("Task"), 56), Column(_("Belongs to"), 34),
        Column(_("Legal basis"), 34), Column(_("Owner"), 32), Column(_("Leader"), 24), Column(_("Followed by"), 34),
        Column(_("State"), 16), Column(_("Deadline"), 12, "date"), Column(_("Before the hour"), 9),
        Column(_("Next report by"), 18), Column(_("Really done on"), 12, "date"), Column(_("Days late"), 9, "number"),
        Column(_("Progress"), 50),
    )  # fmt: skip
    above = lines_above(_("Tasks by deadline"), said, now)
    return SheetToWrite(_("Tasks"), columns, _board_rows(tasks, localtime(now).date()), above, frozen_columns=2)


def missing_table(found: Iterable[Missing], said: Sequence[str], now: datetime) -> SheetToWrite:
    """What a unit owes in a row, the longest due first; `said` as above."""
    columns = (
        Column(_("Serial number"), 6, "number"), Column(_("Unit"), 36), Column(_("What is missing"), 36),
        Column(_("Task or directive"), 60), Column(_("Leader"), 24), Column(_("Was due"), 18),
        Column(_("Days since"), 9, "number"),
    )  # fmt: skip
    names, today = missing_kinds(), localtime(now).date()
    rows = (
        (
            number,
            one.unit_name,
            names[one.kind],
            one.about,
            one.person,
            moment_said(one.since),
            (today - end_day(one.since)).days,
        )
        for number, one in enumerate(found, 1)
    )
    title = _("Units that have not acknowledged, reported, posted, answered or decided in time")
    above = lines_above(title, said, now)
    return SheetToWrite(_("Not reported"), columns, rows, above, frozen_columns=2)


def missing_kinds() -> Mapping[str, str]:
    """What a line of the missing list says, by its kind, in the reader's language."""
    return {
        UNREAD: _("Directive not acknowledged"),
        UNPOSTED: _("Directive not posted"),
        SILENT: _("Task not acknowledged or reported"),
        UNANSWERED: _("Not answered or decided"),
    }


def lines_above(title: str, said: Sequence[str], now: datetime) -> tuple[str, ...]:
    """What the table is, what narrows it (nothing: all in scope), as of when."""
    return (title, *said, _("As of %(at)s") % {"at": moment_said(now)})


def subject_names(tasks: Sequence[Task]) -> dict[tuple[str, str], str]:
    """What tasks belong to, in words: the kind and the name. One query for each kind."""
    language = current_language()
    kinds = {label: one.name.in_language(language) for label, one in known_subjects().items()}
    return {key: f"{kinds[key[0]]}: {link.text}" for key, link in subject_links(tasks).items()}


def _board_rows(tasks: Sequence[Task], today: date) -> Iterator[Row]:
    subjects, language = subject_names(tasks), current_language()
    for number, task in enumerate(tasks, 1):
        yield (
            number, task.what, subjects.get((task.subject_type, task.subject_id), ""), bases_said(task),
            task.owner_name or "", task.leader.name if task.leader else "", task.watcher_name or "",
            TASK.state(task.state).name.in_language(language), end_day(task.due_at), task.due_time,
            moment_said(task.heard_by), task.done_on, days_late(task, today), _told(task),
        )  # fmt: skip


def _told(task: Task) -> str:
    """`23/11/2026: Xong 3/5 thôn`; empty before anything was reported."""
    at: datetime | None = getattr(task, "told_at", None)
    return "" if at is None else f"{format_date(localtime(at).date())}: {getattr(task, 'told', '')}"
