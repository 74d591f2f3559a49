"""How long steps usually take, and what open dossiers still need, are kept as they were counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.oversight.actions.keeping import PART, own_source
from cchc.oversight.audit_kinds import DURATIONS_KEPT, FORECASTS_KEPT, WATCHED
from cchc.oversight.forecasting import Forecasts
from cchc.oversight.models import DelaySource, StepDuration, StepForecast
from cchc.oversight.queries.durations import Found, quantiles_of

_AT_ONCE: Final = 500


@action
def keep_durations(*, actor: Actor, now: datetime, procedure: str, found: Sequence[Found]) -> int:
    """Of a procedure, in all units and in each. Answers how many rows were written; none where nothing has changed."""
    source = _locked(own_source(now))
    before = StepDuration.objects.filter(procedure=procedure).order_by("pk")
    kept = [Found(one.unit_id, one.step, quantiles_of(one), one.first_on, one.last_on) for one in before]
    if set(kept) == set(found):
        nothing_changed()
        return 0
    before.delete()
    StepDuration.objects.bulk_create((_duration(procedure, one, now) for one in found), batch_size=_AT_ONCE)
    record(DURATIONS_KEPT, source, after={"procedure": procedure, "durations": len(found)})
    return len(found)


@action
def keep_forecasts(*, actor: Actor, now: datetime, keys: Sequence[int], found: Forecasts) -> int:
    """Of these dossiers, at most `PART` of them: what was kept of them is written anew. Answers how many rows."""
    if len(keys) > PART:
        raise ValueError(f"at most {PART} dossiers are kept at once")
    source = _locked(own_source(now))
    gone, _ = StepForecast.objects.filter(dossier__in=keys).delete()
    if not gone and not found.rows:
        nothing_changed()
        return 0
    StepForecast.objects.bulk_create(found.rows, batch_size=_AT_ONCE)
    counted = {"dossiers": len(keys), "forecasts": len(found.rows), "unknown": found.unknown}
    record(FORECASTS_KEPT, source, after=counted)
    return len(found.rows)


@action
def finish_watch(*, actor: Actor, now: datetime, watched_at: datetime) -> None:
    """Every forecast holds as of that moment."""
    source = _locked(own_source(now))
    before = {"watched_at": source.watched_at and source.watched_at.isoformat()}
    source.watched_at = watched_at
    source.save(update_fields=["watched_at"])
    record(WATCHED, source, before=before, after={"watched_at": watched_at.isoformat()})


def _locked(source: DelaySource) -> DelaySource:
    """One writes at a time."""
    return DelaySource.objects.select_for_update().get(pk=source.pk)


def _duration(procedure: str, one: Found, now: datetime) -> StepDuration:
    quantiles = one.durations
    return StepDuration(
        procedure=procedure, unit_id=one.unit, step=one.step, cases=quantiles.cases, low=quantiles.low,
        quarter=quantiles.quarter, median=quantiles.median, three_quarters=quantiles.three_quarters,
        high=quantiles.high, first_on=one.first_on, last_on=one.last_on, computed_at=now,
    )  # fmt: skip
