"""What the morning's work looks at: dossiers near their appointment, and letters that were not sent in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils.timezone import localtime

from cchc.apologies.duty import Standing, Why
from cchc.apologies.models import Warned
from cchc.apologies.owing import Beside, beside
from cchc.apologies.queries.duties import Span, counted_by, near, owed_for, unsent
from cchc.apologies.rules import rules_on
from cchc.apologies.warning import LATE, warning_due
from cchc.dossiers.models import Dossier, StepInstance
from cchc.dossiers.permissions import MANAGERS
from cchc.dossiers.states import HELD
from cchc.dossiers.terms import calendar_of
from cchc.interface.together import answer
from cchc.organizations.models import RoleGrant
from cchc.organizations.queries.people import heads_of

BATCH: Final = 200
_RELATED: Final = ("procedure_version__procedure",)


@dataclass(frozen=True, slots=True)
class ToWarn:
    """Somebody, by key, is to be told of a dossier, by a rule, of the moment an appointment or a letter is due; the
    letter is to be sent by `owed_by`.
    """

    dossier: int
    rule: str
    about_at: datetime
    recipient: int
    owed_by: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """Warnings of some dossiers; `last` is the key of the last one looked at, None when there are no more."""

    warnings: Sequence[ToWarn]
    last: int | None


def next_near(after: int, now: datetime) -> Batch:
    """The next running dossiers behind a key whose appointment is near, and for which no letter was sent: whoever holds
    a step is told, and the heads. Eight queries, however many dossiers.
    """
    every = Dossier.objects.order_by()
    found = _batch(near(every, counted_by(every, now), now, _end_of_day(now)), after)
    heads, holders = _managers(found, now), _holders(found)
    other, rules = answer(beside([one.pk for one in found])), rules_on(localtime(now).date()).value
    warnings = [
        ToWarn(one.pk, rule, duty.due_at, recipient, duty.owed_by)
        for one in found
        for duty in other.duties(one, _end_of_day(now))
        if duty.about.why == Why.NOT_KEPT and duty.sent_at is None and duty.due_at is not None
        if (rule := warning_due(calendar_of(one), rules, duty.due_at, _end_of_day(now))) is not None
        for recipient in sorted(holders[one.pk] | heads[one.unit_id] | heads[one.settling_unit_id])
    ]
    return _untold(found, warnings)


def next_late(after: int, now: datetime) -> Batch:
    """The next dossiers behind a key of which a letter was not sent by its deadline: the head of the unit that settles
    it is told.
    """
    every, over = Dossier.objects.order_by(), Span(end=now.replace(second=0, microsecond=0))
    late = unsent(owed_for(every, counted_by(every, now), now, over)).of(every)
    found = _batch(late, after)
    heads = heads_of({one.settling_unit_id for one in found}, localtime(now).date()) if found else {}
    other = answer(beside([one.pk for one in found]))
    warnings = [
        ToWarn(one.pk, LATE, owed_by, heads[one.settling_unit_id].pk, owed_by)
        for one in found
        if one.settling_unit_id in heads
        for owed_by in sorted(set(_late_of(one, other, now)))
    ]
    return _untold(found, warnings)


def _batch(dossiers: QuerySet[Dossier], after: int) -> list[Dossier]:
    return list(dossiers.filter(pk__gt=after).select_related(*_RELATED).order_by("pk")[:BATCH])


def _late_of(dossier: Dossier, other: Beside, now: datetime) -> Iterator[datetime]:
    for duty in other.duties(dossier, now):
        if duty.standing == Standing.OWED and duty.is_late(now):
            yield duty.owed_by


def _untold(found: Sequence[Dossier], warnings: Sequence[ToWarn]) -> Batch:
    """Each once: who was told already is left out."""
    if not found:
        return Batch((), None)
    told = set(
        Warned.objects.filter(dossier__in=found).order_by().values_list("dossier", "rule", "about_at", "recipient")
    )
    return Batch(
        [one for one in warnings if (one.dossier, one.rule, one.about_at, one.recipient) not in told], found[-1].pk
    )


def _managers(dossiers: Collection[Dossier], now: datetime) -> Mapping[int, set[int]]:
    """By unit: who is in charge of the one-stop there, or of the unit."""
    units = {unit for one in dossiers for unit in (one.unit_id, one.settling_unit_id)}
    held = RoleGrant.objects.on(localtime(now).date()).filter(unit__in=units, role__in=MANAGERS).order_by()
    found = defaultdict[int, set[int]](set)
    for unit, official in held.values_list("unit", "official"):
        found[unit].add(official)
    return found


def _holders(dossiers: Collection[Dossier]) -> Mapping[int, set[int]]:
    held = StepInstance.objects.filter(dossier__in=dossiers, state=HELD).order_by()
    found = defaultdict[int, set[int]](set)
    for dossier, holder in held.values_list("dossier", "holder"):
        found[dossier].add(holder)
    return found


def _end_of_day(now: datetime) -> datetime:
    return localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
