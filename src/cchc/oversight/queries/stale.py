"""Which dossiers of our own are kept as they no longer are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from heapq import merge
from typing import Any, Final

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from cchc.dossiers.models import Dossier, DossierEvent, StepInstance
from cchc.interface.together import Reads, made_of
from cchc.oversight.models import DelaySource, KeptDossier, SourceKind

_OVERLAP: Final = 1_000
"""So many events before the last one seen are looked at again: what began earlier may be committed later."""


def last_event() -> int:
    """The newest event of a dossier; 0 without any."""
    return DossierEvent.objects.aggregate(last=Max("pk"))["last"] or 0


def own_source_or_none() -> DelaySource | None:
    """Our own one-stop, where anything was kept of it."""
    return DelaySource.objects.filter(kind=SourceKind.OWN).order_by("pk").first()


def finding_own_source() -> Reads[DelaySource | None]:
    """The same, to be read with others."""
    return made_of(
        DelaySource.objects.filter(kind=SourceKind.OWN).order_by("pk"), lambda found: next(iter(found), None)
    )


def next_stale(after: int, seen: int, until: datetime, number: int) -> Sequence[int]:
    """The next keys, in order: of dossiers to which something happened since the event `seen`, and of open ones that
    owe minutes, or have a step that does, which grow by themselves. Three queries.
    """
    received = Dossier.objects.filter(received_at__lte=until, pk__gt=after)
    events = DossierEvent.objects.filter(pk__gt=seen - _OVERLAP, dossier__gt=after, dossier__received_at__lte=until)
    steps = StepInstance.objects.filter(ended_at=None, begun_at__isnull=False, due_at__lte=until, dossier__gt=after)
    steps = steps.filter(dossier__ended_at=None, dossier__received_at__lte=until)
    ways = (
        received.filter(ended_at=None, due_at__lte=until).order_by("pk").values_list("pk", flat=True),
        events.order_by("dossier").values_list("dossier", flat=True).distinct(),
        steps.order_by("dossier").values_list("dossier", flat=True).distinct(),
    )
    return first_of(ways, number)


def next_of_all(after: int, until: datetime, number: int) -> Sequence[int]:
    """The next keys of all that are open, or are kept otherwise than they are by now. One query."""
    received = Dossier.objects.filter(received_at__lte=until, pk__gt=after)
    found = received.filter(Q(ended_at=None) | ~Exists(_kept_as_is())).order_by("pk")
    return list(found.values_list("pk", flat=True)[:number])


def _kept_as_is() -> QuerySet[KeptDossier]:
    return KeptDossier.objects.filter(own=OuterRef("pk"), version=OuterRef("version"), ended_at__isnull=False)


def first_of(ways: Sequence[QuerySet[Any, int]], number: int) -> Sequence[int]:
    """The first of several lists of keys in order, each key once. As many queries as there are lists."""
    keys: list[int] = []
    for key in merge(*(list(way[:number]) for way in ways)):
        if not keys or keys[-1] != key:
            keys.append(key)
    return keys[:number]
