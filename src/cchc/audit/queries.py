"""Every read of the chain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from django.db import OperationalError, connection
from django.db.models import Exists, F, OuterRef, QuerySet, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from cchc.audit.audit_kinds import PAYLOAD_REDACTED
from cchc.audit.canonical import moment_text
from cchc.audit.heads import SignedHead, sign_head
from cchc.audit.keys import key_file, load_key
from cchc.audit.links import GENESIS, Header
from cchc.audit.models import AuditEvent, AuditHead, AuditPayload
from cchc.audit.recording import Progress, Subject, subject_of
from cchc.audit.verification import ChainReport, Head, Link, Payload, Walk
from cchc.records.errors import refuse

_EVERY: Final = 1_000
_EVENT_TYPE: Final = "audit.AuditEvent"


def events_of(subject: Subject) -> QuerySet[AuditEvent]:
    """What happened to an object, oldest first, each with its payload: one query."""
    subject_type, subject_id = subject_of(subject)
    events = AuditEvent.objects.filter(subject_type=subject_type, subject_id=subject_id)
    return events.select_related("payload").order_by("sequence")


def stored_head() -> Head | None:
    """The chain's head as the database has it."""
    row = AuditHead.objects.values_list("sequence", "hash").first()
    return Head(*row) if row else None


def export_head(*, now: datetime) -> SignedHead:
    """The head, signed with the installation's key; to be kept outside the database.

    Raises `audit.chain_damaged` when there is no head or its event says otherwise: a damaged end is not vouched for.
    """
    key, head = load_key(key_file()), stored_head()
    if head is None or head.hash != _hash_of(head.sequence):
        raise refuse("audit.chain_damaged")
    return sign_head(head, key, now)


def _hash_of(sequence: int) -> str | None:
    """The hash stored with an event; what the first one is tied to for 0. (The last event may be newer by now.)"""
    if sequence == 0:
        return GENESIS
    return AuditEvent.objects.filter(pk=sequence).values_list("hash", flat=True).first()


def verify_chain(signed: SignedHead | None = None, progress: Progress | None = None) -> ChainReport:
    """Walk the whole chain and report every kind of damage. Constant memory; writers are not held up.

    `progress(done, total)` is called now and then. Five queries, however long the chain.
    """
    walk = Walk(stored_head(), signed.head if signed else None)
    _walk_links(walk, progress or _silent)
    walk.finish(stored_head())
    for sequence in _unexplained_redactions():
        walk.note("audit.redaction_unrecorded", sequence)
    for sequence in _payloads_without_event():
        walk.note("audit.payload_alone", sequence)
    return ChainReport(walk.at.sequence, walk.redacted, walk.head, walk.signed, tuple(walk.damages), dict(walk.counts))


def _walk_links(walk: Walk, progress: Progress) -> None:
    try:
        for link in _links():
            walk.step(link)
            if walk.at.sequence % _EVERY == 0:
                progress(walk.at.sequence, max(walk.at.sequence, walk.head.sequence if walk.head else 0))
    except OperationalError as error:
        if "decode" not in str(error):
            raise
        walk.note("audit.row_unreadable", walk.at.sequence + 1)  # SQLite: text that is not UTF-8


_COLUMNS: Final = (
    "kind", "actor_kind", "actor_identity", "on_behalf_of", "subject_type", "subject_id", "request", "personal",
    "payload_hash", "previous_hash",
)  # fmt: skip


def _links() -> Iterator[Link]:
    """One stream over events and payloads, hence one consistent picture."""
    rows = (
        AuditEvent.objects.order_by("sequence")
        .annotate(moment=_as_stored("at"), redaction=_as_stored("payload__redacted_at"))
        .values_list("sequence", "moment", *_COLUMNS, "hash", "payload", "payload__salt", "payload__body", "redaction")
    )
    for sequence, moment, *columns, own_hash, payload, salt, body, redaction in rows.iterator(chunk_size=_EVERY):
        header = Header(sequence, _moment_text(moment), *columns)
        found = None if payload is None else Payload(salt, body, redaction is not None)
        yield Link(header, own_hash, found)


def _as_stored(column: str) -> Combinable:
    """SQLite keeps moments as text, and anything may stand there after a raw write: read it unconverted."""
    return Cast(column, TextField()) if connection.vendor == "sqlite" else F(column)


def _moment_text(stored: Any) -> str:
    try:
        moment = datetime.fromisoformat(stored).replace(tzinfo=UTC) if isinstance(stored, str) else stored
        return moment_text(moment)
    except (TypeError, ValueError, AttributeError):
        return f"unreadable: {stored!r}"  # cannot hash to what was recorded


def _unexplained_redactions() -> Iterator[int]:
    """Events whose payload was erased without a later event that says so."""
    explained = AuditEvent.objects.filter(
        kind=PAYLOAD_REDACTED,
        subject_type=_EVENT_TYPE,
        subject_id=Cast(OuterRef("event_id"), TextField()),
        at=OuterRef("redacted_at"),
        sequence__gt=OuterRef("event_id"),
    )
    erased = AuditPayload.objects.filter(redacted_at__isnull=False).exclude(Exists(explained))
    return erased.order_by("event_id").values_list("event_id", flat=True).iterator()


def _payloads_without_event() -> Iterator[int]:
    events = AuditEvent.objects.filter(sequence=OuterRef("event_id"))
    alone = AuditPayload.objects.exclude(Exists(events))
    return alone.order_by("event_id").values_list("event_id", flat=True).iterator()


def _silent(done: int, total: int) -> None:
    """Nobody watches."""
