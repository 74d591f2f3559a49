"""Lines of the publication register, and reviews: noted, struck out with a reason, never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.followups.actions.recording import required, said
from cchc.organizations.calendars import calendars_of
from cchc.organizations.doers import done_by, sign
from cchc.organizations.models import Unit
from cchc.procedures.actions.catalogue import locked_procedure
from cchc.procedures.audit_kinds import PUBLICATION_NOTED, PUBLICATION_STRUCK, REVIEW_NOTED
from cchc.procedures.delays import nth_working_day, working_days_between
from cchc.procedures.models import Procedure, ProcedureVersion, Publication, Review
from cchc.procedures.policies import check_published, check_stands
from cchc.procedures.rules import rules_on
from cchc.records.errors import refuse


@dataclass(frozen=True, slots=True)
class Posting:
    """Where a version stands open: which unit shows it at which place, since when."""

    unit: Unit
    place: str
    posted_on: date
    link: str = ""


@action
def note_publication(*, actor: Actor, now: datetime, version: ProcedureVersion, posting: Posting) -> Publication:
    """A published version stands open there since that day.

    Raises `followups.nothing_said`, `procedures.not_published`, `followups.day_to_come`,
    `procedures.posted_before_decision`, `procedures.publication_known`, `worktime.outside_span`.
    """
    locked_procedure(version.procedure_id)
    locked = ProcedureVersion.objects.get(pk=version.pk)
    check_published(locked)
    place, link = required(posting.place), said(posting.link)
    _check_day(posting.posted_on, now)
    same = Publication.objects.filter(
        version=locked, unit=posting.unit, place=place, posted_on=posting.posted_on, struck_at=None
    )
    if same.exists():
        raise refuse("procedures.publication_known")
    due_on, days_late = _judged(locked, posting)
    made = Publication.objects.create(
        version=locked, unit=posting.unit, place=place, link=link, posted_on=posting.posted_on, due_on=due_on,
        days_late=days_late, noted_at=now, **done_by(actor, "noted"),
    )  # fmt: skip
    record(PUBLICATION_NOTED, made, after=values_of(made))
    return made


@action
def strike_publication(*, actor: Actor, now: datetime, publication: Publication, reason: str) -> Publication:
    """It counts no longer. Raises `followups.nothing_said`, `procedures.publication_struck`."""
    locked, words = Publication.objects.select_for_update().get(pk=publication.pk), required(reason)
    check_stands(locked)
    before = values_of(locked)
    sign(locked, "struck", actor)
    locked.struck_at, locked.struck_because = now, words
    locked.save()
    record(PUBLICATION_STRUCK, locked, before=before, after=values_of(locked), reason=words)
    return locked


@action
def note_review(
    *, actor: Actor, now: datetime, procedure: Procedure, reviewed_on: date, outcome: str, text: str
) -> Review:  # fmt: skip
    """It was reviewed on that day. Raises `followups.nothing_said`, `followups.day_to_come`."""
    locked = locked_procedure(procedure.pk)
    _check_day(reviewed_on, now)
    made = Review.objects.create(
        procedure=locked, reviewed_on=reviewed_on, outcome=outcome, text=required(text), noted_at=now,
        **done_by(actor, "noted"),
    )  # fmt: skip
    record(REVIEW_NOTED, made, after=values_of(made))
    return made


def _check_day(day: date, now: datetime) -> None:
    if day > localtime(now).date():
        raise refuse("followups.day_to_come", day=day)


def _judged(version: ProcedureVersion, posting: Posting) -> tuple[date | None, int | None]:
    """The last day in time, and how many working days later it was."""
    decided = version.source_on
    if decided is None:
        return None, None
    if posting.posted_on < decided:
        raise refuse("procedures.posted_before_decision", day=posting.posted_on, decided=decided)
    calendar = calendars_of([posting.unit.pk], decided)[posting.unit.pk]
    due_on = nth_working_day(calendar, decided, rules_on(decided).value.publish)
    return due_on, working_days_between(calendar, due_on, posting.posted_on)
