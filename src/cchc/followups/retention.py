"""What this room holds of what lower rooms keep, as long as a task is open: contacts of who leads it, its events."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from cchc.followups.models import Task
from cchc.privacy.kept import Hold


def _leads(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(Exists(Task.objects.filter(leader=OuterRef("pk"), closed_at=None)))


def _about_open_tasks(rows: QuerySet[Any]) -> QuerySet[Any]:
    open_ones = Task.objects.filter(closed_at=None).order_by().annotate(key=Cast("pk", TextField())).values("key")
    return rows.filter(event__subject_type=Task._meta.label, event__subject_id__in=open_ones)


HOLDS: Final[dict[str, Hold]] = {"organizations.contacts": _leads, "privacy.audit_payloads": _about_open_tasks}
