"""Founding, renaming, moving, merging, splitting and ending units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.actions.ancestry import renew_links
from cchc.organizations.actions.dating import DAY, check_days, check_free, end, end_or_take_back
from cchc.organizations.audit_kinds import (
    CALENDAR_CHOSEN,
    PLACEMENT_ENDED,
    REORGANIZED,
    SUPERVISION_ENDED,
    SUPERVISION_GIVEN,
    UNIT_FOUNDED,
    UNIT_PLACED,
)
from cchc.organizations.days import days_taken
from cchc.organizations.kinds import check_place, last_day_of
from cchc.organizations.models import CalendarUse, Placement, Reorganization, Succession, Supervision, Unit
from cchc.organizations.reorganizing import ReorganizationKind
from cchc.records.errors import refuse
from cchc.records.search import fold, sort_key
from cchc.records.sources import Source
from cchc.records.text import one_line


@dataclass(frozen=True, slots=True)
class Standing:
    """What a unit is called, which kind it is, under whom it stands (None at the top), and the decision behind it."""

    kind: str
    name_vi: str
    parent: Unit | None
    name_en: str = ""
    symbol: str = ""
    source: Source | None = None


@action
def found_unit(
    *, actor: Actor, now: datetime, code: str, standing: Standing, starts_on: date, ends_on: date | None = None,
    is_sample: bool = False,
) -> Unit:  # fmt: skip
    """A new unit from `starts_on` on; `ends_on` when it is already known to have ended.

    Raises `organizations.code_taken`, and what `place_unit` refuses.
    """
    if Unit.objects.filter(code=code).exists():
        raise refuse("organizations.code_taken", code=code)
    unit = Unit.objects.create(code=code, is_sample=is_sample)
    _place(unit, standing, starts_on, ends_on)
    record(UNIT_FOUNDED, unit, after=values_of(unit))
    renew_links([unit.pk])
    return unit


@action
def place_unit(
    *, actor: Actor, now: datetime, unit: Unit, standing: Standing, starts_on: date,
    expected_version: int | None = None,
) -> Placement:  # fmt: skip
    """From `starts_on` on the unit has this name, kind and parent: a renaming, a move, an upgrade.

    What held before ends the day before; what ended just then is carried on. Raises `organizations.unit_stale` when
    the unit is no longer at `expected_version`; `organizations.unit_ended`, `organizations.days_taken`,
    `organizations.wrong_parent_kind`, `organizations.circle`, `organizations.parent_not_there`.
    """
    unit = lock_unit(unit, expected_version)
    _make_room(unit, starts_on)
    placement = _place(unit, standing, starts_on, None)
    renew_links([unit.pk])
    return placement


@action
def reorganize(
    *, actor: Actor, now: datetime, kind: ReorganizationKind, predecessors: Sequence[Unit],
    successors: Sequence[Unit], effective_on: date, source: Source, doubt: str = "",
    doubt_en: str = "", reason: str = "",
) -> Reorganization:  # fmt: skip
    """From `effective_on` on the predecessors live on in the successors (in nobody after a dissolution).

    A predecessor that is not itself a successor ends the day before, with all that still stands under it ending or
    moving first. Successors must exist on `effective_on`, predecessors the day before.

    Raises `organizations.no_successor`, `organizations.still_has_parts`, `organizations.not_there`.
    """
    if (kind == "dissolution") == bool(successors) or not predecessors:
        raise refuse("organizations.no_successor")
    going = [unit for unit in predecessors if unit not in successors]
    for unit in successors:
        placement_on(unit, effective_on)
    for unit in predecessors:
        placement_on(unit, effective_on - DAY)
    change = Reorganization.objects.create(
        kind=kind,
        effective_on=effective_on,
        source_document=source.document,
        source_on=source.on,
        doubt=doubt,
        doubt_en=doubt_en,
    )
    Succession.objects.bulk_create(
        Succession(reorganization=change, predecessor=predecessor, successor=successor)
        for predecessor in predecessors
        for successor in successors
        if predecessor != successor
    )
    for unit in going:
        end_unit(unit, effective_on)
    after = values_of(change) | {
        "predecessors": sorted(unit.code for unit in predecessors),
        "successors": sorted(unit.code for unit in successors),
    }
    record(REORGANIZED, change, after=after, reason=reason.strip() or None)
    renew_links(unit.pk for unit in going)
    return change


@action
def merge_into(
    *, actor: Actor, now: datetime, unit: Unit, others: Sequence[Unit], effective_on: date, source: Source,
    new_name: str = "", reason: str = "",
) -> Reorganization:  # fmt: skip
    """From `effective_on` on the others live on in the unit, under a new name if the decision gives one. A unit founded
    for it that day is a successor alone. Raises what `reorganize` and `place_unit` raise.
    """
    is_older = unit.placements.on(effective_on - DAY).exists()
    current = placement_on(unit, effective_on)
    if new_name.strip() and new_name.strip() != current.name_vi:
        standing = Standing(current.kind, new_name, current.parent, symbol=current.symbol, source=source)
        place_unit(actor=actor, now=now, unit=unit, standing=standing, starts_on=effective_on)
    return reorganize(
        actor=actor, now=now, kind="merger", predecessors=[*others, unit] if is_older else list(others),
        successors=[unit], effective_on=effective_on, source=source, reason=reason,
    )  # fmt: skip


@action
def choose_calendar(
    *, actor: Actor, now: datetime, unit: Unit, calendar: str, starts_on: date, source: Source | None = None,
    expected_version: int | None = None,
) -> CalendarUse:  # fmt: skip
    """The unit, and what inherits from it, works by `calendar` from that day on; the one before ends.

    Raises `organizations.unit_stale` when the unit is no longer at `expected_version`, `organizations.days_taken`.
    """
    unit = lock_unit(unit, expected_version)
    current = unit.calendar_uses.select_for_update().not_over(starts_on).order_by("starts_on").first()
    if current is not None and current.starts_on < starts_on:
        end(current, starts_on - DAY, CALENDAR_CHOSEN)
    check_free(unit.calendar_uses.all(), starts_on, None)
    use = CalendarUse.objects.create(unit=unit, calendar=calendar, starts_on=starts_on, **_source(source))
    record(CALENDAR_CHOSEN, use, after=values_of(use))
    return use


@action
def give_supervision(
    *, actor: Actor, now: datetime, supervisor: Unit, unit: Unit, starts_on: date, ends_on: date | None = None,
    source: Source,
) -> Supervision:  # fmt: skip
    """`supervisor` follows and urges `unit` on these days. Raises `organizations.days_taken`,
    `organizations.supervises_itself`.
    """
    if supervisor.pk == unit.pk:
        raise refuse("organizations.supervises_itself")
    check_days(starts_on, ends_on)
    check_free(Supervision.objects.filter(supervisor=supervisor, unit=unit), starts_on, ends_on)
    given = Supervision.objects.create(
        supervisor=supervisor, unit=unit, starts_on=starts_on, ends_on=ends_on, **_source(source)
    )
    record(SUPERVISION_GIVEN, given, after=values_of(given))
    return given


@action
def end_supervision(
    *, actor: Actor, now: datetime, supervision: Supervision, ends_on: date, reason: str
) -> Supervision:
    """`ends_on` is the last day; one before its first day takes it back whole.

    Raises `organizations.no_reason`, `organizations.already_ended`.
    """
    locked = Supervision.objects.select_for_update().get(pk=supervision.pk)
    return end_or_take_back(locked, locked.unit, ends_on, SUPERVISION_ENDED, reason)


def lock_unit(unit: Unit, expected_version: int | None) -> Unit:
    """The unit as it is now, locked and counted up. Raises `organizations.unit_stale`."""
    locked = Unit.objects.select_for_update().get(pk=unit.pk)
    if expected_version is not None and locked.version != expected_version:
        raise refuse("organizations.unit_stale", code=locked.code)
    locked.version += 1
    locked.save(update_fields=["version"])
    return locked


def placement_on(unit: Unit, day: date) -> Placement:
    """What the unit was on that day. Raises `organizations.not_there`."""
    placement = unit.placements.on(day).order_by("pk").first()
    if placement is None:
        raise refuse("organizations.not_there", code=unit.code, day=day)
    return placement


def _make_room(unit: Unit, starts_on: date) -> None:
    """End what the unit is until then. Raises `organizations.unit_ended`, `organizations.days_taken`."""
    current = unit.placements.order_by("-starts_on").first()
    if current is None:
        return
    if starts_on <= current.starts_on:
        raise days_taken(current.starts_on, current.ends_on)
    went = Succession.objects.filter(predecessor=unit, reorganization__effective_on__lte=starts_on)
    if current.ends_on is not None and (current.ends_on < starts_on - DAY or went.exists()):
        raise refuse("organizations.unit_ended", name=current.name_vi, day=current.ends_on)
    if current.ends_on is None or current.ends_on >= starts_on:
        end(current, starts_on - DAY, PLACEMENT_ENDED)


def _place(unit: Unit, standing: Standing, starts_on: date, ends_on: date | None) -> Placement:
    """Write and record a placement that is allowed to stand there; it ends with its kind and with its parent."""
    fields = fields_of(standing)
    parent_kind = None if standing.parent is None else placement_on(standing.parent, starts_on).kind
    check_place(standing.kind, parent_kind, starts_on)
    lasts = (ends_on, last_day_of(standing.kind), last_day_there(standing.parent))
    ends_on = min((day for day in lasts if day is not None), default=None)
    check_days(starts_on, ends_on)
    check_free(unit.placements.all(), starts_on, ends_on)
    placement = Placement.objects.create(
        unit=unit,
        starts_on=starts_on,
        ends_on=ends_on,
        **fields,
    )
    record(UNIT_PLACED, placement, after=values_of(placement))
    return placement


def fields_of(standing: Standing) -> dict[str, Any]:
    """The columns of a placement that say so, its days aside. Raises `organizations.no_name`."""
    name, source = one_line(standing.name_vi), standing.source
    if not name:
        raise refuse("organizations.no_name")
    return {
        "parent": standing.parent,
        "kind": standing.kind,
        "name_vi": name,
        "name_en": one_line(standing.name_en),
        "symbol": one_line(standing.symbol),
        "search_key": fold(name),
        "sort_key": sort_key(name),
        "source_document": "" if source is None else source.document,
        "source_on": None if source is None else source.on,
    }


def last_day_there(unit: Unit | None) -> date | None:
    """The last day on which a unit is known to exist; None while no end is known, and for the top."""
    if unit is None or unit.placements.filter(ends_on=None).exists():
        return None
    return unit.placements.order_by("-ends_on").values_list("ends_on", flat=True).first()


def end_unit(unit: Unit, effective_on: date) -> None:
    """The day before `effective_on` is its last. Raises `organizations.still_has_parts`."""
    locked = lock_unit(unit, None)
    parts = Placement.objects.filter(parent=locked).not_over(effective_on).order_by("sort_key")
    if (part := parts.first()) is not None:
        raise refuse("organizations.still_has_parts", code=locked.code, part=part.name_vi)
    for placement in locked.placements.not_over(effective_on).order_by("starts_on"):
        end(placement, effective_on - DAY, PLACEMENT_ENDED)


def _source(source: Source | None) -> dict[str, object]:
    return {} if source is None else {"source_document": source.document, "source_on": source.on}
