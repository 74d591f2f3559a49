"""The tables of this room."""

from __future__ import annotations

from cchc.followups.models.directives import Addressee, Directive, WebPosting
from cchc.followups.models.tasks import Difficulty, DifficultyKind, Task, TaskBasis, TaskEntry

__all__ = ["Addressee", "Difficulty", "DifficultyKind", "Directive", "Task", "TaskBasis", "TaskEntry", "WebPosting"]
