"""What dossiers owe, in the database: their records handed to `duty`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.timezone import localdate

from cchc.apologies.duty import About, Duty, Facts, Found, Promise, Why, days_after, days_before, duties
from cchc.apologies.models import Letter, Mistake
from cchc.apologies.rules import rules_on
from cchc.apologies.states import SENT
from cchc.dossiers.models import Appointment, Dossier, PauseRecord
from cchc.dossiers.terms import calendar_of, terms_of
from cchc.interface.together import Reads, answer

Row = TypeVar("Row", Appointment, PauseRecord, Mistake, Letter)


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside dossiers and counts for what they owe, by the key of the dossier."""

    appointments: Mapping[int, Sequence[Appointment]]
    pauses: Mapping[int, Sequence[PauseRecord]]
    mistakes: Mapping[int, Sequence[Mistake]]
    letters: Mapping[int, Sequence[Letter]]

    def facts(self, dossier: Dossier, now: datetime) -> Facts:
        """Of one of them, as `duty` takes them."""
        made = [
            Promise(one.made_at, one.due_at, one.pk if one.is_decision else None)
            for one in self.appointments.get(dossier.pk, ())
        ]
        paused = [one.begun_at for one in self.pauses.get(dossier.pk, ())]
        found = [Found(one.pk, one.found_at) for one in self.mistakes.get(dossier.pk, ())]
        letters = self.letters.get(dossier.pk, ())
        sent = [(about_of(one), one.sent_at) for one in letters if one.state == SENT and one.sent_at is not None]
        return Facts(made, is_short(dossier, now), dossier.ended_at, paused[0] if paused else None, found, sent)

    def duties(self, dossier: Dossier, now: datetime) -> list[Duty]:
        """All that it owes, will owe or has been sent, by the rules of today."""
        return list(duties(calendar_of(dossier), rules_on(localdate(now)).value, self.facts(dossier, now), now))

    def letter_for(self, dossier: Dossier, about: About) -> Letter | None:
        """The newest letter for one of these, whatever became of it."""
        return next((one for one in reversed(self.letters.get(dossier.pk, ())) if about_of(one) == about), None)


def beside(dossiers: Collection[int] | QuerySet[Dossier]) -> Reads[Beside]:
    """Four reads, asked in one question."""
    appointments = Appointment.objects.filter(dossier__in=dossiers).order_by("pk")
    pauses = PauseRecord.objects.filter(dossier__in=dossiers, ended_at=None).order_by("pk")
    mistakes = Mistake.objects.filter(dossier__in=dossiers).order_by("pk")
    letters = Letter.objects.filter(dossier__in=dossiers).order_by("pk")
    needed = [appointments, pauses, mistakes, letters]
    return Reads(
        needed,
        lambda: Beside(_by_dossier(appointments), _by_dossier(pauses), _by_dossier(mistakes), _by_dossier(letters)),
    )


def owed_of(dossier: Dossier, about: About, now: datetime) -> Duty | None:
    """What it owes for that, or will; None where nothing is, or a letter was sent."""
    found = answer(beside([dossier.pk])).duties(dossier, now)
    return next((one for one in found if one.about == about and one.sent_at is None), None)


def is_short(dossier: Dossier, now: datetime) -> bool:
    """Whether its limit leaves no day before the appointment, by the rules of today."""
    return rules_on(localdate(now)).value.leaves_no_day(terms_of(dossier).limit)


def about_of(letter: Letter) -> About:
    """For what a letter is."""
    if letter.mistake_id is not None:
        return About(Why.MISTAKE, letter.mistake_id)
    if letter.appointment_id is not None:
        return About(Why.PUT_OFF, letter.appointment_id)
    return About(Why.NOT_KEPT, letter.turn)


def letter_deadline(letter: Letter, now: datetime) -> datetime:
    """By when it has to be sent, as the rules of today say."""
    calendar, rules = calendar_of(letter.dossier), rules_on(localdate(now)).value
    if letter.mistake is not None:
        return days_after(calendar, letter.mistake.found_at, rules.after_mistake)
    assert letter.due_before is not None  # every other letter is about an appointment
    if is_short(letter.dossier, now):
        return letter.due_before
    return days_before(calendar, letter.due_before, rules.before)


def _by_dossier(rows: Iterable[Row]) -> Mapping[int, Sequence[Row]]:
    found = defaultdict[int, list[Row]](list)
    for row in rows:
        found[row.dossier_id].append(row)
    return found
