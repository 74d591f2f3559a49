"""What tasks of this room belong to: directives; difficulties and proposals; papers laid for approval."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from django.urls import reverse

from cchc.followups.addresses import shortened
from cchc.followups.models import ANSWERED_KINDS, Difficulty, Directive
from cchc.followups.permissions import may_follow
from cchc.followups.shown_directives import with_state
from cchc.followups.subjects import Answering, TaskSubject
from cchc.interface.access import Verdict, denied
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer
from cchc.papers.models import ApprovalRequest
from cchc.papers.permissions import may_decide_approval
from cchc.papers.queries.approvals import get_request
from cchc.records.text import LocalText


def _directives(ids: Collection[str]) -> Mapping[str, Link]:
    found = Directive.objects.filter(pk__in=[int(id_) for id_ in ids]).order_by("pk")
    return {str(one.pk): Link(with_state(one), reverse("followups:directive", args=[one.pk])) for one in found}


def _difficulties(ids: Collection[str]) -> Mapping[str, Link]:
    """Each leads to the task at which it was raised."""
    found = Difficulty.objects.filter(pk__in=[int(id_) for id_ in ids]).select_related("task").order_by("pk")
    return {str(one.pk): Link(shortened(one.task.what), reverse("followups:task", args=[one.task_id])) for one in found}


def _may_answer(viewer: Viewer, id_: str) -> Verdict:
    raised = Difficulty.objects.select_related("task__owner", "task__watcher", "task__leader").get(pk=id_)
    waits = raised.kind in ANSWERED_KINDS and raised.answered_at is None
    return may_follow(viewer, raised.task) if waits else denied("followups.difficulty_not_found")


def _approvals(ids: Collection[str]) -> Mapping[str, Link]:
    """Each leads to its paper."""
    found = ApprovalRequest.objects.filter(pk__in=[int(id_) for id_ in ids]).select_related("paper").order_by("pk")
    return {str(one.pk): Link(one.paper.full_number, reverse("papers:paper", args=[one.paper_id])) for one in found}


SUBJECTS: Final[Mapping[str, TaskSubject]] = {
    "followups.Directive": TaskSubject(LocalText("Văn bản chỉ đạo", "Directive"), _directives),
    "followups.Difficulty": TaskSubject(
        LocalText("Khó khăn, đề xuất khi thực hiện nhiệm vụ", "Difficulty or proposal at the task"),
        _difficulties,
        Answering(LocalText("Trả lời", "Answer"), lambda id_: reverse("followups:answer", args=[id_]), _may_answer),
    ),
    "papers.ApprovalRequest": TaskSubject(
        LocalText("Văn bản trình phê duyệt", "Paper laid for approval"),
        _approvals,
        Answering(
            LocalText("Quyết định", "Decide"),
            lambda id_: reverse("papers:decide-approval", args=[id_]),
            lambda viewer, id_: may_decide_approval(viewer, get_request(int(id_))),
            is_decision=True,
        ),
    ),
}
