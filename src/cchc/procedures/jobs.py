"""Work in the background: large catalogues are brought in, and who keeps one is reminded of what waits in it."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cchc.audit.actors import Actor
from cchc.audit.recording import Progress
from cchc.interface.jobs import WORKDAYS, Effect, Recurring, Run, job
from cchc.interface.shapes import Link
from cchc.procedures.actions.imports import COMMIT_JOB, carry_out_catalogue
from cchc.procedures.actions.reminding import remind_keepers
from cchc.procedures.queries.reminders import keepers_to_remind
from cchc.records.text import LocalText

REMIND: Final = "procedures.remind"


def _to_import(number: int) -> Link:
    return Link(_("What the file changes"), reverse("procedures:import", args=[number]))


@job(COMMIT_JOB, LocalText("Nhập danh mục thủ tục", "Import a catalogue of procedures"), link=_to_import)
def carry_out(run: Run, *, number: int, digest: str) -> Effect:
    """What was shown, in one transaction, which tells how many procedures are written."""
    return partial(_carry_out, number=number, digest=digest, tell=run.writing)


def _carry_out(*, actor: Actor, now: datetime, number: int, digest: str, tell: Progress) -> int:
    carry_out_catalogue(actor=actor, now=now, number=number, digest=digest, tell=tell)
    return number


@job(REMIND, LocalText("Nhắc rà soát và dự thảo thủ tục", "Remind of reviews and drafts of procedures"))
def remind(run: Run) -> Effect | None:
    """Whoever keeps a catalogue in which something waits, and was not told in this month."""
    waiting = keepers_to_remind(timezone.now())
    return partial(remind_keepers, waiting=waiting) if waiting else None


SCHEDULE: Final = (Recurring(REMIND, at=time(7, 50), weekdays=WORKDAYS),)
