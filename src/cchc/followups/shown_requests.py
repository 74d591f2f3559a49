"""Papers laid for approval, as the page of a paper shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cchc.followups.models import Task
from cchc.followups.shown import ShownTask, minutes_left
from cchc.organizations.viewers import Viewer
from cchc.papers.models import ApprovalRequest
from cchc.papers.permissions import may_decide_approval, may_take_back_approval


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """Before whom, what became of it, whether the viewer decides or takes it back; its task to who may see it."""

    asked: ApprovalRequest
    may_decide: bool
    may_take_back: bool
    task: Task | None
    shown: ShownTask | None


def shown_requests(
    viewer: Viewer, asked: Iterable[ApprovalRequest], tasks: Iterable[Task], now: datetime
) -> list[ShownRequest]:
    """In the order given."""
    by_request = {task.subject_id: task for task in tasks}
    return [_shown(viewer, one, by_request.get(str(one.pk)), now) for one in asked]


def _shown(viewer: Viewer, asked: ApprovalRequest, task: Task | None, now: datetime) -> ShownRequest:
    shown = None if task is None else ShownTask(task, minutes_left(task, now), None, "")
    decides, takes_back = may_decide_approval(viewer, asked), may_take_back_approval(viewer, asked)
    return ShownRequest(asked, bool(decides), bool(takes_back), task, shown)
