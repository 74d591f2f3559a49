"""A file of legal bases: handed in, carried out whole or not at all, or laid aside."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.utils.timezone import localtime

from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.organizations.models import Official, Unit
from cchc.papers.actions.bases import change_basis, enter_basis
from cchc.papers.audit_kinds import BASES_IMPORTED, BASES_SET_ASIDE, BASES_UPLOADED
from cchc.papers.importing.planning import BasisPlan, Key, key_of, plan_bases
from cchc.papers.importing.reading import BasisRows
from cchc.papers.models import BasesImport, LegalBasis
from cchc.papers.queries.bases import bases_for
from cchc.records.errors import DomainError, refuse

_LONGEST_NAME = 255


@action
def hand_in_bases(
    *, actor: Actor, now: datetime, unit: Unit, file: str, content: bytes, official: Official
) -> BasesImport:
    """Keep a file until it is decided about."""
    made = BasesImport.objects.create(
        unit=unit, file=file[-_LONGEST_NAME:], sha256=sha256(content).hexdigest(), content=content,
        uploaded_by=official, uploaded_at=now,
    )  # fmt: skip
    record(BASES_UPLOADED, made, after={"file": made.file, "sha256": made.sha256})
    return made


@action
def carry_out_bases(*, actor: Actor, now: datetime, number: int, rows: BasisRows, digest: str) -> BasisPlan:
    """Write exactly what was shown, or nothing.

    Raises `papers.import_over`, the problems of the file, `papers.import_stale` when the library is no longer what was
    looked at.
    """
    made = _open_import(number)
    plan = _carried_out(rows, made.unit, actor, now, digest)
    _close(made, "committed_at", now)
    record(BASES_IMPORTED, made, after={"file": made.file, "sha256": made.sha256, "bases": len(plan.changes)})
    return plan


@action
def import_bases(*, actor: Actor, now: datetime, unit: Unit, file: str, content: bytes, rows: BasisRows) -> BasisPlan:
    """Compare and carry out in one go: for the command line. Raises every problem of the file."""
    plan = _carried_out(rows, unit, actor, now, None)
    if not plan.changes:
        nothing_changed()
        return plan
    made = BasesImport.objects.create(
        unit=unit, file=file[-_LONGEST_NAME:], sha256=sha256(content).hexdigest(), uploaded_at=now, committed_at=now
    )
    record(BASES_IMPORTED, made, after={"file": made.file, "sha256": made.sha256, "bases": len(plan.changes)})
    return plan


@action
def set_bases_aside(*, actor: Actor, now: datetime, number: int) -> BasesImport:
    """Do not carry it out; its content is erased. Raises `papers.import_over`."""
    made = _open_import(number)
    _close(made, "set_aside_at", now)
    record(BASES_SET_ASIDE, made)
    return made


def plan_for(rows: BasisRows, unit: Unit, now: datetime) -> BasisPlan:
    """What the file would do to the library as it is now."""
    return plan_bases(rows, list(bases_for(unit, localtime(now).date())), unit.pk)


def _carried_out(rows: BasisRows, unit: Unit, actor: Actor, now: datetime, digest: str | None) -> BasisPlan:
    """New bases first, then what changes and what replaces what, so that a file may name what it brings itself."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    plan = plan_for(rows, unit, now)
    if plan.problems:
        raise DomainError(*plan.problems)
    if digest is not None and plan.digest() != digest:
        raise refuse("papers.import_stale")
    own_last = sorted(bases_for(unit, localtime(now).date()), key=lambda basis: basis.unit_id == unit.pk)
    there = {key_of(basis): basis for basis in own_last}
    new = [change for change in plan.changes if change.basis is None]
    for change in new:
        there[change.key] = enter_basis(actor=actor, now=now, unit=unit, facts=change.facts)
    for change in plan.changes:
        if change.basis is not None or change.replaced_by is not None:
            replaced_by = _replacement(there, change.replaced_by)
            basis = change.basis or there[change.key]
            change_basis(actor=actor, now=now, basis=basis, facts=change.facts, replaced_by=replaced_by)
    return plan


def _replacement(there: dict[Key, LegalBasis], key: Key | None) -> LegalBasis | None:
    return None if key is None else there[key]


def _open_import(number: int) -> BasesImport:
    made = BasesImport.objects.select_for_update(of=("self",)).select_related("unit").get(pk=number)
    if not made.is_open:
        raise refuse("papers.import_over")
    return made


def _close(made: BasesImport, field: str, now: datetime) -> None:
    setattr(made, field, now)
    made.content = b""
    made.save(update_fields=["content", field])
