"""A file of units and officials: handed in, checked, carried out whole or not at all, or laid aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.utils.timezone import localdate

from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.audit.recording import Progress
from cchc.interface.actions import request_job
from cchc.organizations.actions.carrying_out import write_changes
from cchc.organizations.audit_kinds import (
    IMPORT_CHECKED,
    IMPORT_COMMIT_ASKED,
    IMPORT_COMMITTED,
    IMPORT_SET_ASIDE,
    IMPORT_UPLOADED,
    REGISTER_EXPORTED,
)
from cchc.organizations.importing.planning import plan_import
from cchc.organizations.importing.plans import Change, Plan, Value
from cchc.organizations.importing.register import Scope
from cchc.organizations.importing.rows import Rows
from cchc.organizations.models import ImportLine, Official, RegisterImport, Unit
from cchc.organizations.queries.batches import BATCH, batches
from cchc.organizations.queries.imports import scope_of_import
from cchc.organizations.queries.register import register_for
from cchc.records.errors import DomainError, Place, Problem, refuse
from cchc.records.text import LANGUAGES
from cchc.records.words import say, say_next_step

CHECK_JOB = "organizations.check_import"
COMMIT_JOB = "organizations.commit_import"
_LONGEST_NAME = 255


def _untold(done: int, of: int) -> None:
    """For callers whom nobody watches."""


@action
def hand_in_import(
    *, actor: Actor, now: datetime, file: str, content: bytes, official: Official, principal: Official | None = None
) -> RegisterImport:
    """Keep a file and ask for its check. What the official handed in before and did not carry out is laid aside."""
    for earlier in _open_of(official):
        set_aside_import(actor=actor, now=now, number=earlier)
    made = RegisterImport.objects.create(
        file=file[-_LONGEST_NAME:],
        sha256=sha256(content).hexdigest(),
        content=content,
        uploaded_by=official,
        principal=principal,
        uploaded_at=now,
    )
    record(IMPORT_UPLOADED, made, after={"file": made.file, "sha256": made.sha256})
    return check_import(actor=actor, now=now, number=made.pk)


@action
def check_import(*, actor: Actor, now: datetime, number: int) -> RegisterImport:
    """Ask for the check of a file, anew when it has been checked. Raises `organizations.import_over`."""
    made = _open_import(number)
    made.checking = request_job(actor=actor, now=now, kind=CHECK_JOB, parameters={"number": number})
    made.checked_at, made.committing = None, None
    made.save(update_fields=["checking", "checked_at", "committing"])
    return made


@action
def keep_check(*, actor: Actor, now: datetime, number: int, plan: Plan) -> int:
    """Keep what the check found, in place of what an earlier one did. The import's number."""
    made = _open_import(number)
    made.counts, made.digest, made.checked_at = dict(plan.counts()), plan.digest(), now
    made.save(update_fields=["counts", "digest", "checked_at"])
    made.lines.all().delete()
    ImportLine.objects.bulk_create(_lines(made, plan), batch_size=BATCH)
    record(IMPORT_CHECKED, made, after={"counts": made.counts, "digest": made.digest})
    return made.pk


@action
def ask_for_import(*, actor: Actor, now: datetime, number: int) -> RegisterImport:
    """Decide that what the check found is carried out.

    Raises `organizations.import_over`, `organizations.import_has_problems`, `organizations.import_changes_nothing`,
    and `organizations.import_unchecked` before the check is done.
    """
    made = _open_import(number)
    if made.checked_at is None:
        raise refuse("organizations.import_unchecked")
    if made.counts["problems"]:
        raise refuse("organizations.import_has_problems", count=made.counts["problems"])
    if not _changes_something(made.counts):
        raise refuse("organizations.import_changes_nothing")
    key = f"{made.pk} {made.checked_at.isoformat()}"
    made.committing = request_job(actor=actor, now=now, kind=COMMIT_JOB, parameters={"number": number}, key=key)
    made.save(update_fields=["committing"])
    record(IMPORT_COMMIT_ASKED, made, after={"digest": made.digest})
    return made


@action
def set_aside_import(*, actor: Actor, now: datetime, number: int) -> RegisterImport:
    """Do not carry it out; its content and what the check found are erased. Raises `organizations.import_over`."""
    made = _open_import(number)
    made.set_aside_at = now
    _erase(made)
    record(IMPORT_SET_ASIDE, made)
    return made


@action
def note_export(*, actor: Actor, now: datetime, official: Official, units: int, officials: int) -> None:
    """Write down that the official took a list of so many units and officials, with their contacts, out."""
    record(REGISTER_EXPORTED, official, after={"units": units, "officials": officials})


@action
def carry_out_import(*, actor: Actor, now: datetime, number: int, rows: Rows, tell: Progress = _untold) -> int:
    """Write what the check found: exactly that, or nothing. The import's number.

    `tell(changes written, of)` is called between parts, within the transaction; what it raises rolls all back. Rights
    are those of this moment. Raises `organizations.import_stale` when the register, or what the official may
    change, is no longer what the check saw.
    """
    made = _open_import(number)
    plan = _locked_plan(rows, scope_of_import(made, localdate(now)), localdate(now))
    if plan.problems or plan.digest() != made.digest:
        raise refuse("organizations.import_stale")
    _commit(made, plan, now, tell)
    return made.pk


@action
def import_directly(
    *, actor: Actor, now: datetime, file: str, content: bytes, rows: Rows, tell: Progress = _untold
) -> Plan:
    """Check and carry out in one go, over all units: for the command line. `tell` as above. Raises every problem of the
    file.
    """
    plan = _locked_plan(rows, Scope(), localdate(now))
    if plan.problems:
        raise DomainError(*plan.problems)
    if not plan.changes:
        nothing_changed()
        return plan
    made = RegisterImport.objects.create(
        file=file[-_LONGEST_NAME:],
        sha256=sha256(content).hexdigest(),
        uploaded_at=now,
        checked_at=now,
        counts=dict(plan.counts()),
        digest=plan.digest(),
    )
    _commit(made, plan, now, tell)
    return plan


def _locked_plan(rows: Rows, scope: Scope, day: date) -> Plan:
    """The plan, and nobody can change what it rests on before the commit: units, and the officials it names."""
    list(Unit.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    for some in batches(sorted(rows.people)):
        list(Official.objects.select_for_update().filter(code__in=some).order_by("pk").values_list("pk", flat=True))
    return plan_import(rows, register_for(rows, day), scope)


def _commit(made: RegisterImport, plan: Plan, now: datetime, tell: Progress) -> None:
    write_changes(plan, made.file, now, tell)
    made.committed_at = now
    _erase(made)
    record(IMPORT_COMMITTED, made, after={"file": made.file, "sha256": made.sha256, "counts": made.counts})


def _erase(made: RegisterImport) -> None:
    made.content = b""
    made.save(update_fields=["content", "committed_at", "set_aside_at"])
    made.lines.all().delete()


def _open_of(official: Official) -> Iterator[int]:
    left = RegisterImport.objects.filter(uploaded_by=official, committed_at=None, set_aside_at=None)
    yield from left.order_by("pk").values_list("pk", flat=True)


def _open_import(number: int) -> RegisterImport:
    made = RegisterImport.objects.select_for_update(of=("self",)).get(pk=number)
    if made.committed_at is not None or made.set_aside_at is not None:
        raise refuse("organizations.import_over")
    return made


def _changes_something(counts: dict[str, int]) -> bool:
    still = ("unchanged_units", "unchanged_officials", "problems", "remarks")
    return any(number for kind, number in counts.items() if kind not in still)


def _lines(made: RegisterImport, plan: Plan) -> Iterator[ImportLine]:
    told: Iterable[tuple[str, Change | Problem]] = (
        *(("problem", one) for one in plan.problems),
        *(("remark", one) for one in plan.remarks),
        *((change.kind, change) for change in plan.changes),
    )
    for number, (kind, one) in enumerate(told, 1):
        place = one.place or Place()
        line = ImportLine(of=made, number=number, kind=kind, sheet=place.sheet or "", row=place.row)
        if isinstance(one, Change):
            line.code, line.name = one.code, one.name
            line.changes = [[name, _json(before), _json(after)] for name, before, after in one.differences()]
        else:
            line.column = place.column or ""
            line.said = {language: say(one.message, language) for language in LANGUAGES}
            line.next_step = {language: say_next_step(one.message, language) for language in LANGUAGES}
        yield line


def _json(value: Value) -> Any:
    return value.isoformat() if isinstance(value, date) else value
