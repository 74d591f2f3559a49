"""What is asked of units: papers laid for approval, with the tasks that this gave."""

from __future__ import annotations

from django.db.models import QuerySet

from cchc.followups.models import Task
from cchc.followups.queries.scope import as_text_keys, visible_tasks
from cchc.followups.queries.tasks import named_tasks
from cchc.organizations.viewers import Viewer
from cchc.papers.models import ApprovalRequest


def asking_tasks(viewer: Viewer, asked: QuerySet[ApprovalRequest]) -> QuerySet[Task]:
    """The tasks of the units that are asked, as far as the viewer may see them: nobody else is told until when they
    are due (decision 18), though the paper and who was asked are known to all.
    """
    label = ApprovalRequest._meta.label
    found = visible_tasks(viewer).filter(subject_type=label, subject_id__in=as_text_keys(asked))
    return named_tasks(found, viewer.day)
