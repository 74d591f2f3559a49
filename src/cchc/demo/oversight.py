"""What is kept of the sample dossiers, as the job keeps it, so that the board shows them from the first minute."""

from __future__ import annotations

from datetime import datetime

from cchc.demo.loading import LOADER
from cchc.dossiers.models import Dossier
from cchc.oversight.actions.keeping import PART, finish_refresh, keep_own
from cchc.oversight.own import own_rows
from cchc.oversight.queries.stale import last_event, next_of_all


def keep_sample_ledger(now: datetime) -> None:
    """Of all dossiers that are there."""
    after = 0
    while keys := next_of_all(after, now, PART):
        after = keys[-1]
        keep_own(actor=LOADER, now=now, rows=own_rows(Dossier.objects.filter(pk__in=keys), now))
    finish_refresh(actor=LOADER, now=now, true_at=now, seen_event=last_event())
