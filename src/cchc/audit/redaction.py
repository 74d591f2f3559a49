"""Erasing what an event says while the chain stays whole: for retention and for personal data that must go."""

from __future__ import annotations

from datetime import datetime

from cchc.audit.actions import action, record
from cchc.audit.actors import Actor
from cchc.audit.audit_kinds import PAYLOAD_REDACTED
from cchc.audit.chain import erase_payload
from cchc.audit.models import AuditEvent
from cchc.records.errors import refuse


@action
def redact(*, actor: Actor, now: datetime, sequence: int, reason: str) -> None:
    """Erase salt and body of an event's payload; who did it and why becomes an event itself.

    Raises `audit.no_such_event`, `audit.already_redacted`, `audit.redaction_stays` (what explains an erasure is not
    erased) or `audit.reason_missing`.
    """
    if not reason.strip():
        raise refuse("audit.reason_missing")
    event = AuditEvent.objects.select_related("payload").filter(pk=sequence, payload__isnull=False).first()
    if event is None:
        raise refuse("audit.no_such_event", sequence=sequence)
    if event.kind == PAYLOAD_REDACTED:
        raise refuse("audit.redaction_stays", sequence=sequence)
    if event.payload.redacted_at is not None:
        raise refuse("audit.already_redacted", sequence=sequence)
    erase_payload(sequence, now)
    record(PAYLOAD_REDACTED, event, reason=reason)
