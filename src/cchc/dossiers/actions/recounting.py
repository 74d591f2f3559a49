"""Open dossiers follow the calendar of the unit that settles them; old appointments stay as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.actions.recording import note, take
from cchc.dossiers.audit_kinds import CALENDAR_FOLLOWED, RECOUNTED, STEP_RECOUNTED
from cchc.dossiers.models import Appointment, Dossier
from cchc.dossiers.notice_kinds import RECOUNTED as TOLD_RECOUNTED
from cchc.dossiers.queries.recounting import Recounted, counted_by, is_counted_by, standing
from cchc.dossiers.shown_events import RECOUNT
from cchc.interface.together import answer
from cchc.notices.actions import Telling, tell
from cchc.organizations.calendars import load_calendar
from cchc.organizations.doers import done_by

CHANGED, RENEWED = "calendar_changed", "calendar_renewed"


@action
def recount_dossier(
    *, actor: Actor, now: datetime, dossier: Dossier, expected_version: int, calendar: str
) -> bool:  # fmt: skip
    """The dossier is counted by that calendar from now on, and due when that says, though never before its first
    appointment. Whether anything moved; what does not move keeps its version, and nobody's click is stale.

    Nothing happens to one that is over, counted so already, or due beyond the calendar. Raises `dossiers.stale`.
    """
    taken = take(dossier, expected_version)
    (one,) = answer(standing(Dossier.objects.filter(pk=taken.pk)))
    found = counted_by(replace(one, dossier=taken), calendar)
    if taken.ended_at is not None or is_counted_by(taken, calendar) or found.is_beyond:
        nothing_changed()
        return False
    before, reason = values_of(taken), RENEWED if taken.calendar == calendar else CHANGED
    taken.calendar, taken.calendar_hash = calendar, load_calendar(calendar).hash
    if found.moves:
        _move(found, taken, reason, actor, now)
        taken.version += 1
    taken.save(update_fields=["calendar", "calendar_hash", "due_at", "version"])
    record(RECOUNTED if found.moves else CALENDAR_FOLLOWED, taken, before=before, after=values_of(taken))
    return found.moves


@action
def tell_recounted(*, actor: Actor, now: datetime, told: Mapping[int, int]) -> int:
    """Each of these officials, of how many dossiers that concern them are due at another moment. Answers how many
    people.
    """
    tellings = [
        Telling(TOLD_RECOUNTED, person, ("organizations.Official", str(person)), {"number": number})
        for person, number in sorted(told.items())
    ]
    tell(actor=actor, now=now, tellings=tellings)
    if not tellings:
        nothing_changed()
    return len(tellings)


def _move(found: Recounted, taken: Dossier, reason: str, actor: Actor, now: datetime) -> None:
    if found.moves_appointment:
        assert found.due_at is not None  # a limit does not go with a calendar
        taken.due_at = found.due_at
        made = done_by(actor, "made")
        Appointment.objects.create(dossier=taken, made_at=now, due_at=found.due_at, reason_code=reason, **made)
    for step, due_at in found.steps.items():
        before = values_of(step)
        step.due_at = due_at
        step.save(update_fields=["due_at"])
        record(STEP_RECOUNTED, step, before=before, after=values_of(step))
    note(taken, RECOUNT, actor, now, reason_code=reason)
