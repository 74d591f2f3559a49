"""Work in the background: what is kept of our own dossiers follows them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

from django.utils import timezone

from cchc.dossiers.models import Dossier
from cchc.interface.jobs import WORKDAYS, Effect, Recurring, Run, job
from cchc.oversight.actions.keeping import PART, finish_refresh, keep_own
from cchc.oversight.jobs_lists import EXPIRE, SILENCE, draft_one, expire_due, silence_due
from cchc.oversight.jobs_logs import load_one_log, look_at_log, match_names_anew, try_one_log
from cchc.oversight.jobs_watch import DURATIONS, FORECASTS, FORETELL, count_all_durations, forecast, foretell
from cchc.oversight.own import own_rows
from cchc.oversight.queries.stale import last_event, next_of_all, next_stale, own_source_or_none
from cchc.records.text import LocalText

REFRESH: Final = "oversight.refresh"
REFRESH_ALL: Final = "oversight.refresh_all"
_TITLE: Final = LocalText("Cập nhật hồ sơ chậm, quá hạn", "Bring slow and overdue dossiers up to date")


@job(REFRESH, _TITLE)
def refresh(run: Run) -> Effect:
    """Dossiers to which something happened, and open ones whose minutes grow by themselves."""
    return _refresh(run, is_whole=False)


@job(REFRESH_ALL, _TITLE)
def refresh_all(run: Run) -> Effect:
    """All that are open, and all that are kept otherwise than they are: whatever the other one overlooked."""
    return _refresh(run, is_whole=True)


def _refresh(run: Run, *, is_whole: bool) -> Effect:
    """A part of dossiers at a time, all of them as they stood when the job began; a worker that was killed is followed
    by one that goes on behind the last part.
    """
    source = own_source_or_none()
    saved = run.saved or {
        "until": timezone.now().isoformat(),
        "last": last_event(),
        "seen": 0 if source is None else source.seen_event,
        "after": 0,
    }
    until = datetime.fromisoformat(saved["until"])
    while keys := _next(saved, until, is_whole=is_whole):
        rows = own_rows(Dossier.objects.filter(pk__in=keys), until)
        saved = saved | {"after": keys[-1]}
        run.checkpoint(saved, writes=partial(keep_own, rows=rows))
    return partial(finish_refresh, true_at=until, seen_event=saved["last"])


def _next(saved: dict[str, int], until: datetime, *, is_whole: bool) -> list[int]:
    if is_whole:
        return list(next_of_all(saved["after"], until, PART))
    return list(next_stale(saved["after"], saved["seen"], until, PART))


LOGS: Final = (look_at_log, try_one_log, load_one_log, match_names_anew)
LISTS: Final = (draft_one, expire_due, silence_due)
WATCH: Final = (count_all_durations, forecast, foretell)
"""Kinds of jobs are found here by their names."""

SCHEDULE: Final = (
    Recurring(REFRESH, every=timedelta(minutes=30)),
    Recurring(REFRESH_ALL, at=time(1, 45)),
    Recurring(EXPIRE, at=time(0, 20)),
    Recurring(DURATIONS, at=time(2, 10)),
    Recurring(FORECASTS, every=timedelta(minutes=30)),
    Recurring(SILENCE, at=time(0, 25)),
    Recurring(FORETELL, at=time(7, 40), weekdays=WORKDAYS),
)
