"""What is done to a case of responsibility, from its opening to the document by which it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.followups.actions.recording import required, said
from cchc.organizations.calendars import calendars_of
from cchc.organizations.doers import done_by, sign
from cchc.organizations.models import Unit
from cchc.oversight.actions.case_steps import enter, keep, take
from cchc.oversight.actions.list_steps import doers_of
from cchc.oversight.actions.telling_cases import tell_asked, tell_concluded, tell_explained, tell_withdrawn
from cchc.oversight.audit_kinds_cases import CASE_OPENED
from cchc.oversight.consequences import consequences_on
from cchc.oversight.models import CaseGround, ResponsibilityCase
from cchc.oversight.queries.grounds import Concerned, Origin, grounds_of, parties, post_of
from cchc.oversight.shown_cases_words import OPEN
from cchc.oversight.states_cases import ASKED, OPENED
from cchc.records.errors import refuse


@dataclass(frozen=True, slots=True)
class Document:
    """The paper by which a measure is carried out: number, day, and the authority whose it is."""

    number: str = ""
    on: date | None = None
    by: str = ""


@action
def open_case(*, actor: Actor, now: datetime, origin: Origin, about: Concerned, why: str) -> ResponsibilityCase:
    """With the dossiers that count as they stand now; only the record of a month may have none.

    Raises `followups.nothing_said`, `oversight.own_case_not_allowed` for who opens one about oneself,
    `oversight.case_without_grounds`, `oversight.case_there` where every dossier stands in a case about the same.
    """
    words = required(why)
    if about.official is not None and about.official.pk in doers_of(actor):
        raise refuse("oversight.own_case_not_allowed")
    Unit.objects.select_for_update().get(pk=about.unit.pk)
    grounds = grounds_of(origin, about)
    if not grounds and origin.official is None:
        raise refuse("oversight.case_without_grounds")
    month = origin.listed.list.month if origin.listed is not None else origin.month
    case = ResponsibilityCase.objects.create(
        about=about.about, official=about.official, unit=about.unit, name=about.official.name if about.official else
        about.name, post=post_of(about, localdate(now)), listed=origin.listed, kept=origin.kept, month=month, why=words,
        state=OPENED, opened_at=now, is_sample=_is_sample(origin), **done_by(actor, "opened"),
    )  # fmt: skip
    for one in grounds:
        one.case = case
    CaseGround.objects.bulk_create(grounds)
    enter(case, OPEN, actor, now, words)
    record(CASE_OPENED, case, after=values_of(case) | {"grounds": len(grounds)}, reason=words)
    return case


@action
def ask_case(
    *, actor: Actor, now: datetime, case: ResponsibilityCase, expected_version: int, question: str, due_on: date
) -> ResponsibilityCase:
    """An explanation is asked for, until the end of a day.

    Raises `followups.nothing_said`, `oversight.own_case_not_allowed`, `oversight.case_without_grounds`,
    `oversight.due_passed`, and what `case_steps.take` raises.
    """
    words = required(question)
    taken = take(case, "ask", expected_version)
    _check_other(taken, actor)
    if not taken.grounds.exists():
        raise refuse("oversight.case_without_grounds")
    until = calendars_of([taken.unit_id], localdate(now))[taken.unit_id].end_of(due_on)
    if until <= now:
        raise refuse("oversight.due_passed", day=due_on)
    before = values_of(taken)
    taken.question, taken.due_at = words, until
    keep(taken, "ask", actor, now, before, words)
    tell_asked(taken, actor, now)
    return taken


@action
def explain_case(
    *, actor: Actor, now: datetime, case: ResponsibilityCase, expected_version: int, text: str
) -> ResponsibilityCase:
    """Whom it is about explains, or says it once more until it is concluded; files are attached to the case.

    Raises `followups.nothing_said`, and what `case_steps.take` raises.
    """
    words = required(text)
    taken = take(case, "explain", expected_version)
    before = values_of(taken)
    taken.explanation, taken.explained_at = words, now
    sign(taken, "explained", actor)
    keep(taken, "explain", actor, now, before, words)
    tell_explained(taken, actor, now)
    return taken


@action
def conclude_case(
    *, actor: Actor, now: datetime, case: ResponsibilityCase, expected_version: int, conclusion: str, measure: str
) -> ResponsibilityCase:
    """What is found, and the measure. Before an explanation was asked for, a commendation alone.

    Raises `followups.nothing_said`, `oversight.measure_unknown`, `oversight.not_heard`,
    `oversight.own_case_not_allowed`, `oversight.party_concludes` for who is charged with a dossier that the case
    counts, and what `case_steps.take` raises.
    """
    words = required(conclusion)
    taken = take(case, "conclude", expected_version)
    _check_other(taken, actor)
    chosen = consequences_on(localdate(now)).value.measure_of(measure, taken.about)
    if taken.state == OPENED and not chosen.is_commendation:
        raise refuse("oversight.not_heard")
    if parties(taken.grounds.all(), doers_of(actor)):
        raise refuse("oversight.party_concludes")
    before = values_of(taken)
    taken.conclusion, taken.measure, taken.concluded_at = words, chosen.id, now
    sign(taken, "concluded", actor)
    keep(taken, "conclude", actor, now, before, words)
    tell_concluded(taken, actor, now)
    return taken


@action
def close_case(
    *, actor: Actor, now: datetime, case: ResponsibilityCase, expected_version: int, document: Document
) -> ResponsibilityCase:
    """With the document that carries the measure out, where it needs one.

    Raises `oversight.own_case_not_allowed`, `oversight.measure_without_document`, `oversight.day_outside`, and what
    `case_steps.take` raises.
    """
    taken = take(case, "close", expected_version)
    _check_other(taken, actor)
    assert taken.concluded_at is not None  # it stands so in the table
    number, authority, concluded_on = said(document.number), said(document.by), localdate(taken.concluded_at)
    chosen = consequences_on(concluded_on).value.measure_of(taken.measure, taken.about)
    if chosen.needs_document and not (number and authority and document.on):
        raise refuse("oversight.measure_without_document", measure=chosen.name)
    if document.on is not None and not concluded_on <= document.on <= localdate(now):
        raise refuse("oversight.day_outside", first=concluded_on, last=localdate(now))
    before = values_of(taken)
    taken.document_number, taken.document_on, taken.document_by = number, document.on, authority
    keep(taken, "close", actor, now, before)
    return taken


@action
def withdraw_case(
    *, actor: Actor, now: datetime, case: ResponsibilityCase, expected_version: int, reason: str
) -> ResponsibilityCase:
    """Nothing is concluded; whoever was asked is told, with the reason.

    Raises `followups.nothing_said`, `oversight.own_case_not_allowed`, and what `case_steps.take` raises.
    """
    words = required(reason)
    taken = take(case, "withdraw", expected_version)
    _check_other(taken, actor)
    before = values_of(taken)
    keep(taken, "withdraw", actor, now, before, words)
    if taken.due_at is not None:
        tell_withdrawn(taken, words, actor, now)
    return taken


@action
def silence_cases(*, actor: Actor, now: datetime) -> int:
    """All whose time to explain is over without a word. Answers how many."""
    due = list(ResponsibilityCase.objects.filter(state=ASKED, due_at__lt=now).order_by("pk"))
    if not due:
        nothing_changed()
    for case in due:
        taken = take(case, "silence")
        keep(taken, "silence", actor, now, values_of(taken))
    return len(due)


def _check_other(case: ResponsibilityCase, actor: Actor) -> None:
    if case.official_id is not None and case.official_id in doers_of(actor):
        raise refuse("oversight.own_case_not_allowed")


def _is_sample(origin: Origin) -> bool:
    if origin.listed is not None:
        return origin.listed.list.is_sample
    return origin.kept is not None and origin.kept.is_sample
