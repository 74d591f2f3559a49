"""The day on which a unit's life begins was entered wrongly: it, and what began with it, begins on the right day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Final, TypeVar

from django.db.models import Q, QuerySet

from cchc.audit.actions import action, values_of
from cchc.audit.actors import Actor
from cchc.organizations.actions.ancestry import renew_links
from cchc.organizations.actions.correcting import (
    check_first_day,
    check_no_reorganization,
    check_not_over,
    check_not_put_off,
    keep,
    lock_official,
)
from cchc.organizations.actions.dating import check_days, why
from cchc.organizations.actions.units import lock_unit, placement_on
from cchc.organizations.audit_kinds import FIRST_DAY_CORRECTED, PLACEMENT_CORRECTED, POSTING_CORRECTED
from cchc.organizations.kinds import check_place
from cchc.organizations.models import Dated, Placement, Posting, Supervision, Unit
from cchc.organizations.queries.first_days import (
    begun_with,
    calendars_in,
    first_placement,
    grants_over,
    parts_under,
    postings_in,
    supervisions_of,
)
from cchc.organizations.resting import resting_before
from cchc.records.errors import DomainError, refuse
from cchc.records.text import LocalText

D = TypeVar("D", bound=Dated)
_OF_UNITS: Final[Sequence[tuple[LocalText, Callable[[Collection[int]], QuerySet[Dated]]]]] = (
    (LocalText("đơn vị trực thuộc", "parts"), parts_under),
    (LocalText("vị trí công tác", "posts"), postings_in),
    (LocalText("vai trò", "roles"), grants_over),
    (LocalText("việc theo dõi, đôn đốc", "supervisions"), supervisions_of),
    (LocalText("lịch làm việc", "calendars"), calendars_in),
)


@action
def correct_first_day(
    *, actor: Actor, now: datetime, unit: Unit, starts_on: date, reason: str, expected_version: int | None = None
) -> Placement:
    """The unit began on `starts_on`. What began with it moves along: parts founded under it, posts, roles, who follows
    whom, its calendar. Where it begins earlier, who came from another post on the day typed so far keeps that day,
    with the roles over the unit.

    Raises `organizations.no_reason`, `organizations.unit_stale`, `organizations.record_is_over` where the unit is
    called or placed otherwise by now, `organizations.nothing_to_correct`, `organizations.corrected_into_future`,
    `organizations.reorganization_rests_on_it`, `organizations.wrong_parent_kind`, `organizations.not_there` and
    `organizations.parent_not_there` of what it stands under, `organizations.posting_rests_on_first_day` and
    `organizations.rests_on_first_day` for what would begin before it, `records.ends_before_start`.
    """
    said, unit = why(reason), lock_unit(unit, expected_version)
    first = first_placement(unit)
    check_not_over(first, now)
    if first.starts_on == starts_on:
        raise refuse("organizations.nothing_to_correct")
    check_not_put_off(first, starts_on, now)
    moving, former = begun_with(unit), first.starts_on
    keys = [one.unit_id for one in moving]
    for one in moving:
        _move_placement(one, unit, starts_on, said)
    stayed = _move_postings(keys, former, starts_on, said, now)
    for grant in grants_over(keys).filter(starts_on=former).exclude(official__in=stayed):
        _move(grant, starts_on, FIRST_DAY_CORRECTED, said)
    for given in supervisions_of(keys).filter(starts_on=former):
        _move_supervision(given, keys, starts_on, said)
    for use in calendars_in(keys).filter(starts_on=former):
        _move(use, starts_on, FIRST_DAY_CORRECTED, said)
    if starts_on > former:
        _check_nothing_rests(keys, starts_on)
    renew_links(keys)
    return moving[0]


def _move_placement(placed: Placement, unit: Unit, day: date, reason: str) -> None:
    """Its parent has moved before it, if it does."""
    if placed.unit_id != unit.pk:
        lock_unit(placed.unit, None)
    former = placed.starts_on
    check_no_reorganization(placed.unit, Q(reorganization__effective_on__range=(min(former, day), max(former, day))))
    kind = None if placed.parent is None else placement_on(placed.parent, day).kind
    check_place(placed.kind, kind, day)
    _move(placed, day, PLACEMENT_CORRECTED, reason)


def _move_postings(units: Collection[int], former: date, day: date, reason: str, now: datetime) -> set[int]:
    """Answers the keys of the officials whose posts keep their day."""
    stayed: set[int] = set()
    for posting in postings_in(units).filter(starts_on=former):
        if _may_begin(posting, day, now):
            lock_official(posting.official_id, None)
            _move(posting, day, POSTING_CORRECTED, reason, personal=True)
        else:
            stayed.add(posting.official_id)
    return stayed


def _may_begin(posting: Posting, day: date, now: datetime) -> bool:
    """Whether the post moves along. One that would begin before its unit has to."""
    try:
        check_first_day(posting.official, posting, day, now)
    except DomainError as error:
        if day < posting.starts_on:
            return False
        named = {"name": posting.official.name, "post": posting.post, "day": posting.starts_on}
        raise refuse("organizations.posting_rests_on_first_day", **named) from error
    return True


def _move_supervision(given: Supervision, units: Collection[int], day: date, reason: str) -> None:
    """Earlier only as far as the other unit was there."""
    other = given.supervisor if given.unit_id in units else given.unit
    if day > given.starts_on:
        placement_on(other, day)
    elif not other.placements.on(day).exists():
        return
    _move(given, day, FIRST_DAY_CORRECTED, reason)


def _move(dated: D, day: date, kind: str, reason: str, *, personal: bool = False) -> None:
    check_days(day, dated.ends_on)
    before = values_of(dated)
    dated.starts_on = day
    keep(dated, kind, before, reason, personal=personal)


def _check_nothing_rests(units: Collection[int], day: date) -> None:
    """Nothing that did not begin with them is dated before the day on which they begin now."""
    own = ((name, of(units).filter(starts_on__lt=day).count()) for name, of in _OF_UNITS)
    for name, number in (*own, *resting_before(units, day)):
        if number:
            raise refuse("organizations.rests_on_first_day", what=name, count=number, day=day)
