"""What the page of one directive or one task shows beside it: many reads, asked of the database together."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from cchc.audit.recording import subject_of
from cchc.files.attached import listed
from cchc.files.models import Citation
from cchc.followups.models import Addressee, Difficulty, Directive, DirectiveEntry, Task, TaskEntry, WebPosting
from cchc.followups.queries.directives import entries_of, library_of, own_addressees, postings_of, replaced_by
from cchc.followups.queries.scope import visible_tasks
from cchc.followups.queries.tasks import (
    bases_of,
    difficulties_of,
    history_of,
    named_tasks,
    only,
    tasks_of,
    with_answers,
)
from cchc.interface.together import Reads
from cchc.organizations.viewers import Viewer
from cchc.papers.models import LegalBasis


@dataclass(frozen=True, slots=True)
class PartsOfDirective:
    """What stands on a directive's page, as far as the viewer may see it."""

    own: QuerySet[Addressee]
    tasks: QuerySet[Task]
    difficulties: QuerySet[Difficulty]
    postings: QuerySet[WebPosting]
    files: QuerySet[Citation]
    bases: QuerySet[LegalBasis]
    entries: QuerySet[DirectiveEntry]
    replaced: QuerySet[Directive]


def parts_of_directive(viewer: Viewer, directive: Directive, most_tasks: int) -> Reads[PartsOfDirective]:
    """Of its tasks the first to be due."""
    tasks = visible_tasks(viewer) & tasks_of(directive)
    parts = PartsOfDirective(
        own=own_addressees(viewer, directive),
        tasks=named_tasks(tasks, viewer.day)[:most_tasks],
        difficulties=with_answers(viewer, difficulties_of(tasks)),
        postings=postings_of(directive, viewer.day),
        files=listed(viewer, subject_of(directive)),
        bases=library_of(directive),
        entries=entries_of(directive, viewer.day),
        replaced=replaced_by(viewer, directive),
    )
    needed = (
        parts.own, parts.tasks, parts.difficulties, parts.postings, parts.files, parts.bases, parts.entries,
        parts.replaced,
    )  # fmt: skip
    return Reads(needed, lambda: parts)


@dataclass(frozen=True, slots=True)
class PartsOfTask:
    """What stands on a task's page, as far as the viewer may see it."""

    history: QuerySet[TaskEntry]
    difficulties: QuerySet[Difficulty]
    bases: QuerySet[LegalBasis]
    files: QuerySet[Citation]


def parts_of_task(viewer: Viewer, task: Task) -> Reads[PartsOfTask]:
    """Everything that happened to it, what it rests on, what proves it."""
    parts = PartsOfTask(
        history=history_of(task),
        difficulties=with_answers(viewer, difficulties_of(only(task))),
        bases=bases_of(task),
        files=listed(viewer, subject_of(task)),
    )
    return Reads((parts.history, parts.difficulties, parts.bases, parts.files), lambda: parts)
