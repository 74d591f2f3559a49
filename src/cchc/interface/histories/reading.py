"""Which events belong to an object's history, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from cchc.audit.audit_kinds import PAYLOAD_REDACTED
from cchc.audit.models import AuditEvent
from cchc.audit.recording import subject_of
from cchc.interface.hosting.audited import Audited, known_audited
from cchc.records.errors import refuse

EVENTS_ON_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Events, the newest first; `next` is the number before which the next page begins, None at the end. `kinds` are
    all kinds that the history has, `erasures` why and when payloads of this page were erased, by number of the event.
    """

    events: Sequence[AuditEvent]
    next: int | None
    kinds: Sequence[str]
    erasures: Mapping[str, AuditEvent]


def find_subject(subject_type: str, key: str) -> tuple[Audited | None, Any | None]:
    """What the address names; None for a type that nobody opened, or an object that is not there."""
    audited = known_audited().get(subject_type)
    return audited, None if audited is None else audited.find(key)


def history_of(audited: Audited, subject: Any) -> QuerySet[AuditEvent]:
    """Every event of the object and its parts."""
    subject_type, key = subject_of(subject)
    wanted = Q(subject_type=subject_type, subject_id=key)
    for part in audited.parts(subject):
        keys = part.order_by().values(named=Cast("pk", TextField()))
        wanted |= Q(subject_type=part.model._meta.label, subject_id__in=keys)
    return AuditEvent.objects.filter(wanted)


def read_history(audited: Audited, subject: Any, *, before: int | None = None, kind: str = "") -> HistoryPage:
    """One page. Three queries at the most."""
    found = history_of(audited, subject)
    kinds = list(found.order_by("kind").values_list("kind", flat=True).distinct())
    if kind and kind not in kinds:
        raise refuse("interface.history_kind_not_found")
    found = found.filter(kind=kind) if kind else found
    found = found.filter(sequence__lt=before) if before is not None else found
    events = list(found.select_related("payload").order_by("-sequence")[: EVENTS_ON_PAGE + 1])
    has_more, events = len(events) > EVENTS_ON_PAGE, events[:EVENTS_ON_PAGE]
    return HistoryPage(events, events[-1].sequence if has_more else None, kinds, erasures_of(events))


def last_event(audited: Audited, subject: Any) -> AuditEvent | None:
    """The newest one, with its payload."""
    return history_of(audited, subject).select_related("payload").order_by("-sequence").first()


def erasures_of(events: Iterable[AuditEvent]) -> dict[str, AuditEvent]:
    """Why contents of these events were erased, by number of the event; no query where none was."""
    erased = [str(event.sequence) for event in events if event.payload.redacted_at is not None]
    if not erased:
        return {}
    explained = AuditEvent.objects.filter(
        kind=PAYLOAD_REDACTED, subject_type=AuditEvent._meta.label, subject_id__in=erased
    )
    return {event.subject_id: event for event in explained.select_related("payload").order_by("sequence")}
