"""Who keeps a catalogue hears what waits in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cchc.audit.actions import action, nothing_changed
from cchc.audit.actors import Actor
from cchc.notices.actions import Telling, tell
from cchc.procedures.notice_kinds import WAITING
from cchc.procedures.queries.reminders import Waiting


@action
def remind_keepers(*, actor: Actor, now: datetime, waiting: Sequence[Waiting]) -> int:
    """One notice for each of these people. Answers how many."""
    tellings = [
        Telling(
            WAITING, one.official, ("organizations.Official", str(one.official)),
            {"reviews": one.reviews, "drafts": one.drafts},
        )
        for one in waiting
    ]  # fmt: skip
    tell(actor=actor, now=now, tellings=tellings)
    if not tellings:
        nothing_changed()
    return len(tellings)
