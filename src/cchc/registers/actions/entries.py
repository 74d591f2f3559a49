"""Entries: entered, corrected, struck out with a reason; never deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate, localtime
from django.utils.translation import override

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.followups.actions.giving import Order, give_tasks
from cchc.followups.actions.recording import required
from cchc.followups.models import Task
from cchc.organizations.doers import done_by, sign
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.people import heads_of
from cchc.organizations.queries.units import name_on
from cchc.records.errors import DomainError, problem, refuse
from cchc.registers.audit_kinds import ENTRY_CORRECTED, ENTRY_ENTERED, ENTRY_STRUCK
from cchc.registers.models import Register, RegisterEntry
from cchc.registers.policies import check_possible, check_stands
from cchc.registers.queries.tasks import open_tasks_of_entry
from cchc.registers.values import Value, identity, kept, said, sought, unit_codes


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What an entry says: the unit concerned, and values by the ids of the columns."""

    unit: Unit | None
    values: Mapping[str, Value | None]


@action
def enter_entry(*, actor: Actor, now: datetime, register: Register, facts: EntryFacts) -> RegisterEntry:
    """A new row at the end of an open register.

    Raises `registers.not_in_state`, `registers.unit_missing`, `registers.no_unit_here`, `registers.entry_known`, what
    `values.kept` raises, `organizations.unit_not_found`.
    """
    locked = Register.objects.select_for_update().get(pk=register.pk)
    check_possible(locked, "write")
    entry = RegisterEntry(register=locked, entered_at=now, **done_by(actor, "entered"))
    put_facts(entry, facts)
    _check_new(entry)
    last = RegisterEntry.objects.filter(register=locked).aggregate(last=Max("place"))["last"]
    entry.place = (last or 0) + 1
    entry.save()
    record(ENTRY_ENTERED, entry, after=_told(entry, now))
    return entry


@action
def correct_entry(
    *, actor: Actor, now: datetime, entry: RegisterEntry, facts: EntryFacts, expected_version: int
) -> RegisterEntry:
    """Other values, or another unit; what stood there before stays in the audit chain.

    Raises `registers.entry_stale`, `registers.entry_struck`, `registers.unit_has_tasks` where open tasks of the entry
    would no longer be those of its unit, and what `enter_entry` raises.
    """
    locked = _taken(entry, expected_version)
    before, unit = _told(locked, now), locked.unit_id
    put_facts(locked, facts)
    if _told(locked, now) == before:
        nothing_changed()
        return locked
    if locked.unit_id != unit and (count := open_tasks_of_entry(locked).count()):
        raise refuse("registers.unit_has_tasks", count=count)
    _check_new(locked)
    sign(locked, "changed", actor)
    locked.changed_at = now
    locked.version += 1
    locked.save()
    record(ENTRY_CORRECTED, locked, before=before, after=_told(locked, now))
    return locked


@action
def strike_entry(
    *, actor: Actor, now: datetime, entry: RegisterEntry, expected_version: int, reason: str
) -> RegisterEntry:
    """It counts no longer; it can still be read, with the reason.

    Raises `followups.nothing_said`, `registers.entry_stale`, `registers.entry_struck`, `registers.entry_has_tasks`
    while a task of it is open.
    """
    locked = _taken(entry, expected_version)
    before, words = _told(locked, now), required(reason)
    if count := open_tasks_of_entry(locked).count():
        raise refuse("registers.entry_has_tasks", count=count)
    sign(locked, "struck", actor)
    locked.struck_at, locked.struck_because = now, words
    locked.version += 1
    locked.save()
    record(ENTRY_STRUCK, locked, before=before, after=_told(locked, now), reason=words)
    return locked


@action
def give_by_entry(
    *, actor: Actor, now: datetime, entry: RegisterEntry, order: Order, owners: Sequence[Unit],
    leader: Official | None = None,
) -> list[Task]:  # fmt: skip
    """A task for each owner that belongs to the entry, given by the keeper of the register.

    Raises `registers.entry_struck`, `registers.not_in_state`, `registers.gives_no_tasks` for a kind whose entries give
    none, `registers.nobody_answers` for an owner without a known head where no leader is named: what a register finds
    has somebody who answers for it by name; and what `followups.actions.giving.give_tasks` raises.
    """
    locked = _locked(entry)
    check_stands(locked)
    if not locked.register.definition.gives_tasks:
        raise refuse("registers.gives_no_tasks")
    if leader is None:
        _check_heads(owners, localtime(now).date())
    return give_tasks(
        actor=actor, now=now, subject=locked, order=order, owners=owners, leader=leader, issuer=locked.register.keeper
    )


def _check_heads(owners: Sequence[Unit], day: date) -> None:
    headed = heads_of([unit.pk for unit in owners], day)
    if headless := [unit.pk for unit in owners if unit.pk not in headed]:
        named = Unit.objects.filter(pk__in=headless).annotate(name=name_on(day, "pk")).order_by("pk")
        raise refuse("registers.nobody_answers", units=tuple(unit.name or unit.code for unit in named))


def put_facts(entry: RegisterEntry, facts: EntryFacts) -> None:
    """Write them into the record, tidied, after looking whether they can be so."""
    kind = entry.register.definition
    faults = []
    if facts.unit is None and kind.needs_unit:
        faults.append(problem("registers.unit_missing", column=kind.unit_name))
    if facts.unit is not None and kind.unit_name is None:
        faults.append(problem("registers.no_unit_here"))
    try:
        values = kept(kind, facts.values)
    except DomainError as error:
        raise DomainError(*faults, *error.problems) from error
    if faults:
        raise DomainError(*faults)
    _check_units(unit_codes(kind, values))
    entry.unit, entry.values, entry.title = facts.unit, values, str(values[kind.title])
    entry.same_as = identity(kind, values, facts.unit.code if facts.unit else "")
    entry.search_key = sought(kind, values)


def _taken(entry: RegisterEntry, expected_version: int) -> RegisterEntry:
    locked = _locked(entry)
    if locked.version != expected_version:
        raise refuse("registers.entry_stale", title=locked.title)
    check_stands(locked)
    return locked


def _locked(entry: RegisterEntry) -> RegisterEntry:
    """The register is locked first, as when it is closed or an entry is entered."""
    Register.objects.select_for_update().get(pk=entry.register_id)
    related = RegisterEntry.objects.select_for_update(of=("self",)).select_related("register", "unit")
    return related.get(pk=entry.pk)


def _check_new(entry: RegisterEntry) -> None:
    others = RegisterEntry.objects.filter(register=entry.register, same_as=entry.same_as, struck_at=None)
    same = others.exclude(pk=entry.pk).order_by("pk").first()
    if same is not None:
        raise refuse("registers.entry_known", place=same.place, title=same.title)


def _check_units(codes: set[str]) -> None:
    if not codes:
        return
    known = set(Unit.objects.filter(code__in=codes).order_by("pk").values_list("code", flat=True))
    if lost := sorted(codes - known):
        raise refuse("organizations.unit_not_found", code=lost[0])


def _told(entry: RegisterEntry, now: datetime) -> dict[str, Any]:
    """The columns of the record, and what the entry says in words that a history can show, units by their names of
    that day. At most one query.
    """
    kind, values = entry.register.definition, entry.values
    names = _names(unit_codes(kind, values), localdate(now))
    lines = [(column.name.vi, said(column, values, "vi", names)) for column in kind.columns]
    return values_of(entry) | {"said": "; ".join(f"{name}: {text}" for name, text in lines if text)}


def _names(codes: set[str], day: date) -> dict[str, str]:
    """Of units by their codes, in Vietnamese: what is recorded does not hang on who records it."""
    if not codes:
        return {}
    with override("vi"):
        named = Unit.objects.filter(code__in=codes).annotate(named=name_on(day, "pk")).order_by("pk")
        return dict(named.values_list("code", "named"))
