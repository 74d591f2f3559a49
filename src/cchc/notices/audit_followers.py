"""Officials are told of what the room below records about their rights and account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils import timezone

from cchc.audit.followers import Follower, Happened
from cchc.notices import notice_kinds as kinds
from cchc.notices.actions import Telling, tell
from cchc.organizations.audit_kinds import (
    ACCOUNT_CLOSED,
    ACCOUNT_REOPENED,
    CALENDAR_CHOSEN,
    DELEGATION_ENDED,
    DELEGATION_GIVEN,
    PASSWORD_SET,
    RECOVERY_CODES_MADE,
    ROLE_GRANTED,
    ROLE_WITHDRAWN,
    SECOND_FACTOR_ENDED,
    SECOND_FACTOR_SET_UP,
)
from cchc.organizations.calendars import load_calendar
from cchc.organizations.models import Account, Official, Placement
from cchc.organizations.queries.people import heads_of
from cchc.organizations.roles import roles
from cchc.records.text import LocalText

_EVERY_ROLE: Final = LocalText("tất cả các vai trò", "all roles")
_OF_ACCOUNTS: Final[Mapping[str, str]] = {
    PASSWORD_SET: kinds.PASSWORD_SET,
    SECOND_FACTOR_SET_UP: kinds.SECOND_FACTOR_SET_UP,
    RECOVERY_CODES_MADE: kinds.RECOVERY_CODES_MADE,
    SECOND_FACTOR_ENDED: kinds.SECOND_FACTOR_ENDED,
    ACCOUNT_CLOSED: kinds.ACCOUNT_CLOSED,
    ACCOUNT_REOPENED: kinds.ACCOUNT_REOPENED,
}
_DAYS_TOLD: Final[Mapping[str, tuple[str, ...]]] = {
    kinds.DELEGATION_GIVEN: ("starts_on", "ends_on"),
    kinds.DELEGATION_ENDED: ("ends_on",),
    kinds.DELEGATION_TAKEN_BACK: ("starts_on",),
}
_Tellings = Iterable[Telling]


def tell_of_roles(events: Sequence[Happened]) -> None:
    """Who holds a role from now on, or no longer."""
    facts = [event.after or event.before or {} for event in events]
    units = _names_of_units({fact["unit_id"] for fact in facts}, timezone.localtime(events[0].at).date())
    _tell(events, (_of_role(event, fact, units[fact["unit_id"]]) for event, fact in zip(events, facts, strict=True)))


def _of_role(event: Happened, fact: Mapping[str, Any], unit: LocalText) -> Telling:
    role = roles()[fact["role"]]
    common = {"role": role.name, "unit": unit, "by": event.actor.name}
    if event.kind == ROLE_GRANTED:
        days = {"starts_on": fact["starts_on"], "ends_on": fact["ends_on"]}
        return Telling(kinds.ROLE_GRANTED, fact["official_id"], event.subject, common | days | {"duty": role.duty})
    last_day = None if event.after is None else fact["ends_on"]  # one that was taken back whole has none
    more = {"last_day": last_day, "reason": event.reason}
    return Telling(kinds.ROLE_WITHDRAWN, fact["official_id"], event.subject, common | more)


def tell_of_delegations(events: Sequence[Happened]) -> None:
    """Both sides, except who did it."""
    facts = [event.after or event.before or {} for event in events]
    people = Official.objects.in_bulk({fact[side] for fact in facts for side in ("principal_id", "deputy_id")})
    pairs = zip(events, facts, strict=True)
    _tell(events, (one for event, fact in pairs for one in _of_delegation(event, fact, people)))


def _of_delegation(event: Happened, fact: Mapping[str, Any], people: Mapping[int, Official]) -> _Tellings:
    principal, deputy = people[fact["principal_id"]], people[fact["deputy_id"]]
    role = roles()[fact["role"]].name if fact["role"] else _EVERY_ROLE
    parameters: dict[str, object] = {
        "principal": principal.name,
        "deputy": deputy.name,
        "role": role,
        "reason": event.reason or fact["reason"],
        "by": event.actor.name,
    }
    kind = kinds.DELEGATION_TAKEN_BACK if event.after is None else kinds.DELEGATION_ENDED
    if event.kind == DELEGATION_GIVEN:
        kind = kinds.DELEGATION_GIVEN
    parameters |= {day: fact[day] for day in _DAYS_TOLD[kind]}
    told = [person for person in (principal, deputy) if person.code != event.actor.identity]
    return [Telling(kind, person.pk, event.subject, parameters) for person in told]


def tell_of_accounts(events: Sequence[Happened]) -> None:
    """The owner of the account, also when it was they who did it: it may have been somebody with their session."""
    accounts = Account.objects.in_bulk({int(event.subject[1]) for event in events})
    _tell(events, (_of_account(event, accounts[int(event.subject[1])]) for event in events))


def _of_account(event: Happened, account: Account) -> Telling:
    parameters = {"username": account.username, "by": event.actor.name, "reason": event.reason}
    if event.kind == ACCOUNT_CLOSED and account.ended_at is not None and account.ended_at > event.at:
        closes = parameters | {"from_day": timezone.localtime(account.ended_at).date()}
        return Telling(kinds.ACCOUNT_CLOSES, account.official_id, event.subject, closes)
    parameters |= {"at": event.at}
    return Telling(_OF_ACCOUNTS[event.kind], account.official_id, event.subject, parameters)


def tell_of_calendars(events: Sequence[Happened]) -> None:
    """The head of each unit for which another calendar was chosen, except who chose it."""
    chosen = [(event, event.after) for event in events if event.before is None and event.after is not None]
    if not chosen:
        return
    day = timezone.localtime(events[0].at).date()
    units = {fact["unit_id"] for _, fact in chosen}
    heads, names = heads_of(units, day), _names_of_units(units, day)
    _tell(events, (_of_calendar(event, fact, heads, names) for event, fact in chosen if _is_told(event, fact, heads)))


def _is_told(event: Happened, fact: Mapping[str, Any], heads: Mapping[int, Official]) -> bool:
    head = heads.get(fact["unit_id"])
    return head is not None and head.code != event.actor.identity


def _of_calendar(
    event: Happened, fact: Mapping[str, Any], heads: Mapping[int, Official], names: Mapping[int, LocalText]
) -> Telling:
    calendar = load_calendar(fact["calendar"]).title
    said = {"unit": names[fact["unit_id"]], "calendar": calendar, "starts_on": fact["starts_on"]}
    return Telling(kinds.CALENDAR_CHOSEN, heads[fact["unit_id"]].pk, event.subject, said | {"by": event.actor.name})


def _tell(events: Sequence[Happened], tellings: _Tellings) -> None:
    tell(actor=events[0].actor, now=events[0].at, tellings=list(tellings))


def _names_of_units(keys: set[int], day: date) -> dict[int, LocalText]:
    """What each is called on that day, was called last, or will be called first when it is not there yet."""
    placed = list(Placement.objects.filter(unit__in=keys).order_by("starts_on", "pk"))
    first_to_last = [one for one in reversed(placed) if one.starts_on > day] + [
        one for one in placed if one.starts_on <= day
    ]
    return {one.unit_id: LocalText(one.name_vi, one.name_en or None) for one in first_to_last}


FOLLOWERS: Final[Mapping[str, Follower]] = {
    CALENDAR_CHOSEN: tell_of_calendars,
    ROLE_GRANTED: tell_of_roles,
    ROLE_WITHDRAWN: tell_of_roles,
    DELEGATION_GIVEN: tell_of_delegations,
    DELEGATION_ENDED: tell_of_delegations,
    **dict.fromkeys(_OF_ACCOUNTS, tell_of_accounts),
}
