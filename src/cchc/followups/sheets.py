"""Tables to take along: the follow-up table of a directive, the list of directives. Text stays text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cchc.followups.models import Addressee, Difficulty, Directive, Task, TaskEntry, WebPosting
from cchc.followups.shown_directives import state_name, with_state
from cchc.followups.states import RUNNING, TASK, WITHDRAWN
from cchc.interface.durations import end_day, end_time
from cchc.interface.errors import current_language
from cchc.organizations.shown import named_as
from cchc.records.dates import format_date
from cchc.tables.writing import Column, SheetToWrite, WrittenValue

Row = Sequence[WrittenValue]


@dataclass(frozen=True, slots=True)
class Followed:
    """What a directive's table says: all that the reader may see of it."""

    directive: Directive
    tasks: Sequence[Task]
    progress: Mapping[int, TaskEntry]
    difficulties: Sequence[Difficulty]
    addressees: Sequence[Addressee]
    postings: Sequence[WebPosting]


def directive_table(followed: Followed, now: datetime) -> list[SheetToWrite]:
    """Tasks with progress, delay and difficulties; who took note; where it was posted."""
    above = _lines_above(followed.directive, now)
    sheets = [_tasks(followed, above, now), _addressees(followed, above, now)]
    if followed.postings:
        sheets.append(_postings(followed, above))
    return sheets


def list_table(directives: Iterable[Directive]) -> SheetToWrite:
    """A directive in a row, with how many units took note and how many tasks are done."""
    columns = (
        Column(_("Number and symbol"), 22), Column(_("Date"), 12, "date"), Column(_("What it is about"), 60),
        Column(_("Issued by"), 30), Column(_("Followed by"), 34), Column(_("Units it was sent to"), 12, "number"),
        Column(_("Units that took note"), 12, "number"), Column(_("Tasks"), 10, "number"),
        Column(_("Tasks done"), 10, "number"), Column(_("Sample"), 8), Column(_("State"), 16),
        Column(_("Withdrawn or repealed on"), 12, "date"), Column(_("Signed by"), 24),
    )  # fmt: skip
    rows = (
        (one.number, one.issued_on, one.title, one.issued_by, one.watcher_name or "", one.sent, one.heard, one.given,
         one.done, _("yes") if one.is_sample else "", state_name(one), one.ended_on, one.signer)
        for one in directives
    )  # fmt: skip
    return SheetToWrite(_("Directives"), columns, rows, frozen_columns=1)


def days_late(task: Task, today: date) -> int:
    """Days from the deadline to the day on which it was really done, or to today while its time runs; 0 if none."""
    if task.state == WITHDRAWN:
        return 0
    done = today if task.state in RUNNING else task.done_on or today
    return max((done - end_day(task.due_at)).days, 0)


def bases_said(task: Task) -> str:
    """What a task rests on: the bases of the library, then the others."""
    return "; ".join([*(one.basis.name for one in task.bases.all()), *([task.legal_basis] * bool(task.legal_basis))])


def moment_said(moment: datetime | None) -> str:
    """`16:30 25/11/2026`; a day ends at 24:00. Empty for None."""
    return "" if moment is None else f"{end_time(moment)} {format_date(end_day(moment))}"


def _tasks(followed: Followed, above: tuple[str, ...], now: datetime) -> SheetToWrite:
    columns = (
        Column(_("Serial number"), 6, "number"), Column(_("Task"), 56), Column(_("Legal basis"), 34),
        Column(_("Owner"), 32), Column(_("Leader"), 24), Column(_("State"), 16), Column(_("Deadline"), 12, "date"),
        Column(_("Before the hour"), 9),
        Column(_("Really done on"), 12, "date"), Column(_("Days late"), 9, "number"), Column(_("Progress"), 50),
        Column(_("Difficulties, proposals, advantages"), 50), Column(_("Answer"), 40),
    )  # fmt: skip
    raised = _by_task(followed.difficulties)
    rows = (
        _task_row(number, task, followed.progress.get(task.pk), raised.get(task.pk, []), now)
        for number, task in enumerate(followed.tasks, 1)
    )
    return SheetToWrite(_("Tasks"), columns, rows, above, frozen_columns=2)


def _task_row(number: int, task: Task, last: TaskEntry | None, raised: Sequence[Difficulty], now: datetime) -> Row:
    return (
        number, task.what, bases_said(task), task.owner_name or task.owner.code,
        task.leader.name if task.leader else "",
        TASK.state(task.state).name.in_language(current_language()), end_day(task.due_at), task.due_time, task.done_on,
        days_late(task, localtime(now).date()), _dated(last),
        "\n".join(f"{one.get_kind_display()}: {one.text}" for one in raised),
        "\n".join(one.answer or (_("Not answered yet") if one.waits else "–") for one in raised),
    )  # fmt: skip


def _addressees(followed: Followed, above: tuple[str, ...], now: datetime) -> SheetToWrite:
    columns = [
        Column(_("Unit"), 36), Column(_("To be acknowledged by"), 18), Column(_("Took note"), 18),
        Column(_("By whom"), 24), Column(_("State"), 16), Column(_("Tasks"), 10, "number"),
        Column(_("Tasks done"), 10, "number"),
    ]  # fmt: skip
    posting = followed.directive.posting_wanted
    if posting:
        columns += [Column(_("Posted on"), 12, "date"), Column(_("Days to the posting"), 12, "number")]
    rows = (_addressee_row(one, followed.directive, now) for one in followed.addressees)
    return SheetToWrite(_("Units it was sent to"), tuple(columns), rows, above, frozen_columns=1)


def _addressee_row(one: Addressee, directive: Directive, now: datetime) -> Row:
    taken = one.acknowledged_at
    state = _("Took note") if taken else _owed(one, directive, now)
    by = named_as(one.acknowledged_by, one.acknowledged_as)
    if not one.is_shown:
        return (one.unit_name or one.unit.code, *[None] * (8 if directive.posting_wanted else 6))
    told: Row = (
        one.unit_name or one.unit.code,
        moment_said(one.heard_by),
        moment_said(taken),
        by,
        state,
        one.given,
        one.done,
    )
    if not directive.posting_wanted:
        return told
    return (*told, one.posted_on, None if one.posted_on is None else (one.posted_on - directive.issued_on).days)


def _owed(one: Addressee, directive: Directive, now: datetime) -> str:
    """How a unit that has not taken note stands: nothing is asked of it once the directive is over."""
    if not directive.is_in_force:
        return _("Not asked any more")
    return _("Not yet, late") if one.heard_by < now else _("Not yet")


def _postings(followed: Followed, above: tuple[str, ...]) -> SheetToWrite:
    columns = (
        Column(_("Unit"), 36), Column(_("Where"), 36), Column(_("Link"), 50), Column(_("Posted on"), 12, "date"),
        Column(_("Days to the posting"), 12, "number"), Column(_("Noted by"), 24), Column(_("Struck out because"), 34),
    )  # fmt: skip
    rows = (
        (
            one.unit_name or "",
            one.place,
            one.link,
            one.posted_on,
            None if one.struck_at else one.delay,
            named_as(one.noted_by, one.noted_as),
            one.struck_because,
        )
        for one in followed.postings
    )
    return SheetToWrite(_("Posted on web sites"), columns, rows, above, frozen_columns=1)


def _lines_above(directive: Directive, now: datetime) -> tuple[str, ...]:
    sample = f" ({_('Sample')})" if directive.is_sample else ""
    about = {"number": with_state(directive), "day": format_date(directive.issued_on), "issuer": directive.issued_by}
    return (
        _("Directive %(number)s of %(day)s, %(issuer)s") % about + sample,
        directive.title,
        _("As of %(at)s") % {"at": moment_said(now)},
    )


def _dated(last: TaskEntry | None) -> str:
    return "" if last is None else f"{format_date(localtime(last.at).date())}: {last.text}"


def _by_task(found: Iterable[Difficulty]) -> Mapping[int, list[Difficulty]]:
    grouped: dict[int, list[Difficulty]] = {}
    for one in found:
        grouped.setdefault(one.task_id, []).append(one)
    return grouped
