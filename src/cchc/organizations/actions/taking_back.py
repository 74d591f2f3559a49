"""What was to come is taken back before it begins, or given another first day; what it would have ended goes on."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localtime

from cchc.audit.actions import action
from cchc.audit.actors import Actor
from cchc.organizations.actions.ancestry import renew_links
from cchc.organizations.actions.dating import DAY, go_on, take_back_what_has_not_begun, why
from cchc.organizations.actions.people import post_official
from cchc.organizations.actions.units import Standing, last_day_there, lock_unit, place_unit, placement_on
from cchc.organizations.audit_kinds import (
    CALENDAR_CHOSEN,
    PLACEMENT_ENDED,
    PLACEMENT_RESUMED,
    POSTING_ENDED,
    POSTING_RESUMED,
)
from cchc.organizations.kinds import last_day_of
from cchc.organizations.models import CalendarUse, Dated, Official, Placement, Posting, Succession, Unit
from cchc.records.errors import refuse
from cchc.records.sources import Source


@action
def take_back_posting(
    *, actor: Actor, now: datetime, posting: Posting, reason: str, instead_from: date | None = None
) -> None:
    """The posting will not begin, and the one that would have ended for it goes on; or it begins on another day,
    `instead_from`. The only posting that somebody has can be given another day alone.

    Raises `organizations.no_reason`, `organizations.has_begun`, `organizations.only_posting`,
    `organizations.not_there` when the unit of the posting before is gone by then, and what `post_official` raises.
    """
    official = Official.objects.select_for_update().get(pk=posting.official_id)
    locked = Posting.objects.select_for_update().get(pk=posting.pk)
    unit, said = locked.unit, why(reason)
    take_back_what_has_not_begun(locked, official, localtime(now).date(), POSTING_ENDED, reason)
    if locked.is_main:
        go_on(official.postings.filter(is_main=False, unit=unit), locked, POSTING_RESUMED, said)
        before = go_on(official.postings.filter(is_main=True), locked, POSTING_RESUMED, said)
        if before is not None and instead_from is None:
            placement_on(before.unit, locked.starts_on)
    if instead_from is not None:
        post_official(
            actor=actor, now=now, official=official, unit=unit, post=locked.post, starts_on=instead_from,
            ends_on=locked.ends_on, is_main=locked.is_main, is_head=locked.is_head, source=source_of(locked),
        )  # fmt: skip
    elif not official.postings.exists():
        raise refuse("organizations.only_posting", name=official.name)


@action
def take_back_calendar(*, actor: Actor, now: datetime, use: CalendarUse, reason: str) -> None:
    """The calendar will not apply, and the one that would have ended for it goes on.

    Raises `organizations.no_reason`, `organizations.has_begun`.
    """
    unit = lock_unit(use.unit, None)
    locked = CalendarUse.objects.select_for_update().get(pk=use.pk)
    take_back_what_has_not_begun(locked, unit, localtime(now).date(), CALENDAR_CHOSEN, reason)
    go_on(unit.calendar_uses.all(), locked, CALENDAR_CHOSEN, why(reason))


@action
def take_back_placement(
    *, actor: Actor, now: datetime, placement: Placement, reason: str, instead_from: date | None = None
) -> None:
    """The unit will not be called or placed so, and what would have ended for it goes on; or it is from another day on,
    `instead_from`. A unit that is to be founded can be given another day alone.

    Raises `organizations.no_reason`, `organizations.has_begun`, `organizations.part_of_reorganization`,
    `organizations.only_placement`, and what `place_unit` raises: `organizations.parent_not_there` where the parent
    before, or this unit for its parts, would not be there.
    """
    unit = lock_unit(placement.unit, None)
    locked = Placement.objects.select_for_update().get(pk=placement.pk)
    decided = Succession.objects.filter(reorganization__effective_on=locked.starts_on)
    if decided.filter(Q(predecessor=unit) | Q(successor=unit)).exists():
        raise refuse("organizations.part_of_reorganization", name=locked.name_vi)
    parts = (locked.kind, locked.name_vi, locked.parent, locked.name_en, locked.symbol)
    standing = Standing(*parts, source=source_of(locked))
    take_back_what_has_not_begun(locked, unit, localtime(now).date(), PLACEMENT_ENDED, reason)
    _let_go_on(unit, locked, why(reason))
    if instead_from is not None:
        place_unit(actor=actor, now=now, unit=unit, standing=standing, starts_on=instead_from)
    elif not unit.placements.exists():
        raise refuse("organizations.only_placement", name=standing.name_vi)
    renew_links([unit.pk])


def _let_go_on(unit: Unit, gone: Placement, reason: str) -> None:
    """What the unit was before, until its kind or its parent ends."""
    before = unit.placements.filter(ends_on=gone.starts_on - DAY).select_related("parent").order_by("pk").first()
    if before is not None:
        lasts = (last_day_of(before.kind), last_day_there(before.parent))
        last_day = min((day for day in lasts if day is not None), default=None)
        go_on(unit.placements.all(), gone, PLACEMENT_RESUMED, reason, last_day)


def source_of(dated: Dated) -> Source | None:
    """The decision behind a record, if one is named."""
    return Source(dated.source_document, dated.source_on) if dated.source_document else None
