"""A file of entries: handed in, carried out whole or not at all, or laid aside."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.utils.timezone import localtime

from cchc.audit.actions import action, record
from cchc.audit.actors import Actor
from cchc.organizations.models import Official
from cchc.records.errors import DomainError, refuse
from cchc.registers.actions.entries import correct_entry, enter_entry
from cchc.registers.audit_kinds import ENTRIES_IMPORTED, ENTRIES_SET_ASIDE, ENTRIES_UPLOADED
from cchc.registers.importing.planning import EntriesPlan, plan_entries
from cchc.registers.importing.reading import EntryRows
from cchc.registers.models import EntriesImport, Register
from cchc.registers.policies import check_possible
from cchc.registers.queries.entries import standing_entries, units_meant

_LONGEST_NAME = 255


@action
def hand_in_entries(
    *, actor: Actor, now: datetime, register: Register, file: str, content: bytes, official: Official
) -> EntriesImport:
    """Keep a file until it is decided about. Raises `registers.not_in_state`."""
    check_possible(register, "write")
    made = EntriesImport.objects.create(
        register=register, file=file[-_LONGEST_NAME:], sha256=sha256(content).hexdigest(), content=content,
        uploaded_by=official, uploaded_at=now,
    )  # fmt: skip
    record(ENTRIES_UPLOADED, made, after={"file": made.file, "sha256": made.sha256})
    return made


@action
def carry_out_entries(*, actor: Actor, now: datetime, number: int, rows: EntryRows, digest: str) -> EntriesPlan:
    """Write exactly what was shown, or nothing.

    Raises `registers.import_over`, the problems of the file, `registers.import_stale` when the register is no longer
    what was looked at, and what entering and correcting raise.
    """
    made = _open_import(number)
    Register.objects.select_for_update().get(pk=made.register_id)
    plan = plan_for(rows, made.register, now)
    if plan.problems:
        raise DomainError(*plan.problems)
    if plan.digest() != digest:
        raise refuse("registers.import_stale")
    for change in plan.changes:
        if change.entry is None:
            enter_entry(actor=actor, now=now, register=made.register, facts=change.facts)
        else:
            version = change.entry.version
            correct_entry(actor=actor, now=now, entry=change.entry, facts=change.facts, expected_version=version)
    _close(made, "committed_at", now)
    record(ENTRIES_IMPORTED, made, after={"file": made.file, "sha256": made.sha256, "entries": len(plan.changes)})
    return plan


@action
def set_entries_aside(*, actor: Actor, now: datetime, number: int) -> EntriesImport:
    """Do not carry it out; its content is erased. Raises `registers.import_over`."""
    made = _open_import(number)
    _close(made, "set_aside_at", now)
    record(ENTRIES_SET_ASIDE, made)
    return made


def plan_for(rows: EntryRows, register: Register, now: datetime) -> EntriesPlan:
    """What the file would do to the register as it is now."""
    kind = register.definition
    units = units_meant(rows.units(kind), localtime(now).date())
    return plan_entries(kind, rows, standing_entries(register), units)


def _open_import(number: int) -> EntriesImport:
    found = EntriesImport.objects.select_for_update(of=("self",)).select_related("register")
    made = found.get(pk=number)
    if not made.is_open:
        raise refuse("registers.import_over")
    return made


def _close(made: EntriesImport, field: str, now: datetime) -> None:
    setattr(made, field, now)
    made.content = b""
    made.save(update_fields=["content", field])
