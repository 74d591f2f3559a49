"""Sending mails, and the digest of the day."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import Final

import structlog
from django.utils import timezone

from cchc.interface.jobs import WORKDAYS, Effect, Recurring, Run, job
from cchc.notices.actions.delivering import ask_again, note_outcome, release_digests
from cchc.notices.carriers import NO_WORDS, UNCLEAR, Carrier, Carriers, Outcome, Result
from cchc.notices.letters import Letter, address_problem, as_mail
from cchc.notices.queries import letters_waiting
from cchc.records.text import LocalText

_log = structlog.get_logger(__name__)


@job("notices.send", LocalText("Gửi thư thông báo", "Send mails of notices"))
def send(run: Run, *, deliveries: tuple[int, ...], as_digest: bool = False) -> Effect:
    """Send what is still waiting; what is put off goes into another job.

    Before a mail goes, a checkpoint says which one; behind it another says what became of it. So a job that finds the
    first without the second was killed in between: that mail may have left, and only a carrier to which it makes no
    difference takes it again.
    """
    letters = letters_waiting(deliveries, as_digest=as_digest)
    with Carriers() as carriers:
        for done, letter in enumerate(letters):
            run.progress(done, len(letters))
            result = _carry(run, letter, carriers.of(letter.channel))
            keys = [delivery.pk for delivery in letter.deliveries]
            run.checkpoint(None, writes=partial(note_outcome, deliveries=keys, result=result))
    return partial(ask_again, deliveries=deliveries, as_digest=as_digest)


def _carry(run: Run, letter: Letter, carrier: Carrier) -> Result:
    if why := address_problem(letter.recipient):
        return Result(Outcome.SKIPPED, why)
    if run.saved == letter.key and not carrier.may_repeat:
        return UNCLEAR
    try:
        mail = as_mail(letter, timezone.now())
    except Exception as fault:  # noqa: BLE001 - logged and noted; one mail must not hold up all others
        _log.error("mail_not_written", delivery=letter.key, exc_info=fault)
        return NO_WORDS
    run.checkpoint(letter.key)
    return carrier.carry(f"delivery-{letter.key:08}", letter.recipient.email, mail)


@job("notices.digest", LocalText("Gửi thư gộp thông báo trong ngày", "Send the daily digest of notices"))
def digest(run: Run, *, due_at: datetime | None = None) -> Effect:
    """Ask for the mails of those who wish one a day."""
    return release_digests


SCHEDULE: Final = (Recurring("notices.digest", at=time(7, 0), weekdays=WORKDAYS),)
