"""What all dated records share when they are written: one after another, never two on a day. Nothing is deleted but
what has not begun and is taken back; the chain keeps what it said.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

from django.db.models import QuerySet

from cchc.audit.actions import record, values_of
from cchc.organizations.audit_kinds import TAKEN_BACK
from cchc.organizations.days import days_taken
from cchc.organizations.headship import head_taken
from cchc.organizations.models import Dated, Official, Posting, Unit
from cchc.organizations.queries.units import name_on
from cchc.records.dates import format_date
from cchc.records.errors import DomainError, Problem, refuse
from cchc.records.sources import Source

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
        raise days_taken(first.starts_on, first.ends_on)


def check_heads_alone(official: Official, unit: Unit, starts_on: date, ends_on: date | None) -> None:
    """Lock the unit until the action ends; raise `organizations.head_taken` when somebody else heads it on one of these
    days.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    others = Posting.objects.filter(unit=unit, is_head=True).exclude(official=official).not_over(starts_on)
    if ends_on is not None:
        others = others.filter(starts_on__lte=ends_on)
    other = others.select_related("official").annotate(unit_name=name_on(starts_on)).order_by("starts_on", "pk").first()
    if other is not None:
        name = other.unit_name or unit.code
        raise DomainError(Problem(head_taken(name, other.official.name, other.starts_on, other.ends_on)))


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


def take_back(dated: D, owner: Official | Unit, kind: str, reason: str) -> D:
    """The record goes as if it had never been written. What it said stands in its event, and that it is gone in the
    history of its `owner`, who is still there to be asked about it.
    """
    record(kind, dated, before=values_of(dated), reason=reason)
    said = {"record": dated._meta.label, "starts_on": dated.starts_on}
    record(TAKEN_BACK, owner, before=said, reason=reason)
    dated.delete()
    return dated


def take_back_what_has_not_begun(dated: D, owner: Official | Unit, day: date, kind: str, reason: str) -> D:
    """As `take_back`. Raises `organizations.has_begun` for a record that holds on `day` or began before, and
    `organizations.no_reason`.
    """
    if dated.starts_on <= day:
        raise refuse("organizations.has_begun", day=dated.starts_on)
    return take_back(dated, owner, kind, why(reason))


def end_or_take_back(dated: D, owner: Official | Unit, ends_on: date, kind: str, reason: str) -> D:
    """`ends_on` is the last day; one before the first day takes the record back whole.

    Raises `organizations.no_reason`, `organizations.already_ended`.
    """
    said = why(reason)
    return end(dated, ends_on, kind, said) if ends_on >= dated.starts_on else take_back(dated, owner, kind, said)


def why(reason: str) -> str:
    """The reason that was given. Raises `organizations.no_reason`."""
    if not reason.strip():
        raise refuse("organizations.no_reason")
    return reason.strip()


def reason_of(reason: str, source: Source | None) -> str:
    """The reason with the decision behind it, as the chain keeps it. Raises `organizations.no_reason`."""
    said = why(reason)
    if source is None:
        return said
    return f"{said} ({source.document}{'' if source.on is None else f', {format_date(source.on)}'})"


def go_on(siblings: QuerySet[D], gone: D, kind: str, reason: str, last_day: date | None = None) -> D | None:
    """What ended the day before `gone` was to begin goes on: until the next of `siblings` begins, until `last_day`, or
    without an end that is known. Answers it, if there is such a one.
    """
    before = siblings.filter(ends_on=gone.starts_on - DAY).order_by("pk").first()
    if before is None:
        return None
    after = siblings.filter(starts_on__gt=gone.starts_on).order_by("starts_on").first()
    days = (None if after is None else after.starts_on - DAY, last_day)
    values = values_of(before)
    before.ends_on = min((day for day in days if day is not None), default=None)
    before.save(update_fields=["ends_on"])
    record(kind, before, before=values, after=values_of(before), reason=reason)
    return before
