"""The only place that writes the chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Final

from cchc.audit.canonical import moment_text
from cchc.audit.errors import BrokenHead
from cchc.audit.links import GENESIS, Header
from cchc.audit.models import AuditEvent, AuditHead, AuditPayload
from cchc.audit.recording import Draft, Progress
from cchc.records.text import nfc

_AT_ONCE: Final = 1_000
_COLUMNS: Final = tuple(one.name for one in fields(Header))


def append(drafts: Sequence[Draft], progress: Progress | None = None) -> None:
    """Put the events at the end of the chain. Runs last in an action's transaction: the head stays locked until commit.

    On PostgreSQL the head's row is locked; on SQLite the transaction holds the only write lock from its start.
    `progress(kept, of)` is called between parts. Raises `BrokenHead` when the head is missing.
    """
    if not drafts:
        return
    head = AuditHead.writable().select_for_update().first()
    if head is None:
        raise BrokenHead("the audit chain has no head; run `cchc audit verify`")
    sequence, link = head.sequence, head.hash
    for first in range(0, len(drafts), _AT_ONCE):
        some = drafts[first : first + _AT_ONCE]
        sequence, link = _append_some(some, sequence, link)
        if progress is not None:
            progress(first + len(some), len(drafts))
    AuditHead.writable().filter(pk=head.pk).update(sequence=sequence, hash=link)


def _append_some(drafts: Sequence[Draft], sequence: int, link: str) -> tuple[int, str]:
    """Behind the event of that number and hash; number and hash of the last one."""
    events: list[AuditEvent] = []
    for at, draft in enumerate(drafts, sequence + 1):
        events.append(_event(at, draft, link))
        link = events[-1].hash
    AuditEvent.writable().bulk_create(events)
    AuditPayload.writable().bulk_create(
        AuditPayload(event=event, salt=draft.salt, body=draft.body) for event, draft in zip(events, drafts, strict=True)
    )
    return events[-1].sequence, link


def erase_payload(sequence: int, at: datetime) -> None:
    """Erase an event's salt and body; the chain keeps their hash."""
    AuditPayload.writable().filter(event_id=sequence).update(salt=None, body=None, redacted_at=at)


def make_head(using: str) -> None:
    """Give an empty chain its head. A chain that has events but no head was tampered with and stays so."""
    if not AuditHead.writable(using).exists() and not AuditEvent.writable(using).exists():
        AuditHead.writable(using).bulk_create([AuditHead(sequence=0, hash=GENESIS)])


def _event(sequence: int, draft: Draft, previous_hash: str) -> AuditEvent:
    subject_type, subject_id = draft.subject
    header = Header(
        sequence=sequence,
        at=moment_text(draft.at),
        kind=draft.kind,
        actor_kind=draft.actor.kind,
        actor_identity=nfc(draft.actor.identity),
        on_behalf_of=nfc(draft.actor.on_behalf_of or ""),
        subject_type=subject_type,
        subject_id=subject_id,
        request=draft.request,
        personal=draft.personal,
        payload_hash=draft.payload_hash,
        previous_hash=previous_hash,
    )
    columns = {name: getattr(header, name) for name in _COLUMNS}  # flat: `asdict` would copy each text
    return AuditEvent(**{**columns, "at": draft.at}, hash=header.hash())
