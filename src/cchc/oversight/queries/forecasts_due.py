"""Of which dossiers the kept forecast no longer holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from cchc.dossiers.models import Dossier
from cchc.oversight.models import StepForecast
from cchc.oversight.queries.stale import first_of


def next_unforeseen(after: int, now: datetime, durations_at: datetime | None, number: int) -> Sequence[int]:
    """The next keys, in order: of open dossiers with an appointment that have no forecast, one of another version, of
    other durations than those of `durations_at`, or one whose time is over; and of dossiers that no longer need any.
    Two queries.
    """
    rows = StepForecast.objects.filter(dossier=OuterRef("pk"))
    other = ~Q(version=OuterRef("version")) | Q(stale_at__lte=now)
    if durations_at is not None:
        other |= Q(computed_at__lt=durations_at)
    watched = Dossier.objects.filter(ended_at=None, received_at__lte=now, due_at__isnull=False, pk__gt=after)
    wanted = watched.filter(~Exists(rows) | Exists(rows.filter(other))).order_by("pk")
    over = Q(dossier__ended_at__isnull=False) | Q(dossier__due_at=None)
    gone = StepForecast.objects.filter(over, dossier__gt=after).order_by("dossier")
    return first_of((wanted.values_list("pk", flat=True), gone.values_list("dossier", flat=True).distinct()), number)
