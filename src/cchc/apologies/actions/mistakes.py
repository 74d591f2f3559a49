"""A mistake at a dossier is recorded: it owes its owner an apology, late or not."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from cchc.apologies.audit_kinds import MISTAKE_RECORDED
from cchc.apologies.models import Mistake
from cchc.apologies.policies import is_mistake, may_have_mistakes
from cchc.apologies.rules import rules_on
from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.models import Dossier
from cchc.followups.actions.recording import required
from cchc.organizations.doers import done_by
from cchc.records.errors import refuse


@action
def record_mistake(
    *, actor: Actor, now: datetime, dossier: Dossier, cause: str, text: str, found_at: datetime
) -> Mistake:
    """A mistake at reception or in settling, or papers lost, found at a moment; the dossier may have ended.

    Raises `apologies.no_mistake`, `apologies.not_received`, `apologies.found_outside`, `followups.nothing_said`.
    """
    is_mistake(rules_on(localdate(now)).value, cause).require()
    may_have_mistakes(dossier).require()
    if not dossier.submitted_at <= found_at <= now:
        raise refuse("apologies.found_outside")
    made = Mistake.objects.create(
        dossier=dossier, cause=cause, text=required(text), found_at=found_at, recorded_at=now,
        **done_by(actor, "recorded"),
    )  # fmt: skip
    record(MISTAKE_RECORDED, made, after=values_of(made), reason=made.text)
    return made
