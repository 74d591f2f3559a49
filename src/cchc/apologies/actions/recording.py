"""What every act at a letter does: take it, unless it has changed since it was seen; keep it, with a line of its
history and an event in the chain.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from cchc.apologies.audit_kinds import OF_LETTERS
from cchc.apologies.models import Letter, LetterEntry
from cchc.apologies.policies import may_become
from cchc.apologies.states import LETTER
from cchc.audit.actions import record, values_of
from cchc.audit.actors import Actor
from cchc.interface.durations import clock_time
from cchc.organizations.doers import done_by
from cchc.records.errors import DomainError, Message, refuse

_RELATED = ("dossier__unit", "dossier__settling_unit", "dossier__procedure_version__procedure", "mistake")


def take(letter: Letter, act: str, expected_version: int) -> Letter:
    """The letter, locked, ready for a step of its table. Raises `apologies.stale` for a reader who saw an older one,
    with what happened since; `apologies.not_in_state`.
    """
    locked = Letter.objects.select_for_update(of=("self",)).select_related(*_RELATED).get(pk=letter.pk)
    if locked.version != expected_version:
        raise _stale(locked)
    may_become(locked, act).require()
    return locked


def keep(letter: Letter, act: str, actor: Actor, now: datetime, before: dict[str, object], text: str = "") -> Letter:
    """It stands where the step of the table leads, a version on; its history and the chain say so."""
    letter.state = LETTER.after(letter.state, LETTER.step(act))
    letter.version += 1
    letter.save()
    enter(letter, act, actor, now, text)
    record(OF_LETTERS[act], letter, before=before, after=values_of(letter), reason=text or None)
    return letter


def enter(letter: Letter, act: str, actor: Actor, now: datetime, text: str = "") -> LetterEntry:
    """A line of the letter's history."""
    done = done_by(actor, "done")
    return LetterEntry.objects.create(
        letter=letter, at=now, act=act, state=letter.state, text=text, by=done["done_by"], by_as=done["done_as"]
    )


def _stale(letter: Letter) -> DomainError:
    last = LetterEntry.objects.filter(letter=letter).select_related("by").order_by("-pk")[0]
    who: object = last.by.name if last.by else Message("followups.the_system")
    return refuse(
        "apologies.stale", who=who, act=LETTER.step(last.act).name, time=clock_time(last.at), day=localdate(last.at),
        state=LETTER.state(letter.state).name,
    )  # fmt: skip
