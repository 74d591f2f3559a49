"""What all dated records share when they are written: one after another, never two on a day; nothing is deleted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

from django.db.models import QuerySet

from cchc.audit.actions import record, values_of
from cchc.organizations.models import Dated
from cchc.records.errors import refuse

D = TypeVar("D", bound=Dated)
DAY = timedelta(days=1)


def check_days(starts_on: date, ends_on: date | None) -> None:
    """Raise `records.ends_before_start`."""
    if ends_on is not None and ends_on < starts_on:
        raise refuse("records.ends_before_start", start=starts_on, end=ends_on)


def check_free(others: QuerySet[D], starts_on: date, ends_on: date | None) -> None:
    """Raise `organizations.days_taken` when one of `others` holds on one of these days."""
    clash = others.not_over(starts_on).order_by("starts_on")
    if ends_on is not None:
        clash = clash.filter(starts_on__lte=ends_on)
    if (first := clash.first()) is not None:
        raise refuse("organizations.days_taken", start=first.starts_on, end=first.ends_on)


def end(dated: D, ends_on: date, kind: str, reason: str | None = None) -> D:
    """Let a record hold until `ends_on` and no longer; `kind` names the event.

    Raises `organizations.already_ended` when it ends earlier, `records.ends_before_start`.
    """
    check_days(dated.starts_on, ends_on)
    if dated.ends_on is not None and dated.ends_on < ends_on:
        raise refuse("organizations.already_ended", day=dated.ends_on)
    before = values_of(dated)
    dated.ends_on = ends_on
    dated.save(update_fields=["ends_on"])
    record(kind, dated, before=before, after=values_of(dated), reason=reason)
    return dated
