"""What our own open dossiers still need, step by step, made into the rows that are kept of it. Nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.timezone import localdate

from cchc.dossiers.models import Appointment, Dossier, PauseRecord, StepInstance
from cchc.dossiers.states import BEGUN, PAUSED, WAITING
from cchc.dossiers.terms import calendar_of, terms_of
from cchc.dossiers.timing import Timing, timing_from
from cchc.oversight.durations import Durations, Estimate, estimate
from cchc.oversight.models import StepForecast
from cchc.oversight.queries.durations import Key, kept_durations, newest_durations
from cchc.oversight.queries.forecasts_due import next_unforeseen
from cchc.oversight.remaining import AtWork, Remaining, RemainingStep, remaining
from cchc.oversight.watching import watch_rules_on
from cchc.records.errors import DomainError

_BEYOND: Final = "worktime.ends_outside_span"


@dataclass(frozen=True, slots=True)
class Standing:
    """An open dossier, its steps that are not over by their id, and what moves its time."""

    dossier: Dossier
    steps: Mapping[str, StepInstance]
    timing: Timing

    @property
    def is_waiting(self) -> bool:
        """Whether its clock stands."""
        return self.dossier.state in PAUSED

    def due_at(self, now: datetime) -> datetime:
        """The appointment; of one that waits as it would be if it went on now."""
        due_at = self.dossier.due_at
        found = self.timing.clock(now) if self.is_waiting else None
        assert due_at is not None  # those alone are read
        return due_at if found is None else found.due_at

    def at_work(self, step: StepInstance, now: datetime) -> AtWork:
        """How much of working time a step has used, without what was waited for."""
        assert step.begun_at is not None  # those alone are asked about
        calendar = calendar_of(self.dossier)
        used = calendar.elapsed_minutes(step.begun_at, now)
        for pause in self.timing.pauses:
            begins, ends = max(pause.start, step.begun_at), min(pause.end or now, now)
            used -= max(0, calendar.elapsed_minutes(begins, ends)) if begins < ends else 0
        left = calendar.elapsed_minutes(now, self.timing.step_due(step, now))
        return AtWork(step.step, max(0, used), max(0, left), now)


@dataclass(frozen=True, slots=True)
class Forecasts:
    """Rows of the dossiers that were asked for; `unknown` have an end beyond what their calendar knows."""

    rows: Sequence[StepForecast]
    unknown: int


def foreseen_behind(after: int, now: datetime, part: int) -> Iterator[tuple[Sequence[int], Forecasts]]:
    """Whatever no longer holds behind the dossier with that key, so many dossiers at a time, with their keys."""
    durations_at = newest_durations()
    while keys := next_unforeseen(after, now, durations_at, part):
        yield keys, forecasts_of(keys, now)
        after = keys[-1]


def forecasts_of(keys: Sequence[int], now: datetime) -> Forecasts:
    """One row for each step at work, as it stands now; none for what has ended or has no appointment. Five queries."""
    standings = _read(keys)
    wanted = {(_code(one), step.unit_id) for one in standings for step in one.steps.values()}
    kept, minimum = kept_durations(wanted), watch_rules_on(localdate(now)).value.minimum
    found = [
        _row(one, step, estimates, now)
        for one in standings
        for estimates in [_estimates(one, kept.get(_code(one), {}), minimum)]
        for step in one.steps.values()
        if step.state in BEGUN
    ]
    rows = [one for one in found if one is not None]
    return Forecasts(rows, len(found) - len(rows))


def _read(keys: Sequence[int]) -> list[Standing]:
    dossiers = Dossier.objects.filter(pk__in=keys, ended_at=None, due_at__isnull=False)
    found = list(dossiers.select_related("procedure_version__procedure").order_by("pk"))
    open_keys = [one.pk for one in found]
    steps = StepInstance.objects.filter(dossier__in=open_keys, state__in=(WAITING, *BEGUN)).order_by("turn")
    pauses = _by_dossier(PauseRecord.objects.filter(dossier__in=open_keys).order_by("begun_at", "pk"))
    decisions = Appointment.objects.filter(dossier__in=open_keys, is_decision=True)
    decided, steps_of = _by_dossier(decisions.order_by("made_at", "pk")), _by_dossier(steps)
    return [
        Standing(one, {step.step: step for step in steps_of[one.pk]}, timing_from(one, pauses[one.pk], decided[one.pk]))
        for one in found
    ]


def _by_dossier(found: Iterable[Any]) -> defaultdict[int, list[Any]]:
    gathered = defaultdict[int, list[Any]](list)
    for one in found:
        gathered[one.dossier_id].append(one)
    return gathered


def _code(one: Standing) -> str:
    return one.dossier.procedure_version.procedure.code


def _estimates(one: Standing, kept: Mapping[Key, Durations], minimum: int) -> Mapping[str, Estimate]:
    """Of every step that is left, by the unit in which it is to be done."""
    return {
        id_: estimate(kept.get((step.unit_id, step.name_vi)), kept.get((None, step.name_vi)), minimum)
        for id_, step in one.steps.items()
    }


def _row(one: Standing, step: StepInstance, estimates: Mapping[str, Estimate], now: datetime) -> StepForecast | None:
    """None where its end lies beyond the last day of its calendar."""
    calendar = calendar_of(one.dossier)
    try:
        found = remaining(terms_of(one.dossier), calendar, one.at_work(step, now), estimates)
        due_at = one.due_at(now)
    except DomainError as error:
        if error.code != _BEYOND:
            raise
        return None
    return StepForecast(
        step=step, dossier=one.dossier, version=one.dossier.version, unit_id=step.unit_id, holder_id=step.holder_id,
        due_at=due_at, minutes_left=found.minutes, beyond_minutes=calendar.elapsed_minutes(due_at, found.expected_at),
        basis=found.basis, cases=found.cases, chain=[_link(part) for part in found.steps],
        computed_at=now, stale_at=found.stale_at, **_ends(one, found),
    )  # fmt: skip


def _ends(one: Standing, found: Remaining) -> dict[str, Any]:
    if one.is_waiting:
        return {"is_waiting": True}
    return {
        "is_waiting": False,
        "early_at": found.early_at,
        "expected_at": found.expected_at,
        "late_at": found.late_at,
    }


def _link(part: RemainingStep) -> dict[str, Any]:
    """What a page says of a step that is left."""
    rests, name = part.estimate, part.step.name
    quantiles = rests.durations
    said = {} if quantiles is None else {
        "median": quantiles.median, "quarter": quantiles.quarter, "three_quarters": quantiles.three_quarters,
    }  # fmt: skip
    return {
        "vi": name.vi, "en": name.en or name.vi, "basis": rests.basis, "cases": rests.cases, "seen": rests.seen,
        "seen_elsewhere": rests.seen_elsewhere, "is_past": part.is_past,
        "limit": [part.step.limit.amount, part.step.limit.unit], **said,
    }  # fmt: skip
