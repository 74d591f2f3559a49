"""What was entered wrongly is corrected: the record says, of all its days, what it should have said from the first on.

That is no change in reality: what changes from a day on is a new record (`place_unit`, `post_official`). A correction
keeps the record's days, but for the first day of a posting on which nothing rests; what was issued keeps what it said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localtime

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.actions.ancestry import renew_links
from cchc.organizations.actions.dating import DAY, D, check_days, check_free, check_heads_alone, why
from cchc.organizations.actions.units import Standing, fields_of, lock_unit, placement_on
from cchc.organizations.audit_kinds import PLACEMENT_CORRECTED, POSTING_CORRECTED
from cchc.organizations.kinds import check_lasts, check_place
from cchc.organizations.models import Dated, Official, Placement, Posting, Succession, Unit
from cchc.records.errors import refuse
from cchc.records.text import one_line


@dataclass(frozen=True, slots=True)
class RightPosting:
    """What a posting should have said."""

    post: str
    is_head: bool
    starts_on: date


@action
def correct_placement(
    *, actor: Actor, now: datetime, placement: Placement, standing: Standing, reason: str,
    expected_version: int | None = None,
) -> Placement:  # fmt: skip
    """On all days of the record the unit was, and is, called and placed so.

    Raises `organizations.no_reason`, `organizations.unit_stale` when the unit is no longer at `expected_version`,
    `organizations.record_is_over`, `organizations.no_name`, `organizations.nothing_to_correct`; for another kind or
    place `organizations.wrong_parent_kind` (of the unit or of a part), `organizations.reorganization_rests_on_it`,
    `organizations.circle`, `organizations.parent_not_there`.
    """
    said = why(reason)
    unit = lock_unit(placement.unit, expected_version)
    locked = Placement.objects.select_for_update().get(pk=placement.pk)
    check_not_over(locked, now)
    fields = fields_of(standing)
    if (standing.kind, standing.parent) != (locked.kind, locked.parent):
        _check_right_place(unit, locked, standing)
    before = values_of(locked)
    for name, value in fields.items():
        setattr(locked, name, value)
    keep(locked, PLACEMENT_CORRECTED, before, said, personal=False)
    renew_links([unit.pk])
    return locked


@action
def correct_posting(
    *, actor: Actor, now: datetime, posting: Posting, right: RightPosting, reason: str,
    expected_version: int | None = None,
) -> Posting:  # fmt: skip
    """On all its days the posting said, and says, so; another first day where nothing rests on the one that was typed.

    Raises `organizations.no_reason`, `organizations.official_stale` when the official is no longer at
    `expected_version`, `organizations.record_is_over`, `organizations.no_post`, `organizations.nothing_to_correct`; for
    another first day `organizations.corrected_into_future`, `organizations.reorganization_rests_on_it`,
    `organizations.first_day_rests`, `organizations.not_there`, `organizations.no_main_post`,
    `organizations.days_taken`; for a head `organizations.head_taken`.
    """
    said, post = why(reason), one_line(right.post)
    official = lock_official(posting.official_id, expected_version)
    locked = Posting.objects.select_for_update().get(pk=posting.pk)
    check_not_over(locked, now)
    if not post:
        raise refuse("organizations.no_post")
    if right.starts_on != locked.starts_on:
        check_first_day(official, locked, right.starts_on, now)
    if right.is_head and (not locked.is_head or right.starts_on < locked.starts_on):
        check_heads_alone(official, locked.unit, right.starts_on, locked.ends_on)
    before = values_of(locked)
    locked.post, locked.is_head, locked.starts_on = post, right.is_head, right.starts_on
    return keep(locked, POSTING_CORRECTED, before, said, personal=True)


def keep(dated: D, kind: str, before: dict[str, object], reason: str, *, personal: bool) -> D:
    """Write the corrected record down. Raises `organizations.nothing_to_correct`."""
    after = values_of(dated)
    if after == before:
        raise refuse("organizations.nothing_to_correct")
    dated.save()
    record(kind, dated, before=before, after=after, reason=reason, personal=personal)
    return dated


def lock_official(key: int, expected_version: int | None) -> Official:
    """The official as they are now, locked and counted up. Raises `organizations.official_stale`."""
    locked = Official.objects.select_for_update().get(pk=key)
    if expected_version is not None and locked.version != expected_version:
        raise refuse("organizations.official_stale", code=locked.code)
    locked.version += 1
    locked.save(update_fields=["version"])
    return locked


def check_not_over(dated: Dated, now: datetime) -> None:
    """What is over stays as it was written: other records, lists and papers of those days rest on it. Raises
    `organizations.record_is_over`.
    """
    if dated.ends_on is not None and dated.ends_on < localtime(now).date():
        raise refuse("organizations.record_is_over", day=dated.ends_on)


def _check_right_place(unit: Unit, placed: Placement, standing: Standing) -> None:
    """The kind fits the place, on all days, and what stands under the unit fits the kind."""
    parent = standing.parent
    check_place(
        standing.kind, None if parent is None else placement_on(parent, placed.starts_on).kind, placed.starts_on
    )
    check_lasts(standing.kind, placed.ends_on)
    if standing.kind == placed.kind:
        return
    days = Q(reorganization__effective_on__gte=placed.starts_on)
    if placed.ends_on is not None:
        days &= Q(reorganization__effective_on__lte=placed.ends_on + DAY)
    check_no_reorganization(unit, days)
    parts = Placement.objects.filter(parent=unit).not_over(placed.starts_on).order_by("pk")
    if placed.ends_on is not None:
        parts = parts.filter(starts_on__lte=placed.ends_on)
    for part in parts:
        check_place(part.kind, standing.kind, part.starts_on)


def check_no_reorganization(unit: Unit, days: Q) -> None:
    """`days`: the condition on its successions. Raises `organizations.reorganization_rests_on_it`."""
    found = Succession.objects.filter(Q(predecessor=unit) | Q(successor=unit), days)
    dates = found.order_by("reorganization__effective_on").values_list("reorganization__effective_on", flat=True)
    if (day := dates.first()) is not None:
        raise refuse("organizations.reorganization_rests_on_it", day=day)


def check_not_put_off(dated: Dated, day: date, now: datetime) -> None:
    """What has begun does not begin after today. Raises `organizations.corrected_into_future`,
    `records.ends_before_start`.
    """
    check_days(day, dated.ends_on)
    if dated.starts_on <= localtime(now).date() < day:
        raise refuse("organizations.corrected_into_future", day=dated.starts_on)


def check_first_day(official: Official, posting: Posting, day: date, now: datetime) -> None:
    """Nothing rests on the first day of the posting, so that it may begin on `day`. Raises as `correct_posting`."""
    check_not_put_off(posting, day, now)
    check_no_reorganization(posting.unit, Q(reorganization__effective_on=posting.starts_on))
    placement_on(posting.unit, day)
    others = official.postings.exclude(pk=posting.pk)
    same = Q(unit=posting.unit) | Q(is_main=True) if posting.is_main else Q(unit=posting.unit)
    check_free(others.filter(same), day, posting.ends_on)
    if posting.is_main:
        _check_nothing_before(official, posting, day)
    elif not others.on(day).filter(is_main=True).exists():
        raise refuse("organizations.no_main_post", name=official.name, day=day)


def _check_nothing_before(official: Official, posting: Posting, day: date) -> None:
    """A main post that begins later leaves no day without one on which another is held, nor a gap after the former."""
    former = official.postings.filter(is_main=True, ends_on=posting.starts_on - DAY)
    beside = official.postings.not_over(posting.starts_on).filter(is_main=False, starts_on__lt=day)
    if day > posting.starts_on and (former.exists() or beside.exists()):
        raise refuse("organizations.first_day_rests", start=posting.starts_on, end=day - DAY)
