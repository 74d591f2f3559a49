"""Exports: what was asked for, by whom, as whom the job reads it."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from cchc.interface.models import JobState
from cchc.organizations.exporting.standing import standing_of
from cchc.organizations.models import Account, Export
from cchc.organizations.viewers import Viewer, viewer_of
from cchc.records.errors import refuse


def get_export(number: int) -> Export:
    """With its people and its job. Raises `organizations.export_not_found`."""
    found = Export.objects.select_related("asked_by", "principal", "job").filter(pk=number).order_by("pk").first()
    if found is None:
        raise refuse("organizations.export_not_found")
    return found


def viewer_of_export(export: Export, day: date) -> Viewer:
    """Whoever asked, with what they hold on that day. Raises `organizations.export_stale` when that is not what they
    held when they asked.
    """
    account = Account.objects.filter(official=export.asked_by).select_related("official").order_by("pk").first()
    principal = "" if export.principal is None else export.principal.code
    for shown in (True, False) if account is not None else ():  # whether a second factor was shown then
        viewer = viewer_of(account, day, principal, used_second_factor=shown)
        if standing_of(viewer) == export.standing:
            return viewer
    raise refuse("organizations.export_stale")


def exports_before(moment: datetime) -> QuerySet[Export]:
    """Those asked for before that moment, the oldest first."""
    return Export.objects.filter(asked_at__lt=moment).order_by("asked_at", "pk")


def same_at_work(export: Export) -> Export | None:
    """What the same person asks for again while it is being written."""
    same = {name: getattr(export, name) for name in ("kind", "query", "language", "asked_by", "principal", "standing")}
    at_work = Export.objects.filter(job__state=JobState.OPEN.value, **same).select_related("job")
    return at_work.order_by("pk").first()
