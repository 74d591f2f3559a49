"""Which events belong to an object's history, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from cchc.audit.audit_kinds import PAYLOAD_REDACTED
from cchc.audit.models import AuditEvent
from cchc.audit.recording import subject_of
from cchc.interface.hosting.audited import Audited, known_audited
from cchc.interface.together import Reads, made_of, read_together
from cchc.records.errors import refuse

EVENTS_ON_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Events, the newest first; `next` is the number before which the next page begins, None at the end. `kinds` are
    all kinds that the history has.
    """

    events: Sequence[AuditEvent]
    next: int | None
    kinds: Sequence[str]


def find_subject(subject_type: str, key: str) -> tuple[Audited | None, Any | None]:
    """What the address names; None for a type that nobody opened, or an object that is not there."""
    audited = known_audited().get(subject_type)
    return audited, None if audited is None else audited.find(key)


def history_of(audited: Audited, subject: Any) -> QuerySet[AuditEvent]:
    """Every event of the object and its parts.

    Each kind of part is looked up by the index of its own: with one condition for all of them PostgreSQL reads
    millions of events to find a few.
    """
    subject_type, key = subject_of(subject)
    own = _numbers(subject_id=key, subject_type=subject_type)
    parts = (
        _numbers(
            subject_id__in=part.order_by().values(named=Cast("pk", TextField())), subject_type=part.model._meta.label
        )
        for part in audited.parts(subject)
    )
    return AuditEvent.objects.filter(sequence__in=own.union(*parts, all=True))


def _numbers(**wanted: Any) -> QuerySet[AuditEvent, Any]:
    return AuditEvent.objects.filter(**wanted).order_by().values("sequence")


def readable(viewer: Any, audited: Audited, subject: Any) -> QuerySet[AuditEvent]:
    """Of that what the viewer may read, who may read the history at all."""
    found, since = history_of(audited, subject), audited.since(viewer, subject)
    return found if since is None else found.filter(at__gte=since)


def read_history(every: QuerySet[AuditEvent], *, before: int | None = None, kind: str = "") -> HistoryPage:
    """One page of what is `readable`. One query."""
    kinds = every.order_by("kind").values_list("kind", flat=True).distinct()
    found = every.filter(kind=kind) if kind else every
    found = found.filter(sequence__lt=before) if before is not None else found
    events = found.select_related("payload").order_by("-sequence")[: EVENTS_ON_PAGE + 1]
    read_together(kinds, events)
    if kind and kind not in kinds:
        raise refuse("interface.history_kind_not_found")
    shown = events[:EVENTS_ON_PAGE]
    return HistoryPage(shown, shown[-1].sequence if len(events) > EVENTS_ON_PAGE else None, kinds)


def last_event(every: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
    """The newest one, if there is any, with its payload."""
    return every.select_related("payload").order_by("-sequence")[:1]


def erasures_of(events: Iterable[AuditEvent]) -> Reads[Mapping[str, AuditEvent]]:
    """Why contents of these events were erased, by number of the event; nothing is asked where none was."""
    erased = [str(event.sequence) for event in events if event.payload.redacted_at is not None]
    explained = AuditEvent.objects.filter(
        kind=PAYLOAD_REDACTED, subject_type=AuditEvent._meta.label, subject_id__in=erased
    )
    listed = explained.select_related("payload").order_by("sequence")
    return made_of(listed, lambda found: {event.subject_id: event for event in found})
