"""What leaders look at: steps at work by who has them, and what came and went in the last weeks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils.timezone import localtime, make_aware

from cchc.dossiers.models import Dossier, Escalation, StepInstance
from cchc.dossiers.permissions import LEADERS
from cchc.dossiers.rules import Escalating, rules_on
from cchc.dossiers.states import BEGUN, PAUSED, RUNNING
from cchc.dossiers.terms import calendar_of
from cchc.interface.hosting.desk import SOON_MINUTES
from cchc.interface.together import Reads, counted, made_of
from cchc.organizations.calendars import load_calendar
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer

OPEN: Final = "dang-mo"
OVERDUE: Final = "qua-han"
TODAY: Final = "hom-nay"
SOON: Final = "sap-den-han"
WAITING: Final = "cho"
KINDS: Final = (OPEN, OVERDUE, TODAY, SOON, WAITING)
RECEIVED: Final = "nhan"
SETTLED: Final = "xong"
ON_TIME: Final = "dung-han"
LATE: Final = "tre"
FLOWS: Final = (RECEIVED, SETTLED, ON_TIME, LATE)
WEEKS: Final = 8
QUEUE: Final = "hang-cho"
BATCH: Final = 200
_MINUTE: Final = timedelta(minutes=1)
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many steps stand so; `oldest`: since when the first of them has been there."""

    unit: int
    holder: int | None
    name: str
    code: str
    numbers: Mapping[str, int]
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class AskedRows:
    """Which rows a number stands for: steps of a holder, or the queue, and a kind; or dossiers of a week."""

    kind: str = OPEN
    holder: str = ""
    unit: str = ""
    week: date | None = None
    flow: str = RECEIVED


def led_dossiers(viewer: Viewer) -> QuerySet[Dossier]:
    """Received or settled where the viewer leads."""
    units = viewer.units_held(*LEADERS)
    return Dossier.objects.filter(within(units, viewer.day, "unit") | within(units, viewer.day, "settling_unit"))


def led_steps(viewer: Viewer) -> QuerySet[StepInstance]:
    """Steps at work of these, also while their dossier waits."""
    units = viewer.units_held(*LEADERS)
    here = within(units, viewer.day, "dossier__unit") | within(units, viewer.day, "dossier__settling_unit")
    return StepInstance.objects.filter(here, state__in=BEGUN)


def tallying(viewer: Viewer, now: datetime) -> Reads[list[Tally]]:
    """By unit and holder. Two rounds: which calendars they are counted in, then how many stand how."""
    steps = led_steps(viewer)
    calendars = steps.order_by("dossier__calendar").values_list("dossier__calendar", flat=True).distinct()
    return made_of(calendars, list).and_then(lambda ids: _tallies(steps, ids, now))


def _tallies(steps: QuerySet[StepInstance], calendars: Collection[str], now: datetime) -> Reads[list[Tally]]:
    which = conditions(calendars, now)
    names = [kind.replace("-", "_") for kind in KINDS]
    counts = {name: Count("pk", filter=which[kind]) for name, kind in zip(names, KINDS, strict=True)}
    groups = steps.order_by("unit", "holder").values_list("unit", "holder", "holder__name", "holder__code")
    found = groups.annotate(**counts, oldest=Min("begun_at"))

    def made(rows: Iterable[tuple[Any, ...]]) -> list[Tally]:
        return [
            Tally(unit, holder, name or "", code or "", dict(zip(KINDS, rest[:-1], strict=True)), rest[-1])
            for unit, holder, name, code, *rest in rows
        ]

    return made_of(found, made)


def conditions(calendars: Collection[str], now: datetime) -> Mapping[str, Q]:
    """Each kind as a condition on steps, as `hosting.desk.urgency_of` tells them: by civil days, and for what is soon
    by working minutes of the calendar that a dossier is counted in.
    """
    runs, tomorrow = Q(dossier__state__in=RUNNING), _midnight(localtime(now).date() + timedelta(days=1))
    near = Q(pk__in=())
    for id_ in sorted(calendars):
        near |= Q(dossier__calendar=id_, due_at__lt=load_calendar(id_).due(now, SOON_MINUTES + 1))
    return {
        OPEN: Q(pk__isnull=False),
        OVERDUE: runs & Q(due_at__lt=now),
        TODAY: runs & Q(due_at__gte=now, due_at__lte=tomorrow),
        SOON: runs & Q(due_at__gte=now, due_at__gt=tomorrow) & near,
        WAITING: Q(dossier__state__in=PAUSED),
    }


def find_led_steps(viewer: Viewer, asked: AskedRows, now: datetime) -> QuerySet[StepInstance]:
    """The rows of a number, the one due first at the top. One query for the calendars."""
    steps = led_steps(viewer)
    if asked.holder == QUEUE:
        steps = steps.filter(holder=None)
    elif asked.holder:
        steps = steps.filter(holder__code=asked.holder)
    if asked.unit:
        steps = steps.filter(unit__code=asked.unit)
    calendars = list(
        steps.order_by().values_list("dossier__calendar", flat=True).distinct().order_by("dossier__calendar")
    )
    related = ("dossier__procedure_version__procedure", "dossier__unit", "dossier__settling_unit", "holder", "unit")
    found = steps.filter(conditions(calendars, now)[asked.kind])
    return found.select_related(*related).order_by("due_at", "pk")


def find_led_dossiers(viewer: Viewer, asked: AskedRows) -> QuerySet[Dossier]:
    """Those of a week, the newest first."""
    assert asked.week is not None  # only then dossiers are asked for
    found = led_dossiers(viewer).filter(_flow(asked.flow, asked.week))
    return found.select_related("procedure_version__procedure").order_by("-pk")


def weeks_until(now: datetime) -> list[date]:
    """The Mondays of the last weeks, the running one last."""
    today = localtime(now).date()
    monday = today - timedelta(days=today.weekday())
    return [monday - _WEEK * back for back in reversed(range(WEEKS))]


def flowing(viewer: Viewer, now: datetime) -> Reads[Sequence[tuple[date, Mapping[str, int]]]]:
    """How many were received, settled, settled on time and late in each of the last weeks. One read."""
    weeks = weeks_until(now)
    asked = {
        f"{flow.replace('-', '_')}_{place}": _flow(flow, week) for place, week in enumerate(weeks) for flow in FLOWS
    }

    def made(numbers: Mapping[str, int]) -> Sequence[tuple[date, Mapping[str, int]]]:
        return [(week, {flow: numbers[_column(flow, place)] for flow in FLOWS}) for place, week in enumerate(weeks)]

    return counted(led_dossiers(viewer), **asked).made(made)


def _column(flow: str, place: int) -> str:
    return f"{flow.replace('-', '_')}_{place}"


def _flow(flow: str, week: date) -> Q:
    """On time and late as `Dossier.is_settled_late` tells them: to the minute. Without an appointment neither."""
    first, last = _midnight(week), _midnight(week + _WEEK)
    if flow == RECEIVED:
        return Q(received_at__gte=first, received_at__lt=last)
    settled = Q(settled_at__gte=first, settled_at__lt=last)
    if flow == SETTLED:
        return settled
    due = settled & Q(due_at__isnull=False)
    past = F("due_at") + _MINUTE
    return due & Q(settled_at__lt=past) if flow == ON_TIME else due & Q(settled_at__gte=past)


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True, slots=True)
class Due:
    """A rule has been reached by a dossier, for the appointment of that moment."""

    dossier: int
    rule: Escalating
    due_at: datetime


def next_to_escalate(after: int, now: datetime) -> tuple[Sequence[Due], int | None]:
    """What the rules of the day say of the next late dossiers behind a key, without what was reported of the same
    appointment; the key of the last one looked at, None when there are no more. Two queries.
    """
    late = Dossier.objects.filter(state__in=RUNNING, due_at__lt=now, pk__gt=after).order_by("pk")[:BATCH]
    dossiers = list(late)
    if not dossiers:
        return (), None
    told = Escalation.objects.filter(dossier__in=dossiers).order_by("pk")
    known = set(told.values_list("dossier", "rule", "due_at"))
    found = [
        Due(one.pk, rule, one.due_at)
        for one in dossiers
        for rule in rules_on(localtime(now).date()).value.escalate
        if one.due_at is not None
        and (one.pk, rule.id, one.due_at) not in known
        and calendar_of(one).due_in_working_days(one.due_at, rule.working_days) <= now
    ]
    return found, dossiers[-1].pk


def escalated(viewer: Viewer) -> QuerySet[Escalation]:
    """What was reported to roles that the viewer holds, of dossiers still past the same appointment; the latest level
    of each at the top.
    """
    mine = Q(role="one_stop_head") & within(viewer.units_held("one_stop_head"), viewer.day, "dossier__unit")
    mine |= Q(role="unit_head") & within(viewer.units_held("unit_head"), viewer.day, "dossier__settling_unit")
    found = Escalation.objects.filter(mine, dossier__state__in=RUNNING, due_at=F("dossier__due_at"))
    return found.select_related("dossier__procedure_version__procedure").order_by("due_at", "-pk")
