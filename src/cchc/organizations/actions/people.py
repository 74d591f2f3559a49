"""Officials come, move and go."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localtime

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.audit.canonical import read_canonical
from cchc.audit.queries import events_of
from cchc.audit.redaction import redact
from cchc.organizations.actions.dating import DAY, check_days, check_free, check_heads_alone, end, reason_of
from cchc.organizations.actions.rights import withdraw_role
from cchc.organizations.actions.units import placement_on
from cchc.organizations.audit_kinds import OFFICIAL_CHANGED, OFFICIAL_ENTERED, POSTING_ENDED, POSTING_GIVEN
from cchc.organizations.models import Official, Posting, Unit
from cchc.organizations.queries.people import grants_of, latest_posting
from cchc.records.errors import refuse
from cchc.records.search import fold, sort_key
from cchc.records.sources import Source
from cchc.records.text import one_line, visible


@action
def enter_official(
    *, actor: Actor, now: datetime, code: str, name: str, email: str = "", phone: str = "", is_sample: bool = False
) -> Official:
    """A new official, without a posting yet. Raises `organizations.code_taken`, `organizations.no_name`."""
    if Official.objects.filter(code=code).exists():
        raise refuse("organizations.code_taken", code=code)
    official = Official(code=code, is_sample=is_sample)
    describe(official, name, email, phone)
    official.save(force_insert=True)
    record(OFFICIAL_ENTERED, official, after=values_of(official), personal=True)
    return official


@action
def engage_official(
    *, actor: Actor, now: datetime, unit: Unit, code: str, name: str, post: str, starts_on: date, email: str = "",
    phone: str = "", is_head: bool = False,
) -> Official:  # fmt: skip
    """A new official with a main posting, or neither. Raises what `enter_official` and `post_official` raise."""
    official = enter_official(actor=actor, now=now, code=code, name=name, email=email, phone=phone)
    post_official(actor=actor, now=now, official=official, unit=unit, post=post, starts_on=starts_on, is_head=is_head)
    return official


@action
def change_official(
    *, actor: Actor, now: datetime, official: Official, name: str, email: str, phone: str,
    expected_version: int | None = None,
) -> Official:  # fmt: skip
    """Another name or contact. Raises `organizations.official_stale`, `organizations.no_name`."""
    locked = Official.objects.select_for_update().get(pk=official.pk)
    if expected_version is not None and locked.version != expected_version:
        raise refuse("organizations.official_stale", code=locked.code)
    before = values_of(locked)
    describe(locked, name, email, phone)
    locked.version += 1
    locked.save()
    record(OFFICIAL_CHANGED, locked, before=before, after=values_of(locked), personal=True)
    return locked


@action
def erase_contact(*, actor: Actor, now: datetime, official: Official, reason: str) -> Official:
    """E-mail and telephone go, also from what the audit chain says of earlier changes; name, number and posts stay,
    since others' records lead to them. The event does not repeat what was erased.
    """
    for event in events_of(official):
        if event.payload.body is not None and _holds_contact(event.payload.body):
            redact(actor=actor, now=now, sequence=event.sequence, reason=reason)
    locked = Official.objects.select_for_update().get(pk=official.pk)
    locked.email, locked.phone, locked.version = "", "", locked.version + 1
    locked.save(update_fields=["email", "phone", "version"])
    record(OFFICIAL_CHANGED, locked, after={"email": "", "phone": ""}, reason=reason)
    return locked


@action
def post_official(
    *, actor: Actor, now: datetime, official: Official, unit: Unit, post: str, starts_on: date,
    ends_on: date | None = None, is_main: bool = True, is_head: bool = False, source: Source | None = None,
    expected_latest: int | None = None,
) -> Posting:  # fmt: skip
    """The official works there on these days. A main posting before ends the day before: a transfer; so does a post
    beside it that is held in that unit. One that is not main is held beside the main one, in another unit.

    Raises `organizations.official_stale` when the latest main posting is no longer that with the key `expected_latest`
    (0: none), `organizations.not_there` for a unit that does not exist then, `organizations.no_post`,
    `organizations.no_main_post`, `organizations.days_taken`, `organizations.head_taken` for a second head.
    """
    check_days(starts_on, ends_on)
    placement_on(unit, starts_on)
    post = one_line(post)
    if not post:
        raise refuse("organizations.no_post")
    Official.objects.select_for_update().get(pk=official.pk)
    if expected_latest is not None and latest_posting(official) != expected_latest:
        raise refuse("organizations.official_stale", code=official.code)
    if is_main:
        _leave(official, unit, starts_on)
    elif not official.postings.on(starts_on).filter(is_main=True).exists():
        raise refuse("organizations.no_main_post", name=official.name, day=starts_on)
    same = Q(unit=unit) | Q(is_main=True) if is_main else Q(unit=unit)
    check_free(official.postings.filter(same), starts_on, ends_on)
    if is_head:
        check_heads_alone(official, unit, starts_on, ends_on)
    decision = {} if source is None else {"source_document": source.document, "source_on": source.on}
    posting = Posting.objects.create(
        official=official, unit=unit, post=post, starts_on=starts_on, ends_on=ends_on, is_main=is_main, is_head=is_head,
        **decision,
    )  # fmt: skip
    record(POSTING_GIVEN, posting, after=values_of(posting), personal=True)
    return posting


@action
def transfer_official(
    *, actor: Actor, now: datetime, official: Official, unit: Unit, post: str, starts_on: date, is_head: bool = False,
    expected_latest: int | None = None, ending: Collection[int] = (), expected_roles: Collection[int] | None = None,
    reason: str = "",
) -> Posting:  # fmt: skip
    """The official works there from that day on, and the roles with the keys `ending` end with the posting before; one
    that would only begin later is taken back whole.

    Raises what `post_official` raises; `organizations.roles_stale` when the roles not over today are no longer those
    with the keys `expected_roles`, `organizations.grant_not_found`, and `organizations.no_reason` when roles end.
    """
    posting = post_official(
        actor=actor, now=now, official=official, unit=unit, post=post, starts_on=starts_on, is_head=is_head,
        expected_latest=expected_latest,
    )  # fmt: skip
    _end_roles(actor, now, official, starts_on - DAY, ending, expected_roles, reason)
    return posting


@action
def end_posting(
    *, actor: Actor, now: datetime, posting: Posting, ends_on: date, reason: str, source: Source | None = None,
    ending: Collection[int] = (), expected_roles: Collection[int] | None = None,
) -> Posting:  # fmt: skip
    """`ends_on` is the last day, of the roles with the keys `ending`, too. All that somebody holds: `leave_office`.

    Raises `organizations.already_ended`, `organizations.no_reason`, and of roles what `transfer_official` raises.
    """
    said = reason_of(reason, source)
    Official.objects.select_for_update().get(pk=posting.official_id)
    ended = end(Posting.objects.select_for_update().get(pk=posting.pk), ends_on, POSTING_ENDED, said)
    _end_roles(actor, now, ended.official, ends_on, ending, expected_roles, said)
    return ended


def _end_roles(
    actor: Actor, now: datetime, official: Official, last_day: date, ending: Collection[int],
    expected: Collection[int] | None, reason: str,
) -> None:  # fmt: skip
    held = {grant.pk: grant for grant in grants_of(official).not_over(localtime(now).date())}
    if expected is not None and held.keys() != set(expected):
        raise refuse("organizations.roles_stale", name=official.name)
    if not held.keys() >= set(ending):
        raise refuse("organizations.grant_not_found")
    for grant in (held[key] for key in sorted(set(ending))):
        if grant.ends_on is None or grant.ends_on > last_day:
            withdraw_role(actor=actor, now=now, grant=grant, ends_on=last_day, reason=reason)


def _holds_contact(body: str) -> bool:
    """Whether an event says an e-mail or a telephone number, as it was or as it became."""
    said = read_canonical(body)
    return any((said[side] or {}).get(name) for side in ("before", "after") for name in ("email", "phone"))


def _leave(official: Official, unit: Unit, starts_on: date) -> None:
    """End the main posting that is open, and what is held beside it in the unit that the main one moves to; a main one
    that has its end, and what begins later, is left and may clash.
    """
    before = official.postings.filter(starts_on__lt=starts_on)
    of_main, of_unit = Q(is_main=True, ends_on=None), Q(is_main=False, unit=unit)
    for current in before.not_over(starts_on).filter(of_main | of_unit).order_by("pk"):
        end(current, starts_on - DAY, POSTING_ENDED)


def describe(official: Official, name: str, email: str, phone: str) -> None:
    """Set name and contact, and what lists are sought and sorted by. Raises `organizations.no_name`."""
    name = one_line(name)
    if not name:
        raise refuse("organizations.no_name")
    official.name, official.email, official.phone = name, visible(email).strip(), one_line(phone)
    official.search_key, official.sort_key = fold(name), sort_key(_given_name_first(name))


def _given_name_first(name: str) -> str:
    """Vietnamese lists of people go by the given name, which stands last: `Nguyễn Văn An` → `An Nguyễn Văn`."""
    *others, given = name.split()
    return " ".join((given, *others))
