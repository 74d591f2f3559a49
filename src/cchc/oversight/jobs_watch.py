"""Work in the background: how long steps take, every night; what open dossiers still need, as they move."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import partial
from typing import Final

from django.utils import timezone

from cchc.interface.jobs import Effect, Run, job
from cchc.oversight.actions.forecasting import finish_watch, keep_durations, keep_forecasts
from cchc.oversight.actions.foretelling import tell_forecasts, tell_heads
from cchc.oversight.actions.keeping import PART
from cchc.oversight.forecasting import foreseen_behind
from cchc.oversight.queries.durations import counted_behind
from cchc.oversight.queries.foretelling import HEAD, next_to_tell
from cchc.records.text import LocalText

DURATIONS: Final = "oversight.durations"
FORECASTS: Final = "oversight.forecasts"
FORETELL: Final = "oversight.foretell"


@job(DURATIONS, LocalText("Tính thời gian thường lệ của các bước", "Count how long steps usually take"))
def count_all_durations(run: Run) -> None:
    """A procedure at a time, each one transaction; a killed worker is followed by one that goes on behind the last."""
    saved = run.saved or {"until": timezone.now().isoformat(), "after": ""}
    for procedure, found in counted_behind(saved["after"], datetime.fromisoformat(saved["until"])):
        writes = partial(keep_durations, procedure=procedure, found=found)
        run.checkpoint(saved | {"after": procedure}, writes=writes)


@job(FORECASTS, LocalText("Dự kiến ngày xong của hồ sơ đang xử lý", "Forecast when open dossiers are done"))
def forecast(run: Run) -> Effect:
    """Those alone whose forecast no longer holds, a part of them at a time."""
    saved = run.saved or {"until": timezone.now().isoformat(), "after": 0}
    until = datetime.fromisoformat(saved["until"])
    for keys, found in foreseen_behind(saved["after"], until, PART):
        writes = partial(keep_forecasts, keys=tuple(keys), found=found)
        run.checkpoint(saved | {"after": keys[-1]}, writes=writes)
    return partial(finish_watch, watched_at=until)


@job(FORETELL, LocalText("Báo hồ sơ dự kiến không kịp ngày hẹn", "Tell of dossiers expected to be late"))
def foretell(run: Run) -> Effect | None:
    """Holders of each step, heads once of how many; whoever was told is told again only when it has become worse."""
    saved = run.saved or {"after": 0, "heads": {}}
    while True:
        found, after = next_to_tell(saved["after"], timezone.now())
        if after is None:
            break
        heads = Counter(f"{one.recipient} {one.forecast.unit_id}" for one in found if one.level == HEAD)
        saved = {"after": after, "heads": dict(heads + Counter(saved["heads"]))}
        run.checkpoint(saved, writes=partial(tell_forecasts, found=tuple(found)))
    counted = {(int(head), int(unit)): n for key, n in saved["heads"].items() for head, unit in [key.split()]}
    return partial(tell_heads, counted=counted) if counted else None
