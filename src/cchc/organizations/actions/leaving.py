"""An official leaves: retires, resigns, goes where this register does not reach. All that is held ends, too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.utils.timezone import localtime

from cchc.audit.actions import action
from cchc.audit.actors import Actor
from cchc.organizations.actions.accounts import close_account
from cchc.organizations.actions.dating import DAY, end, end_or_take_back, reason_of, take_back
from cchc.organizations.audit_kinds import DELEGATION_ENDED, DUTY_ENDED, POSTING_ENDED, ROLE_WITHDRAWN
from cchc.organizations.models import Account, Dated, Official, Posting
from cchc.organizations.queries.holdings import DUTY, GIVEN, LENT, POSTING, ROLE, Held, held_by
from cchc.records.errors import refuse
from cchc.records.sources import Source

_KINDS: Final[Mapping[str, str]] = {
    ROLE: ROLE_WITHDRAWN,
    GIVEN: DELEGATION_ENDED,
    LENT: DELEGATION_ENDED,
    DUTY: DUTY_ENDED,
}


@action
def leave_office(
    *, actor: Actor, now: datetime, official: Official, ends_on: date, reason: str, source: Source | None = None,
    expected: Collection[str] | None = None,
) -> Official:  # fmt: skip
    """`ends_on` is the last day in every post, and of every role, deputyship and duty; what has not begun by today and
    would begin later is taken back. From the day after it the account is closed.

    Raises `organizations.no_reason`, `organizations.no_posting_to_end`, `organizations.leaving_stale` when what is held
    is no longer what `expected` names (`Holding.name`), `records.ends_before_start` for a day before a post began.
    """
    locked, today = Official.objects.select_for_update().get(pk=official.pk), localtime(now).date()
    said, held = reason_of(reason, source), held_by(locked, today)
    records = _records(held)
    if expected is not None and {f"{kind}-{one.pk}" for kind, one in records} != set(expected):
        raise refuse("organizations.leaving_stale", name=locked.name)
    if not held.postings:
        raise refuse("organizations.no_posting_to_end", name=locked.name)
    for posting in held.postings:
        _end_posting(posting, locked, ends_on, today, said)
    for kind, one in records:
        if kind != POSTING and not _is_over(one, ends_on):
            end_or_take_back(one, locked, _last_day(one, ends_on, today), _KINDS[kind], said)
    account = Account.objects.filter(official=locked).order_by("pk").first()
    if account is not None and not account.is_closed_on(ends_on + DAY):
        close_account(actor=actor, now=now, account=account, reason=said, from_day=ends_on + DAY)
    return locked


def _records(held: Held) -> list[tuple[str, Dated]]:
    kinds: Iterable[tuple[str, Iterable[Any]]] = (
        (POSTING, held.postings), (ROLE, held.roles), (GIVEN, held.given), (LENT, held.lent), (DUTY, held.duties),
    )  # fmt: skip
    return [(kind, one) for kind, found in kinds for one in found]


def _end_posting(posting: Posting, official: Official, ends_on: date, today: date, said: str) -> None:
    if posting.starts_on > max(ends_on, today):
        take_back(posting, official, POSTING_ENDED, said)
    elif not _is_over(posting, ends_on):
        end(posting, ends_on, POSTING_ENDED, said)


def _is_over(one: Dated, ends_on: date) -> bool:
    return one.ends_on is not None and one.ends_on <= ends_on


def _last_day(one: Dated, ends_on: date, today: date) -> date:
    """The last day in office; of what began after it and counts already, its own first day."""
    return max(ends_on, one.starts_on) if one.starts_on <= today else ends_on
