"""Writing the accounts and roles of a plan, many at a time. Accounts have no password: it comes by another way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cchc.audit.actions import record, values_of
from cchc.organizations.actions.accounts import facts_of
from cchc.organizations.actions.tally import Tally, create_in_parts
from cchc.organizations.audit_kinds import ACCOUNT_OPENED, ROLE_GRANTED
from cchc.organizations.importing.plans import Change
from cchc.organizations.importing.register import Granted, Opened
from cchc.organizations.models import Account, Official, RoleGrant, Unit
from cchc.organizations.queries.batches import BATCH, batches


def write_rights(changes: Sequence[Change], file: str, now: datetime, tally: Tally) -> None:
    """Every account and role; the officials and units are there by now. Within an action."""
    if not changes:
        return
    tally.begin(len(changes))
    people: dict[str, int] = {}
    for some in batches(dict.fromkeys(change.code for change in changes)):
        people |= dict(Official.objects.filter(code__in=some).order_by("pk").values_list("code", "pk"))
    units = dict(Unit.objects.order_by("pk").values_list("code", "pk"))
    opened = [_account(change, change.after, people, now) for change in changes if isinstance(change.after, Opened)]
    granted = [
        _grant(change.after, people[change.code], units) for change in changes if isinstance(change.after, Granted)
    ]
    create_in_parts(tally, (Account, opened, {}), (RoleGrant, granted, {}))
    accounts, grants = iter(opened), iter(granted)
    for number, change in enumerate(changes, 1):
        reason = f"{file}: {change.place.sheet or ''} {change.place.row}"
        if isinstance(change.after, Opened):
            account = next(accounts)
            record(ACCOUNT_OPENED, account, after=facts_of(account), reason=reason)
        else:
            grant = next(grants)
            record(ROLE_GRANTED, grant, after=values_of(grant), reason=reason)
        if number % BATCH == 0 or number == len(changes):
            tally.noted(number, len(changes))


def _account(change: Change, opened: Opened, people: dict[str, int], now: datetime) -> Account:
    account = Account(username=opened.username, official_id=people[change.code], created_at=now)
    account.set_unusable_password()
    return account


def _grant(granted: Granted, official: int, units: dict[str, int]) -> RoleGrant:
    return RoleGrant(
        official_id=official, role=granted.role, unit_id=units[granted.unit], starts_on=granted.starts_on,
        covers_subtree=granted.covers_subtree,
    )  # fmt: skip
