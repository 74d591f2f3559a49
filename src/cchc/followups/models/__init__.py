"""The tables of this room."""

from __future__ import annotations

from cchc.followups.models.directives import Addressee, Directive, DirectiveBasis, DirectiveEntry, WebPosting
from cchc.followups.models.tasks import ANSWERED_KINDS, Difficulty, DifficultyKind, Task, TaskBasis, TaskEntry

__all__ = [
    "ANSWERED_KINDS",
    "Addressee",
    "Difficulty",
    "DifficultyKind",
    "Directive",
    "DirectiveBasis",
    "DirectiveEntry",
    "Task",
    "TaskBasis",
    "TaskEntry",
    "WebPosting",
]
