"""What is kept of the sample dossiers, as the job keeps it, so that the board shows them from the first minute."""

from __future__ import annotations

from datetime import datetime
from importlib import resources

from cchc.demo.loading import LOADER
from cchc.dossiers.models import Dossier
from cchc.organizations.models import Unit
from cchc.oversight.actions.forecasting import finish_watch, keep_durations, keep_forecasts
from cchc.oversight.actions.keeping import PART, finish_refresh, keep_own
from cchc.oversight.actions.logs import add_log_source
from cchc.oversight.forecasting import foreseen_behind
from cchc.oversight.logs.bringing_in import bring_in
from cchc.oversight.own import own_rows
from cchc.oversight.queries.durations import counted_behind
from cchc.oversight.queries.stale import last_event, next_of_all


def keep_sample_ledger(now: datetime) -> None:
    """Of all dossiers that are there."""
    after = 0
    while keys := next_of_all(after, now, PART):
        after = keys[-1]
        keep_own(actor=LOADER, now=now, rows=own_rows(Dossier.objects.filter(pk__in=keys), now))
    finish_refresh(actor=LOADER, now=now, true_at=now, seen_event=last_event())


def keep_sample_forecasts(now: datetime) -> None:
    """How long steps took, and when open dossiers are expected to be done."""
    for procedure, found in counted_behind("", now):
        keep_durations(actor=LOADER, now=now, procedure=procedure, found=found)
    for keys, forecasts in foreseen_behind(0, now, PART):
        keep_forecasts(actor=LOADER, now=now, keys=keys, found=forecasts)
    finish_watch(actor=LOADER, now=now, watched_at=now)


def load_sample_log(now: datetime) -> None:
    """The invented log that comes with the ledger, as that of a software that the service centre had; whom its names
    mean is left to be decided.
    """
    unit, name = Unit.objects.get(code="trung-tam-hcc-tinh"), "iGate (nhật ký mẫu)"
    add_log_source(actor=LOADER, now=now, name=name, unit=unit, calendar="vn", is_sample=True)
    samples = resources.files("cchc.ledger") / "samples"
    with (
        resources.as_file(samples / "igate-nhat-ky.csv") as log,
        resources.as_file(samples / "igate-nhat-ky.yaml") as mapping,
    ):
        bring_in(
            actor=LOADER, log=log, mapping=mapping, source=name, unit=None, drops_gone=False,
            tell=lambda _done, _of: None,
        )  # fmt: skip
