"""How dossiers fared in a period: sent back to their owners, with the reasons; handed over by the appointment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from fractions import Fraction
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import make_aware

from cchc.dossiers.models import Dossier, DossierEvent
from cchc.dossiers.periods import Period
from cchc.dossiers.permissions import READERS
from cchc.dossiers.queries.lines import Lines, reading_lines
from cchc.dossiers.queries.scope import visible_dossiers
from cchc.dossiers.states import REFUSED, STOPPED
from cchc.interface.together import Reads, all_of, made_of
from cchc.organizations.queries.units import name_on, within
from cchc.organizations.viewers import Viewer

HANDED_IN: Final = "da-nop"
SENT_BACK: Final = "tra-lai"
WERE_REFUSED: Final = "tu-choi"
SUPPLEMENTED: Final = "bo-sung"
WERE_STOPPED: Final = "dung"
HANDED_OVER: Final = "da-tra"
IN_TIME: Final = "dung-hen"
FETCHED_LATER: Final = "nhan-sau"
TOO_LATE: Final = "tre-hen"
KINDS: Final = (
    HANDED_IN, SENT_BACK, WERE_REFUSED, SUPPLEMENTED, WERE_STOPPED, HANDED_OVER, IN_TIME, FETCHED_LATER, TOO_LATE,
)  # fmt: skip
OVER: Final = frozenset((HANDED_OVER, IN_TIME, FETCHED_LATER, TOO_LATE))
"""Those that are counted by the day on which the result was handed over."""
SENDING_BACK: Final = ("refuse", "ask_supplement", "stop")
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
_IN_TIME: Final = Q(handed_over_at__lt=F("due_at") + _MINUTE)
_READY_IN_TIME: Final = Q(settled_at__lt=F("due_at") + _MINUTE)
_BACK: Final = Q(state__in=(REFUSED, STOPPED)) | Q(supplements__gt=0)
_CONDITIONS: Final[Mapping[str, Q]] = {
    SENT_BACK: _BACK,
    WERE_REFUSED: Q(state=REFUSED),
    SUPPLEMENTED: Q(supplements__gt=0),
    WERE_STOPPED: Q(state=STOPPED),
    IN_TIME: Q(due_at__isnull=False) & _IN_TIME,
    FETCHED_LATER: Q(due_at__isnull=False) & ~_IN_TIME & _READY_IN_TIME,
    TOO_LATE: Q(due_at__isnull=False) & ~_IN_TIME & ~_READY_IN_TIME,
}
"""On time as leaders see it: to the minute of the appointment that held."""


@dataclass(frozen=True, slots=True)
class Fared:
    """Of a unit, how many of each of `KINDS`; `code` is empty for all units together."""

    pk: int
    code: str
    name: str
    numbers: Mapping[str, int] = field(default_factory=Counter)

    @property
    def back_share(self) -> Fraction | None:
        """Of what was handed in, so much was sent back; None of nothing."""
        return _share(self.numbers[SENT_BACK], self.numbers[HANDED_IN])

    @property
    def in_time_share(self) -> Fraction | None:
        """Of the results handed over that had an appointment, so many were ready by it; None of nothing."""
        ready = self.numbers[IN_TIME] + self.numbers[FETCHED_LATER]
        return _share(ready, ready + self.numbers[TOO_LATE])


@dataclass(frozen=True, slots=True)
class Quality:
    """A line for each unit that had any, all together, and how often dossiers were sent back for which reason."""

    units: Sequence[Fared]
    total: Fared
    reasons: Mapping[tuple[str, str], int]


def quality(viewer: Viewer, period: Period) -> Reads[Quality]:
    """What was handed in in the period, and what was handed over in it. Read in one question."""
    day = min(period.last, viewer.day)
    came, went = fared_in(viewer, period, HANDED_IN).order_by(), fared_in(viewer, period, HANDED_OVER).order_by()
    events = DossierEvent.objects.filter(dossier__in=came.values("pk"), act__in=SENDING_BACK).order_by()
    concerned = Dossier.objects.filter(Q(pk__in=came.values("pk")) | Q(pk__in=went.values("pk"))).order_by()
    gathered = all_of([
        reading_lines(viewer, concerned.values("unit"), day),
        made_of(_counted(came.annotate(called=name_on(day)), HANDED_IN), list),
        made_of(_counted(went.annotate(called=name_on(day)), HANDED_OVER), list),
        made_of(events.values_list("act", "reason_code").annotate(number=Count("pk")), list),
    ])  # fmt: skip
    return gathered.made(lambda found: _quality(*found))


def fared_in(viewer: Viewer, period: Period, kind: str, reason: tuple[str, str] | None = None) -> QuerySet[Dossier]:
    """The dossiers behind a number: of units in the viewer's scope; `reason`: an act of `SENDING_BACK` and its code."""
    begins, ends = (make_aware(datetime.combine(day, time.min)) for day in (period.first, period.last + _DAY))
    in_scope = within(viewer.units_held(*READERS), viewer.day)
    if kind in OVER:
        then = Q(handed_over_at__gte=begins, handed_over_at__lt=ends)
    else:
        then = Q(received_at__gte=begins, received_at__lt=ends)
        then |= Q(state=REFUSED, ended_at__gte=begins, ended_at__lt=ends)
    found = visible_dossiers(viewer).filter(in_scope, then, _CONDITIONS.get(kind, Q()))
    if reason is None:
        return found
    act, code = reason
    return found.filter(Exists(DossierEvent.objects.filter(dossier=OuterRef("pk"), act=act, reason_code=code)))


def _counted(found: QuerySet[Dossier], of: str) -> QuerySet[Dossier, tuple[Any, ...]]:
    kinds = [kind for kind in _CONDITIONS if (kind in OVER) is (of in OVER)]
    counts = {_column(kind): Count("pk", filter=_CONDITIONS[kind]) for kind in kinds}
    return found.values_list("unit", "unit__code", "called").annotate(**{_column(of): Count("pk")}, **counts)


def _column(kind: str) -> str:
    return kind.replace("-", "_")


def _quality(
    lines: Lines, came: Iterable[tuple[Any, ...]], went: Iterable[tuple[Any, ...]],
    reasons: Iterable[tuple[str, str, int]],
) -> Quality:  # fmt: skip
    of_line = defaultdict[int, Counter[str]](Counter)
    for rows, of in ((came, HANDED_IN), (went, HANDED_OVER)):
        kinds = [of, *(kind for kind in _CONDITIONS if (kind in OVER) is (of in OVER))]
        for unit, code, called, *numbers in rows:
            of_line[lines.line_of(unit, code, called)].update(dict(zip(kinds, numbers, strict=True)))
    units = [Fared(key, *lines.known[key], numbers) for key, numbers in of_line.items()]
    total = Counter[str]()
    for one in units:
        total.update(one.numbers)
    counted = sorted(((act, code), number) for act, code, number in reasons)
    return Quality(sorted(units, key=_worst), Fared(0, "", "", total), dict(sorted(counted, key=lambda row: -row[1])))


def _worst(one: Fared) -> tuple[Fraction, Fraction, str]:
    """The smallest share in time first, then the largest sent back."""
    in_time, back = one.in_time_share, one.back_share
    return (Fraction(1) if in_time is None else in_time, Fraction(0) if back is None else -back, one.name)


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
