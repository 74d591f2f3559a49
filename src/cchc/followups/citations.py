"""Files cited for tasks, as proof, and for directives, as the paper itself: who sees them is who sees these."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from cchc.files.citing import Citable
from cchc.followups.addresses import shortened
from cchc.followups.models import Directive, Task
from cchc.followups.permissions import may_issue_directive, may_work_on
from cchc.followups.policies import proof_is_taken
from cchc.followups.queries.scope import visible_directives, visible_tasks
from cchc.interface.access import Verdict, denied
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText


def _may_prove(viewer: Viewer, id_: str) -> Verdict:
    """Those who work on the task, while it is not closed."""
    task = visible_tasks(viewer).filter(pk=id_).select_related("owner", "leader").first() if id_.isdecimal() else None
    if task is None:
        return denied("followups.task_not_found")
    return may_work_on(viewer, task) and proof_is_taken(task)


def _may_attach(viewer: Viewer, id_: str) -> Verdict:
    """Those who enter directives of its unit."""
    found = visible_directives(viewer).filter(pk=id_).select_related("unit").first() if id_.isdecimal() else None
    return denied("followups.directive_not_found") if found is None else may_issue_directive(viewer, found.unit)


def _names(model: type[Task | Directive], column: str) -> Callable[[Collection[str], Viewer], Mapping[str, str]]:
    def names(ids: Collection[str], _viewer: Viewer) -> Mapping[str, str]:
        found = model.objects.filter(pk__in=ids).order_by("pk").values_list("pk", column)
        return {str(key): shortened(name) for key, name in found}

    return names


SUBJECTS: Final[Mapping[str, Citable]] = {
    "followups.Task": Citable(LocalText("Nhiệm vụ", "Task"), visible_tasks, _may_prove, _names(Task, "what")),
    "followups.Directive": Citable(
        LocalText("Văn bản chỉ đạo", "Directive"), visible_directives, _may_attach, _names(Directive, "number")
    ),
}
