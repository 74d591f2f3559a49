"""Officials are told that dossiers are expected to miss their appointments, in the same transaction in which that is
kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import override

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.actions.telling import end_of, named
from cchc.dossiers.queries.absences import lasting
from cchc.notices.actions import Telling, tell
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import name_on
from cchc.oversight.audit_kinds import FORECAST_TOLD
from cchc.oversight.models import ForecastTold, StepForecast
from cchc.oversight.notice_kinds import EXPECTED_LATE, EXPECTED_LATE_OF_UNIT
from cchc.oversight.queries.foretelling import HOLDER, ToTell, is_news, still_expected, told_before
from cchc.oversight.shown_watch import left_said
from cchc.oversight.watching import watch_rules_on
from cchc.records.text import LANGUAGES, LocalText


@action
def tell_forecasts(*, actor: Actor, now: datetime, found: Sequence[ToTell]) -> int:
    """That they were told is kept for all, and holders, with whoever stands in for them today, are told here; of heads
    `tell_heads` tells how many there are. What was counted anew since, or told, is left out. Answers how many.
    """
    rules, told = watch_rules_on(localdate(now)).value, told_before([one.forecast for one in found])
    steps = {one.forecast.step_id for one in found}
    valid = set(still_expected(now).filter(step__in=steps).order_by().values_list("step", "beyond_minutes"))
    news = [
        one for one in found
        if (one.forecast.step_id, one.forecast.beyond_minutes) in valid and is_news(one, told, rules)
    ]  # fmt: skip
    if not news:
        nothing_changed()
        return 0
    for row in ForecastTold.objects.bulk_create([_kept(one, now) for one in news]):
        record(FORECAST_TOLD, row, after=values_of(row))
    holders = [one for one in news if one.level == HOLDER]
    deputies = _deputies({one.recipient for one in holders}, now)
    tellings = [
        Telling(EXPECTED_LATE, person, one.forecast.dossier, _said(one.forecast), due_at=one.forecast.due_at)
        for one in holders
        for person in (one.recipient, *deputies[one.recipient])
    ]
    tell(actor=actor, now=now, tellings=tellings)
    return len(news)


@action
def tell_heads(*, actor: Actor, now: datetime, counted: Mapping[tuple[int, int], int]) -> int:
    """Each head, of each unit, how many steps are expected to miss an appointment that is near. Answers how many."""
    units = Unit.objects.filter(pk__in={unit for _, unit in counted}).annotate(said=name_on(localdate(now), "pk"))
    names = {one.pk: one for one in units.order_by("pk")}
    tellings = [
        Telling(
            EXPECTED_LATE_OF_UNIT,
            head,
            names[unit],
            {"unit": names[unit].said or names[unit].code, "number": number},
        )
        for (head, unit), number in sorted(counted.items())
    ]
    tell(actor=actor, now=now, tellings=tellings)
    return len(tellings)


def _kept(one: ToTell, now: datetime) -> ForecastTold:
    forecast = one.forecast
    return ForecastTold(
        step=forecast.step, recipient_id=one.recipient, level=one.level, due_at=forecast.due_at,
        expected_at=forecast.expected_at, beyond_minutes=forecast.beyond_minutes, told_at=now,
    )  # fmt: skip


def _deputies(officials: set[int], now: datetime) -> Mapping[int, Sequence[int]]:
    """Who stands in today for each."""
    found = defaultdict[int, list[int]](list)
    for official, deputy in lasting(localdate(now)).filter(official__in=officials).order_by("pk").values_list(
        "official", "deputy"
    ):  # fmt: skip
        found[official].append(deputy)
    return found


def _said(forecast: StepForecast) -> dict[str, object]:
    assert forecast.expected_at is not None  # it does not wait
    return {
        "code": forecast.dossier.code,
        "procedure": forecast.dossier.procedure_version.procedure.name,
        "step": named(forecast.step),
        "due_at": end_of(forecast.due_at),
        "expected_at": end_of(forecast.expected_at),
        "left": _left(forecast),
    }


def _left(forecast: StepForecast) -> LocalText:
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append(left_said(forecast))
    return LocalText(*said)
