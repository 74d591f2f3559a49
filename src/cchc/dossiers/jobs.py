"""Work in the background: open dossiers follow the calendars of their units; opinions that do not come are reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import time
from functools import partial
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from cchc.dossiers.actions.advising import lapse_advice
from cchc.dossiers.actions.bulk import receive_row
from cchc.dossiers.actions.recounting import recount_dossier, tell_recounted
from cchc.dossiers.actions.reminding import escalate
from cchc.dossiers.models import Dossier
from cchc.dossiers.queries.advice import next_to_lapse
from cchc.dossiers.queries.bulk import RECEIVE_BATCH, get_batch, waiting_rows
from cchc.dossiers.queries.leading import next_to_escalate
from cchc.dossiers.queries.recounting import (
    Recounted,
    Standing,
    counted_by,
    is_counted_by,
    next_standings,
    open_dossiers,
    open_under,
)
from cchc.interface.jobs import WORKDAYS, Effect, Recurring, Run, job
from cchc.interface.together import answer
from cchc.organizations.models import Unit
from cchc.organizations.queries.people import heads_of
from cchc.records.errors import DomainError
from cchc.records.text import LocalText

OF_UNIT: Final = "dossiers.recount"
OF_ALL: Final = "dossiers.recount_all"
LAPSE: Final = "dossiers.lapse_advice"
ESCALATE: Final = "dossiers.escalate"
_TITLE: Final = LocalText("Tính lại ngày hẹn hồ sơ theo lịch làm việc", "Count appointments by another calendar")
_ROUNDS: Final = 5
"""How often is begun anew where somebody worked on a dossier at the same moment; the night does the rest."""


@job(OF_UNIT, _TITLE)
def recount(run: Run, *, unit: int | None, with_renewed: bool) -> Effect | None:
    """The open dossiers that a unit settles, or one below it; all of them for none. `with_renewed`: also where the
    calendar is the same, and came in a newer version.
    """
    under = None if unit is None else Unit.objects.get(pk=unit)
    found = open_dossiers() if under is None else open_under(under, timezone.now())
    return _recount(run, found, with_renewed)


@job(OF_ALL, _TITLE)
def recount_all(run: Run) -> Effect | None:
    """All open dossiers whose units work by other calendars by now, whatever made them."""
    return _recount(run, open_dossiers(), with_renewed=False)


def _recount(run: Run, found: QuerySet[Dossier], with_renewed: bool) -> Effect | None:
    """One transaction a dossier, with the place from which the next attempt goes on; then one notice a person."""
    saved = run.saved or {"round": 1, "after": 0, "told": {}}
    while saved["round"] <= _ROUNDS:
        if _one_round(run, found, saved, with_renewed):
            break
        saved |= {"round": saved["round"] + 1, "after": 0}
    told = {int(person): number for person, number in saved["told"].items()}
    return partial(tell_recounted, told=told) if told else None


def _one_round(run: Run, found: QuerySet[Dossier], saved: dict[str, Any], with_renewed: bool) -> bool:
    """Whether nobody came in between. `saved` goes along."""
    total, done, undisturbed = found.count(), found.filter(pk__lte=saved["after"]).count(), True
    while batch := answer(next_standings(found, saved["after"])):
        heads = heads_of({one.dossier.settling_unit_id for one, _ in batch}, timezone.localdate())
        for one, calendar in batch:
            done += 1
            saved["after"] = one.dossier.pk
            if _is_wanted(one.dossier, calendar, with_renewed):
                head = heads.get(one.dossier.settling_unit_id)
                undisturbed &= _follow(run, one, calendar, saved, head.pk if head else None)
            run.progress(min(done, total), total)
    return undisturbed


def _is_wanted(dossier: Dossier, calendar: str, with_renewed: bool) -> bool:
    if dossier.calendar == calendar and not with_renewed:
        return False
    return not is_counted_by(dossier, calendar)


def _follow(run: Run, one: Standing, calendar: str, saved: dict[str, Any], head: int | None) -> bool:
    """False where somebody changed the dossier meanwhile."""
    counted = counted_by(one, calendar)
    if counted.is_beyond:
        return True
    told = _told(saved["told"], counted, one, head)
    writes = partial(
        recount_dossier, dossier=one.dossier, expected_version=one.dossier.version, calendar=calendar
    )  # fmt: skip
    try:
        run.checkpoint(saved | {"told": told}, writes=writes)
    except DomainError as error:
        if error.code != "dossiers.stale":
            raise
        return False
    saved["told"] = told
    return True


def _told(before: Mapping[str, int], counted: Recounted, one: Standing, head: int | None) -> dict[str, int]:
    """Whom to tell of how many, with this one: who has its steps, and the head of the unit that settles it."""
    if not counted.moves:
        return dict(before)
    people = {step.holder_id for step in one.steps} | {head}
    return dict(Counter(before) + Counter(str(person) for person in people if person is not None))


@job(LAPSE, LocalText("Báo ý kiến chưa được trả lời đúng hạn", "Report opinions that did not come in time"))
def lapse(run: Run) -> None:
    """Each is reported once, to the heads of the one-stop."""
    after: int = run.saved or 0
    while late := next_to_lapse(after, timezone.now()):
        after = late[-1].pk
        run.checkpoint(after, writes=partial(lapse_advice, advice=tuple(late)))


@job(ESCALATE, LocalText("Báo cấp trên hồ sơ quá hạn", "Report late dossiers up"))
def report_late(run: Run) -> None:
    """Each level of each appointment once, however often this runs."""
    after: int | None = run.saved or 0
    while True:
        found, after = next_to_escalate(after or 0, timezone.now())
        if after is None:
            return
        run.checkpoint(after, writes=partial(escalate, found=tuple(found)))


@job(RECEIVE_BATCH, LocalText("Tiếp nhận hồ sơ theo danh sách", "Receive the dossiers of a list"))
def receive_batch(run: Run, *, number: int) -> None:
    """Each row in a transaction of its own, in order: whoever cancels stops between two rows, and what is received is
    received once, however often the job is begun again.
    """
    batch = get_batch(number)
    total, waiting = batch.rows.count(), [row.pk for row in waiting_rows(batch)]
    for done, row in enumerate(waiting, total - len(waiting) + 1):
        run.progress(done, total)
        run.checkpoint(row, writes=partial(receive_row, row=row))


SCHEDULE: Final = (
    Recurring(OF_ALL, at=time(1, 25)),
    Recurring(LAPSE, at=time(7, 15), weekdays=WORKDAYS),
    Recurring(ESCALATE, at=time(7, 20), weekdays=WORKDAYS),
)
