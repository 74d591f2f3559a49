"""Catalogues out of files: every procedure with its versions, written whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cchc.audit.actions import action, nothing_changed
from cchc.audit.actors import Actor
from cchc.audit.recording import Progress
from cchc.organizations.models import Unit
from cchc.procedures.actions.catalogue import ProcedureFacts, change_procedure, record_procedure
from cchc.procedures.actions.versions import draft_version, publish_version, withdraw_version
from cchc.procedures.models import Procedure, ProcedureVersion
from cchc.procedures.policies import says_the_same
from cchc.procedures.states import PUBLISHED
from cchc.procedures.versions import CatalogueEntry, Version
from cchc.records.errors import Message, refuse
from cchc.records.timelines import Dated
from cchc.records.words import say


@dataclass(slots=True)
class Written:
    """How many procedures were recorded and changed, how many versions published."""

    recorded: int = 0
    changed: int = 0
    published: int = 0


@action
def import_entries(
    *, actor: Actor, now: datetime, keeper: Unit, entries: Sequence[CatalogueEntry], is_sample: bool = False,
    tell: Progress | None = None,
) -> Written:  # fmt: skip
    """Record what is new, change what is called otherwise, publish versions that are not there yet. What stands in the
    catalogue and not in the entries stays.

    A published version with the same first day and other content is withdrawn first, with the reason that the file
    says otherwise. `tell` is called between procedures, and what it raises takes all of it back. Raises what these
    actions raise, `procedures.kept_elsewhere` for a code of another unit's catalogue.
    """
    written = Written()
    for number, entry in enumerate(entries):
        if tell is not None:
            tell(number, len(entries))
        procedure = _stood(entry, keeper, written, actor, now, is_sample)
        for dated in entry.versions.records:
            if not _is_there(procedure, dated, actor, now):
                made = draft_version(actor=actor, now=now, procedure=procedure, dated=dated)
                publish_version(actor=actor, now=now, version=made, expected_edition=made.edition)
                written.published += 1
    if not (written.recorded or written.changed or written.published):
        nothing_changed()
    return written


def facts_of(entry: CatalogueEntry, settled_by: Unit | None = None) -> ProcedureFacts:
    """What an entry says beside its versions."""
    return ProcedureFacts(entry.name, entry.field, entry.level, entry.authority, settled_by)


def _stood(
    entry: CatalogueEntry, keeper: Unit, written: Written, actor: Actor, now: datetime, is_sample: bool
) -> Procedure:  # fmt: skip
    found = Procedure.objects.filter(code=entry.code).select_related("keeper", "settled_by").first()
    if found is None:
        written.recorded += 1
        return record_procedure(
            actor=actor, now=now, keeper=keeper, code=entry.code, facts=facts_of(entry), is_sample=is_sample
        )
    if found.keeper_id != keeper.pk:
        raise refuse("procedures.kept_elsewhere", code=entry.code)
    facts, edition = facts_of(entry, found.settled_by), found.version
    changed = change_procedure(actor=actor, now=now, procedure=found, facts=facts, expected_version=edition)
    written.changed += changed.version != edition
    return changed


def _is_there(procedure: Procedure, dated: Dated[Version], actor: Actor, now: datetime) -> bool:
    """Whether that very version is published; another one with the same first day is withdrawn."""
    there = ProcedureVersion.objects.filter(procedure=procedure, state=PUBLISHED, starts_on=dated.validity.start)
    other = there.order_by("pk").first()
    if other is None:
        return False
    if says_the_same(other, dated):
        return True
    reason = say(Message("procedures.replaced_by_file", {"document": dated.source.document}), "vi")
    withdraw_version(actor=actor, now=now, version=other, expected_edition=other.edition, reason=reason)
    return False
