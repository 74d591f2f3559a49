"""Work in the background: how long steps take, every night; what open dossiers still need, as they move."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import Final

from django.utils import timezone
from django.utils.timezone import localdate, make_aware

from cchc.interface.jobs import Effect, Run, job
from cchc.oversight.actions.forecasting import finish_watch, keep_durations, keep_forecasts
from cchc.oversight.actions.keeping import PART
from cchc.oversight.forecasting import forecasts_of
from cchc.oversight.queries.durations import count_durations, newest_durations, next_procedure
from cchc.oversight.queries.forecasts_due import next_unforeseen
from cchc.oversight.watching import watch_rules_on
from cchc.records.text import LocalText

DURATIONS: Final = "oversight.durations"
FORECASTS: Final = "oversight.forecasts"


@job(DURATIONS, LocalText("Tính thời gian thường lệ của các bước", "Count how long steps usually take"))
def count_all_durations(run: Run) -> None:
    """A procedure at a time, each one transaction; a killed worker is followed by one that goes on behind the last."""
    saved = run.saved or {"until": timezone.now().isoformat(), "after": ""}
    until = datetime.fromisoformat(saved["until"])
    first = watch_rules_on(localdate(until)).value.since(localdate(until))
    since = make_aware(datetime.combine(first, time.min))
    while (procedure := next_procedure(saved["after"])) is not None:
        saved = saved | {"after": procedure}
        found = count_durations(procedure, since)
        run.checkpoint(saved, writes=partial(keep_durations, procedure=procedure, found=found))


@job(FORECASTS, LocalText("Dự kiến ngày xong của hồ sơ đang xử lý", "Forecast when open dossiers are done"))
def forecast(run: Run) -> Effect:
    """Those alone whose forecast no longer holds, a part of them at a time."""
    saved = run.saved or {"until": timezone.now().isoformat(), "after": 0}
    until, durations_at = datetime.fromisoformat(saved["until"]), newest_durations()
    while keys := next_unforeseen(saved["after"], until, durations_at, PART):
        saved = saved | {"after": keys[-1]}
        found = forecasts_of(keys, until)
        run.checkpoint(saved, writes=partial(keep_forecasts, keys=tuple(keys), found=found))
    return partial(finish_watch, watched_at=until)
