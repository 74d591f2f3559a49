"""The end of a year: its book is completed, signed for by its head and closed for good."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.doers import sign
from cchc.records.errors import refuse
from cchc.slips.actions.entering import enter_missing, open_book
from cchc.slips.audit_kinds import BOOK_CLOSED
from cchc.slips.models import CarriedEntry, RegisterBook
from cchc.slips.policies import may_be_closed
from cchc.slips.queries.books import earlier_open
from cchc.slips.register_lines import content_hash, running_at_end
from cchc.slips.states import BOOK


@action
def close_book(*, actor: Actor, now: datetime, book: RegisterBook, expected_last: int) -> RegisterBook:
    """It keeps the hash of what it says as the year ended; dossiers that ran on are carried over into the next book.

    Raises `slips.book_closed`, `slips.year_runs`, `slips.earlier_book_open`, `slips.book_stale` where it has got other
    lines since it was looked at.
    """
    locked = RegisterBook.objects.select_for_update(of=("self",)).select_related("unit").get(pk=book.pk)
    may_be_closed(locked, localdate(now)).require()
    before = earlier_open(locked)
    if before is not None:
        raise refuse("slips.earlier_book_open", year=before.year)
    enter_missing(locked, now)
    if locked.last != expected_last:
        raise refuse("slips.book_stale", lines=locked.last)
    old = values_of(locked)
    locked.content_hash, running = content_hash(locked), running_at_end(locked)
    locked.state = BOOK.after(locked.state, BOOK.step("close"))
    locked.closed_at = now
    sign(locked, "closed", actor)
    locked.save()
    following = open_book(locked.unit, locked.year + 1, now)
    CarriedEntry.objects.bulk_create([CarriedEntry(book=following, dossier_id=one, carried_at=now) for one in running])
    record(BOOK_CLOSED, locked, before=old, after=values_of(locked) | {"carried": len(running)})
    return locked
