"""The posting log put right: a line corrected, or struck out where it never was true. What it said stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.followups.actions.recording import note_change, required, said
from cchc.followups.audit_kinds import POSTING_CORRECTED, POSTING_STRUCK
from cchc.followups.history import CORRECTED_POSTING, STRUCK_POSTING
from cchc.followups.models import Directive, WebPosting
from cchc.followups.policies import counts
from cchc.interface.durations import clock_time
from cchc.records.errors import DomainError, Message, refuse


@dataclass(frozen=True, slots=True)
class Line:
    """What a line of the posting log says: where, with which link, since which day."""

    place: str
    link: str
    posted_on: date


def check_line(directive: Directive, line: Line, now: datetime) -> None:
    """Raises `followups.posted_before_issue`, `followups.day_to_come`."""
    if line.posted_on < directive.issued_on:
        raise refuse("followups.posted_before_issue", day=line.posted_on, issued=directive.issued_on)
    if line.posted_on > localtime(now).date():
        raise refuse("followups.day_to_come", day=line.posted_on)


def check_once(posting: WebPosting) -> None:
    """No other line that counts says the same. Raises `followups.posting_known`."""
    same = WebPosting.objects.filter(
        directive=posting.directive, unit=posting.unit, place=posting.place, posted_on=posting.posted_on, struck_at=None
    )
    if same.exclude(pk=posting.pk).exists():
        raise refuse("followups.posting_known")


@action
def correct_posting(
    *, actor: Actor, now: datetime, posting: WebPosting, expected_version: int, line: Line, reason: str
) -> WebPosting:
    """It says `line` from now on; the delay follows.

    Raises `followups.posting_stale`, `followups.posting_struck`, `followups.nothing_corrected`,
    `followups.nothing_said`, and what `check_line` and `check_once` raise.
    """
    words, place = required(reason), required(line.place)
    locked = _take(posting, expected_version)
    check_line(locked.directive, line, now)
    before, changes = values_of(locked), dict[str, tuple[object, object]]()
    for name, value in (("place", place), ("link", said(line.link)), ("posted_on", line.posted_on)):
        if (former := getattr(locked, name)) != value:
            changes[name] = (former, value)
            setattr(locked, name, value)
    if not changes:
        raise refuse("followups.nothing_corrected")
    check_once(locked)
    _settle(locked)
    note_change(locked.directive, CORRECTED_POSTING, actor, now, text=words, changes=changes, posting=locked)
    record(POSTING_CORRECTED, locked, before=before, after=values_of(locked), reason=words)
    return locked


@action
def strike_posting(
    *, actor: Actor, now: datetime, posting: WebPosting, expected_version: int, reason: str
) -> WebPosting:
    """It counts for nothing from now on and stays readable. Raises as `correct_posting`."""
    words = required(reason)
    locked = _take(posting, expected_version)
    before = values_of(locked)
    locked.struck_at, locked.struck_because = now, words
    _settle(locked)
    changes = {"place": (locked.place, None), "posted_on": (locked.posted_on, None)}
    note_change(locked.directive, STRUCK_POSTING, actor, now, text=words, changes=changes, posting=locked)
    record(POSTING_STRUCK, locked, before=before, after=values_of(locked), reason=words)
    return locked


def _take(posting: WebPosting, expected_version: int) -> WebPosting:
    """The line, locked with its directive, ready to be put right; the directive may be over by then."""
    directive = Directive.objects.select_for_update().get(pk=posting.directive_id)
    locked = WebPosting.objects.select_for_update().get(pk=posting.pk)
    locked.directive = directive
    if locked.version != expected_version:
        raise _stale(locked)
    counts(locked).require()
    return locked


def _settle(posting: WebPosting) -> None:
    posting.version += 1
    posting.save()


def _stale(posting: WebPosting) -> DomainError:
    last = posting.entries.select_related("by").order_by("-pk").first()
    assert last is not None  # whatever makes another version leaves a line
    who: object = last.by.name if last.by else Message("followups.the_system")
    return refuse(
        "followups.posting_stale", who=who, time=clock_time(last.at), day=localtime(last.at).date(), text=last.text
    )
