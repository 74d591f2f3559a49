"""Files cited for tasks, as proof, and for directives, as the paper itself: who sees them is who sees these."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from django.urls import reverse

from cchc.files.citing import Citable
from cchc.followups.addresses import shortened
from cchc.followups.models import Directive, Task
from cchc.followups.permissions import may_issue_directive, may_work_on
from cchc.followups.policies import paper_is_taken, proof_is_taken
from cchc.followups.queries.scope import visible_directives, visible_tasks
from cchc.interface.access import Verdict, denied
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText


def _may_prove(viewer: Viewer, id_: str) -> Verdict:
    """Those who work on the task, while it is not closed."""
    task = visible_tasks(viewer).filter(pk=id_).select_related("owner", "leader").first() if id_.isdecimal() else None
    if task is None:
        return denied("followups.task_not_found")
    return may_work_on(viewer, task) and proof_is_taken(task)


def _may_attach(viewer: Viewer, id_: str) -> Verdict:
    """Those who enter directives of its unit, while it is in force."""
    found = visible_directives(viewer).filter(pk=id_).select_related("unit").first() if id_.isdecimal() else None
    if found is None:
        return denied("followups.directive_not_found")
    return may_issue_directive(viewer, found.unit) and paper_is_taken(found)


def _links(
    model: type[Task | Directive], column: str, page: str
) -> Callable[[Collection[str], Viewer], Mapping[str, Link]]:
    def links(ids: Collection[str], _viewer: Viewer) -> Mapping[str, Link]:
        found = model.objects.filter(pk__in=ids).order_by("pk").values_list("pk", column)
        return {str(key): Link(shortened(name), reverse(page, args=[key])) for key, name in found}

    return links


SUBJECTS: Final[Mapping[str, Citable]] = {
    "followups.Task": Citable(
        LocalText("Nhiệm vụ", "Task"), visible_tasks, _may_prove, _links(Task, "what", "followups:task")
    ),
    "followups.Directive": Citable(
        LocalText("Văn bản chỉ đạo", "Directive"),
        visible_directives,
        _may_attach,
        _links(Directive, "number", "followups:directive"),
    ),
}
