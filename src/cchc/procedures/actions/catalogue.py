"""Recording procedures in the catalogue, and changing what stands there of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.doers import done_by
from cchc.organizations.models import Unit
from cchc.procedures.audit_kinds import PROCEDURE_CHANGED, PROCEDURE_RECORDED
from cchc.procedures.coding import PROCEDURE_CODE
from cchc.procedures.models import Procedure
from cchc.procedures.versions import Level
from cchc.records.errors import refuse
from cchc.records.search import fold
from cchc.records.text import LocalText, one_line


@dataclass(frozen=True, slots=True)
class ProcedureFacts:
    """What is known of a procedure whatever its version: `settled_by` where one unit settles it."""

    name: LocalText
    field: LocalText
    level: Level
    authority: LocalText
    settled_by: Unit | None = None


@action
def record_procedure(
    *, actor: Actor, now: datetime, keeper: Unit, code: str, facts: ProcedureFacts, is_sample: bool = False
) -> Procedure:
    """A procedure in the catalogue of a unit, without a version yet.

    Raises `procedures.bad_code`, `procedures.code_known`, `procedures.incomplete`.
    """
    Unit.objects.select_for_update().get(pk=keeper.pk)
    if PROCEDURE_CODE.fullmatch(code) is None:
        raise refuse("procedures.bad_code", text=code)
    if Procedure.objects.filter(code=code).exists():
        raise refuse("procedures.code_known", code=code)
    made = Procedure(
        code=code, keeper=keeper, is_sample=is_sample, recorded_at=now, **done_by(actor, "recorded")
    )  # fmt: skip
    _put_facts(made, facts)
    made.save()
    record(PROCEDURE_RECORDED, made, after=values_of(made))
    return made


@action
def change_procedure(
    *, actor: Actor, now: datetime, procedure: Procedure, facts: ProcedureFacts, expected_version: int
) -> Procedure:
    """Another name, field, level, authority or settling unit; what stood there before stays in the chain.

    Raises `procedures.procedure_stale`, `procedures.incomplete`.
    """
    locked = locked_procedure(procedure.pk)
    if locked.version != expected_version:
        raise refuse("procedures.procedure_stale", code=locked.code)
    before = values_of(locked)
    _put_facts(locked, facts)
    if values_of(locked) == before:
        nothing_changed()
        return locked
    locked.version += 1
    locked.save()
    record(PROCEDURE_CHANGED, locked, before=before, after=values_of(locked))
    return locked


def locked_procedure(key: int) -> Procedure:
    """Until the action ends nobody else writes it or its versions."""
    related = Procedure.objects.select_for_update(of=("self",)).select_related("keeper", "settled_by")
    return related.get(pk=key)


def _put_facts(procedure: Procedure, facts: ProcedureFacts) -> None:
    """Tidied, after looking whether they can be so."""
    name, field, authority = (_tidy(text) for text in (facts.name, facts.field, facts.authority))
    if not (name.vi and field.vi and authority.vi):
        raise refuse("procedures.incomplete")
    procedure.name_vi, procedure.name_en = name.vi, name.en or ""
    procedure.field_vi, procedure.field_en = field.vi, field.en or ""
    procedure.authority_vi, procedure.authority_en = authority.vi, authority.en or ""
    procedure.level, procedure.settled_by = facts.level, facts.settled_by
    procedure.field_key = fold(field.vi)
    procedure.search_key = fold(f"{procedure.code} {name.vi} {name.en or ''} {field.vi}")


def _tidy(text: LocalText) -> LocalText:
    return LocalText(one_line(text.vi), one_line(text.en or "") or None)
