"""Who is to be told that a dossier is expected to miss its appointment, and was not told so already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.db.models import F, QuerySet
from django.utils.timezone import localtime, make_aware

from cchc.apologies.models import Warned
from cchc.dossiers.models import Reminder
from cchc.dossiers.queries.people import in_charge
from cchc.dossiers.terms import calendar_of
from cchc.oversight.models import ForecastTold, StepForecast
from cchc.oversight.queries.watching import EXPECTED, conditions
from cchc.oversight.watching import WatchRules, watch_rules_on

BATCH: Final = 200
HOLDER: Final = "holder"
HEAD: Final = "head"


@dataclass(frozen=True, slots=True)
class ToTell:
    """An official, by key, is to be told of a forecast."""

    forecast: StepForecast
    recipient: int
    level: str


@dataclass(frozen=True, slots=True)
class Silenced:
    """Steps with officials who were reminded of them, dossiers with officials who were told of them."""

    steps: frozenset[tuple[int, int]]
    dossiers: frozenset[tuple[int, int]]

    def covers(self, one: ToTell) -> bool:
        """Whether somebody has heard of it today."""
        forecast = one.forecast
        return (forecast.step_id, one.recipient) in self.steps or (forecast.dossier_id, one.recipient) in self.dossiers


def next_to_tell(after: int, now: datetime) -> tuple[Sequence[ToTell], int | None]:
    """Of the next steps at work behind a key: whoever holds one that is expected to miss its appointment, and those in
    charge of its unit once the appointment is near. The key of the last step looked at, None when there are no more.

    Left out is whoever was told as much already, was reminded of the step today, or was told today that the
    appointment of the dossier is near. Eight queries at most.
    """
    found = list(still_expected(now).filter(step__gt=after).order_by("step")[:BATCH])
    if not found:
        return (), None
    rules = watch_rules_on(localtime(now).date()).value
    told, silent = told_before(found), _silent_today(found, now)
    heads = in_charge({one.unit_id for one in found}, localtime(now).date())
    wanted = [
        one
        for forecast in found
        for one in _concerned(forecast, heads, rules, now)
        if not silent.covers(one) and is_news(one, told, rules)
    ]
    return wanted, found[-1].step_id


def still_expected(now: datetime) -> QuerySet[StepForecast]:
    """Forecasts by which an appointment to come is missed, of dossiers to which nothing has happened since."""
    found = StepForecast.objects.filter(conditions(now)[EXPECTED], version=F("dossier__version"))
    return found.select_related("step", "dossier__procedure_version__procedure", "unit")


def _concerned(
    forecast: StepForecast, heads: Mapping[int, Sequence[int]], rules: WatchRules, now: datetime
) -> Iterator[ToTell]:
    """The holder; those in charge of the unit, where the appointment is near and they do not hold it themselves."""
    if forecast.holder_id is not None:
        yield ToTell(forecast, forecast.holder_id, HOLDER)
    tonight = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    if calendar_of(forecast.dossier).due_in_working_days(tonight, rules.head) >= forecast.due_at:
        for head in heads.get(forecast.unit_id, ()):
            if head != forecast.holder_id:
                yield ToTell(forecast, head, HEAD)


def _silent_today(found: Sequence[StepForecast], now: datetime) -> Silenced:
    """Who heard of a step or a dossier today in another way."""
    today = localtime(now).date()
    reminded = Reminder.objects.filter(step__in=[one.step_id for one in found], on=today).order_by("pk")
    midnight = make_aware(datetime.combine(today, time.min))
    warned = Warned.objects.filter(dossier__in=[one.dossier_id for one in found], at__gte=midnight).order_by("pk")
    return Silenced(
        frozenset(reminded.values_list("step", "holder")), frozenset(warned.values_list("dossier", "recipient"))
    )


def told_before(found: Iterable[StepForecast]) -> Mapping[tuple[int, int], int]:
    """By step and official: by how much the appointment was expected to be missed when they were last told."""
    told = ForecastTold.objects.filter(step__in=[one.step_id for one in found]).order_by("pk")
    rows = told.values_list("step", "recipient", "beyond_minutes")
    return {(step, recipient): minutes for step, recipient, minutes in rows}


def is_news(one: ToTell, told: Mapping[tuple[int, int], int], rules: WatchRules) -> bool:
    """Whether it was never told, or is worse by as much as the rules say."""
    before = told.get((one.forecast.step_id, one.recipient))
    return before is None or one.forecast.beyond_minutes >= before + rules.worse
