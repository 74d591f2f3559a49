"""Which dossiers owe a letter: what `duty` says of one dossier, asked of the database for many.

Working time is no matter of a database. But the deadlines of one calendar follow the appointments they are counted
from, so that for each calendar a stretch of appointments is asked for (`duty.first_reaching`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from cchc.apologies.duty import days_after, days_before, first_reaching
from cchc.apologies.models import Letter, Mistake
from cchc.apologies.rules import rules_on
from cchc.apologies.states import SENT
from cchc.dossiers.models import Appointment, Dossier, PauseRecord
from cchc.dossiers.states import PAUSED, RUNNING
from cchc.interface.together import Reads, all_of, number_of, read_together
from cchc.organizations.calendars import load_calendar
from cchc.procedures.models import ProcedureVersion
from cchc.worktime import Calendar

_MINUTE: Final = timedelta(minutes=1)
_NOTHING: Final = Q(pk__in=())
Deadline = Callable[[Calendar, datetime], datetime]


@dataclass(frozen=True, slots=True)
class Span:
    """Moments from `start` on and before `end`; None: without that end."""

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """Where letters come from: appointments that hold and are not kept, decisions that put one off, mistakes."""

    not_kept: QuerySet[Dossier]
    put_off: QuerySet[Appointment]
    mistakes: QuerySet[Mistake]

    def counting(self) -> Reads[int]:
        """How many letters."""
        return all_of([number_of(one) for one in (self.not_kept, self.put_off, self.mistakes)]).made(sum)

    def of(self, dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
        """The dossiers that they are about."""
        return dossiers.filter(
            Q(pk__in=self.not_kept.order_by().values("pk"))
            | Q(pk__in=self.put_off.order_by().values("dossier"))
            | Q(pk__in=self.mistakes.order_by().values("dossier"))
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """By what deadlines of some dossiers are counted: their calendars, and those versions of their procedures (by key)
    whose limit leaves no day before the appointment.
    """

    calendars: Sequence[str]
    short: Sequence[int]


def counted_by(dossiers: QuerySet[Dossier], now: datetime) -> Counted:
    """One query."""
    calendars = dossiers.order_by("calendar").values_list("calendar", flat=True).distinct()
    versions = ProcedureVersion.objects.filter(pk__in=dossiers.order_by().values("procedure_version")).order_by("pk")
    read_together(calendars, versions)
    rules = rules_on(localdate(now)).value
    return Counted(list(calendars), [one.pk for one in versions if rules.leaves_no_day(one.value.limit)])


def owed_for(
    dossiers: QuerySet[Dossier], by: Counted, now: datetime, deadline: Span = Span()
) -> Sources:  # fmt: skip
    """All letters that are owed or were, sent or not; with `deadline` those that had to be sent in that stretch."""
    rules = rules_on(localdate(now)).value
    before = partial(_before_it, by, rules.before)
    reached = _is_missed() | (Q(ended_at=None, state__in=RUNNING) & before("due_at", _until(now)))
    found = Appointment.objects.filter(is_decision=True, dossier__in=dossiers).annotate(was_due_at=_one_before())
    not_kept = Q(dossier__ended_at=None) | Q(dossier__ended_at__gte=F("was_due_at") + _MINUTE)
    after = _asked(by.calendars, partial(_after, rules.after_mistake), "dossier__calendar", "found_at", deadline)
    return Sources(
        dossiers.filter(reached, before("due_at", deadline)),
        found.filter(not_kept, before("was_due_at", deadline, "dossier__")),
        Mistake.objects.filter(after, dossier__in=dossiers),
    )


def foreseen(dossiers: QuerySet[Dossier], by: Counted, now: datetime) -> QuerySet[Dossier]:
    """Running dossiers that will owe a letter unless they end before, and for which none was sent yet."""
    rules = rules_on(localdate(now)).value
    warned, owed = (
        _asked(by.calendars, partial(_before, days), "calendar", "due_at", _until(now))
        for days in (rules.first_warning, rules.before)
    )
    coming = dossiers.filter(warned & ~owed, ended_at=None, state__in=RUNNING)
    return coming.exclude(procedure_version__in=by.short).filter(~Exists(_sent_for_the_last()))


def near(dossiers: QuerySet[Dossier], by: Counted, now: datetime, until: datetime) -> QuerySet[Dossier]:
    """Running dossiers whose appointment is to come, and whose first warning is reached before `until`; not those whose
    limit leaves no day before it.
    """
    first = rules_on(localdate(now)).value.first_warning
    warned = _asked(by.calendars, partial(_before, first), "calendar", "due_at", Span(end=until))
    coming = dossiers.filter(warned, ended_at=None, state__in=RUNNING, due_at__gte=now)
    return coming.exclude(procedure_version__in=by.short)


def unsent(found: Sources) -> Sources:
    """Those of which no letter was sent."""
    last, decided, mistaken = _letters()
    return Sources(
        found.not_kept.filter(~Exists(last)), found.put_off.filter(~Exists(decided)),
        found.mistakes.filter(~Exists(mistaken)),
    )  # fmt: skip


def sent(found: Sources, *, in_time: bool = False) -> Sources:
    """Those of which one was; with `in_time` by when it had to be."""
    timely = Q(sent_at__lt=F("owed_by") + _MINUTE) if in_time else Q()
    last, decided, mistaken = (letters.filter(timely) for letters in _letters())
    return Sources(
        found.not_kept.filter(Exists(last)), found.put_off.filter(Exists(decided)),
        found.mistakes.filter(Exists(mistaken)),
    )  # fmt: skip


def dossiers_after(found: QuerySet[Dossier], last: Dossier | None) -> QuerySet[Dossier]:
    """What follows one of them, in the order of their handing in."""
    if last is None:
        return found
    return found.filter(Q(submitted_at__gt=last.submitted_at) | Q(submitted_at=last.submitted_at, pk__gt=last.pk))


def _letters() -> tuple[QuerySet[Letter], QuerySet[Letter], QuerySet[Letter]]:
    """Sent for the appointment of a dossier that holds, for a decision, for a mistake."""
    done = Letter.objects.filter(state=SENT).order_by()
    return _sent_for_the_last(), done.filter(appointment=OuterRef("pk")), done.filter(mistake=OuterRef("pk"))


def _sent_for_the_last() -> QuerySet[Letter]:
    done = Letter.objects.filter(state=SENT, mistake=None, appointment=None).order_by()
    return done.filter(dossier=OuterRef("pk"), turn=OuterRef("extensions"))


def _is_missed() -> Q:
    """Ended, or began to wait for others, after the minute of the appointment."""
    waits = PauseRecord.objects.filter(dossier=OuterRef("pk"), ended_at=None).order_by()
    began_late = waits.filter(begun_at__gte=OuterRef("due_at") + _MINUTE)
    return Q(ended_at__gte=F("due_at") + _MINUTE) | (Q(ended_at=None, state__in=PAUSED) & Q(Exists(began_late)))


def _one_before() -> Subquery:
    earlier = Appointment.objects.filter(dossier=OuterRef("dossier"), pk__lt=OuterRef("pk"))
    return Subquery(earlier.order_by("-pk").values("due_at")[:1])


def _until(now: datetime) -> Span:
    """Up to the minute of now."""
    return Span(end=now.replace(second=0, microsecond=0) + _MINUTE)


def _before(days: int, calendar: Calendar, due_at: datetime) -> datetime:
    return days_before(calendar, due_at, days)


def _before_it(by: Counted, days: int, moment: str, span: Span, prefix: str = "") -> Q:
    """Whose letter had to come in the span: so many days before the appointment, or by the appointment itself."""
    if span == Span():
        return Q()
    short = Q(**{f"{prefix}procedure_version__in": by.short})
    counted = _asked(by.calendars, partial(_before, days), f"{prefix}calendar", moment, span)
    return (~short & counted) | (short & Q(**_bounds(moment, span)))


def _bounds(moment: str, span: Span) -> dict[str, datetime]:
    ends = {f"{moment}__gte": span.start, f"{moment}__lt": span.end}
    return {column: end for column, end in ends.items() if end is not None}


def _after(days: int, calendar: Calendar, found_at: datetime) -> datetime:
    return days_after(calendar, found_at, days)


def _asked(calendars: Collection[str], deadline: Deadline, calendar: str, moment: str, span: Span) -> Q:
    """Whose deadline, counted from the column `moment` by the calendar named in the other, lies in the span."""
    if span == Span():
        return Q()
    found = _NOTHING
    for name in calendars:
        rule = partial(deadline, load_calendar(name))
        ends = {column: first_reaching(rule, end) for column, end in _bounds(moment, span).items()}
        found |= Q(**{calendar: name}, **ends)
    return found
