"""A file of procedures: handed in, carried out whole or not at all, or laid aside."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from cchc.audit.actions import action, record
from cchc.audit.actors import Actor
from cchc.audit.recording import Progress
from cchc.interface.actions import request_job
from cchc.interface.models import Job
from cchc.organizations.models import Official, Unit
from cchc.procedures.actions.entries import import_entries
from cchc.procedures.audit_kinds import CATALOGUE_IMPORTED, CATALOGUE_SET_ASIDE, CATALOGUE_UPLOADED
from cchc.procedures.importing.planning import CataloguePlan, plan_file
from cchc.procedures.models import CatalogueImport
from cchc.records.errors import DomainError, refuse

_LONGEST_NAME = 255
COMMIT_JOB = "procedures.import"


@action
def hand_in_catalogue(
    *, actor: Actor, now: datetime, keeper: Unit, file: str, content: bytes, official: Official
) -> CatalogueImport:
    """Keep a file until it is decided about."""
    made = CatalogueImport.objects.create(
        keeper=keeper, file=file[-_LONGEST_NAME:], sha256=sha256(content).hexdigest(), content=content,
        uploaded_by=official, uploaded_at=now,
    )  # fmt: skip
    record(CATALOGUE_UPLOADED, made, after={"file": made.file, "sha256": made.sha256})
    return made


@action
def carry_out_catalogue(
    *, actor: Actor, now: datetime, number: int, digest: str, tell: Progress | None = None
) -> CataloguePlan:
    """Write exactly what was shown, or nothing. `tell` as in `import_entries`.

    Raises `procedures.import_over`, the problems of the file, `procedures.import_stale` when the catalogue is no longer
    what was looked at, and what `import_entries` raises.
    """
    made = _open_import(number)
    Unit.objects.select_for_update().get(pk=made.keeper_id)
    plan = plan_file(bytes(made.content), made.file, made.keeper)
    if plan.problems:
        raise DomainError(*plan.problems)
    if plan.digest() != digest:
        raise refuse("procedures.import_stale")
    import_entries(actor=actor, now=now, keeper=made.keeper, entries=plan.entries, tell=tell)
    _close(made, "committed_at", now)
    after = {"file": made.file, "sha256": made.sha256, "versions": len(plan.changes)}
    record(CATALOGUE_IMPORTED, made, after=after)
    return plan


@action
def ask_for_catalogue(*, actor: Actor, now: datetime, number: int, digest: str) -> Job:
    """The same as a job, for many versions: whoever asks twice gets the job of the first time. Raises
    `procedures.import_over`.
    """
    made = _open_import(number)
    given = {"number": made.pk, "digest": digest}
    return request_job(actor=actor, now=now, kind=COMMIT_JOB, parameters=given, key=f"{made.pk}-{digest}")


@action
def import_file(
    *, actor: Actor, now: datetime, keeper: Unit, file: str, content: bytes, tell: Progress | None = None
) -> CataloguePlan:
    """Compare and carry out in one go: for the command line. Raises every problem of the file, and what
    `import_entries` raises.
    """
    Unit.objects.select_for_update().get(pk=keeper.pk)
    plan = plan_file(content, file, keeper)
    if plan.problems:
        raise DomainError(*plan.problems)
    import_entries(actor=actor, now=now, keeper=keeper, entries=plan.entries, tell=tell)
    return plan


@action
def set_catalogue_aside(*, actor: Actor, now: datetime, number: int) -> CatalogueImport:
    """Do not carry it out; its content is erased. Raises `procedures.import_over`."""
    made = _open_import(number)
    _close(made, "set_aside_at", now)
    record(CATALOGUE_SET_ASIDE, made)
    return made


def _open_import(number: int) -> CatalogueImport:
    found = CatalogueImport.objects.select_for_update(of=("self",)).select_related("keeper")
    made = found.get(pk=number)
    if not made.is_open:
        raise refuse("procedures.import_over")
    return made


def _close(made: CatalogueImport, field: str, now: datetime) -> None:
    setattr(made, field, now)
    made.content = b""
    made.save(update_fields=["content", field])
