"""Accounts are opened, given passwords and closed; who signed in is written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final, TypeVar

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime, make_aware

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.audit_kinds import (
    ACCOUNT_CLOSED,
    ACCOUNT_OPENED,
    ACCOUNT_REOPENED,
    IDENTITY_TIED,
    PASSWORD_SET,
    RECOVERY_CODES_MADE,
    SECOND_FACTOR_ENDED,
    SECOND_FACTOR_SET_UP,
    SIGNED_IN,
)
from cchc.organizations.models import Account, Official
from cchc.organizations.usernames import as_username
from cchc.records.errors import refuse

R = TypeVar("R")
_SECRET: Final = "password"  # noqa: S105 - the name of a column, never in the chain
_TO_CHANGE: Final = "must_change_password"


@action
def open_account(
    *,
    actor: Actor,
    now: datetime,
    official: Official,
    username: str,
    password: str | None = None,
    handed_over: bool = False,
) -> Account:
    """The official can sign in; without a password only through the province's own sign-in. One that is `handed_over`
    to its owner has been seen by others: it is changed at the first sign-in.

    Raises `organizations.not_a_username`, `organizations.code_taken`, `organizations.has_account`,
    `organizations.weak_password`.
    """
    username = as_username(username)
    if Account.objects.filter(username=username).exists():
        raise refuse("organizations.code_taken", code=username)
    if Account.objects.filter(official=official).exists():
        raise refuse("organizations.has_account", name=official.name)
    account = Account(username=username, official=official, created_at=now, must_change_password=handed_over)
    _give_password(account, password)
    account.save(force_insert=True)
    record(ACCOUNT_OPENED, account, after=facts_of(account))
    return account


@action
def set_password(*, actor: Actor, now: datetime, account: Account, password: str) -> Account:
    """A new password of the owner's own choice; every other session of the account ends with the old one.

    Raises `organizations.weak_password`, `organizations.same_password`.
    """
    if account.must_change_password and account.check_password(password):
        raise refuse("organizations.same_password")
    _give_password(account, password)
    _save_password(account, must_change=False)
    return account


@action
def reset_password(*, actor: Actor, now: datetime, account: Account, password: str, reason: str) -> Account:
    """A new password for somebody who lost theirs, changed at the next sign-in: every session of the account ends.

    Raises `organizations.no_reason`, `organizations.already_closed`, `organizations.weak_password`.
    """
    locked, why = _open(account, now), _reason(reason)
    _give_password(locked, password)
    _end_sessions(locked)
    _save_password(locked, must_change=True, reason=why)
    return locked


@action
def end_second_factor(*, actor: Actor, now: datetime, account: Account, reason: str) -> Account:
    """The device and the recovery codes count no more, every session ends; the official sets up another at the next
    sign-in, and until then roles that need one wait.

    Raises `organizations.no_reason`, `organizations.already_closed`, `organizations.no_second_factor`.
    """
    locked, why = _open(account, now), _reason(reason)
    factors = Authenticator.objects.filter(user=locked)
    ways = sorted(factors.values_list("type", flat=True))
    if not ways:
        raise refuse("organizations.no_second_factor", name=locked.username)
    factors.delete()
    _end_sessions(locked)
    record(SECOND_FACTOR_ENDED, locked, before={"ways": ways}, after={"ways": []}, reason=why)
    return locked


@action
def change_second_factor(*, actor: Actor, now: datetime, account: Account, change: Callable[[], R]) -> R:
    """Whoever has the account sets up the second factor, removes it or makes new recovery codes: `change` does so, and
    what it did is written down. The secrets are not. Answers what `change` answers.
    """
    locked = Account.objects.select_for_update().get(pk=account.pk)
    before = _factors(locked)
    answer = change()
    after = _factors(locked)
    kind = _change_of_factors(before, after)
    if kind is None:
        nothing_changed()
    else:
        record(kind, locked, before={"ways": sorted(before)}, after={"ways": sorted(after)})
    return answer


def _factors(account: Account) -> dict[str, int]:
    """The keys of the device and of the recovery codes, by type."""
    return dict(Authenticator.objects.filter(user=account).order_by("pk").values_list("type", "pk"))


def _change_of_factors(before: dict[str, int], after: dict[str, int]) -> str | None:
    """Recovery codes that come or go with the device are no event of their own."""
    device, codes = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES
    if after.get(device) != before.get(device):
        return SECOND_FACTOR_SET_UP if device in after else SECOND_FACTOR_ENDED
    return RECOVERY_CODES_MADE if after.get(codes) != before.get(codes) else None


@action
def close_account(
    *, actor: Actor, now: datetime, account: Account, reason: str, from_day: date | None = None
) -> Account:
    """Nobody signs in with it until it is opened again, and its sessions end: at once, or from a later day on.

    Raises `organizations.no_reason`, `organizations.already_closed`.
    """
    locked, why = _open(account, now), _reason(reason)
    before = facts_of(locked)
    if from_day is None or from_day <= localtime(now).date():
        locked.is_active, locked.ended_at = False, now
        _end_sessions(locked)
    else:
        locked.ended_at = make_aware(datetime.combine(from_day, time()))
    locked.save(update_fields=["is_active", "ended_at"])
    record(ACCOUNT_CLOSED, locked, before=before, after=facts_of(locked), reason=why)
    return locked


@action
def reopen_account(*, actor: Actor, now: datetime, account: Account, reason: str) -> Account:
    """It signs in again, with the password and the second factor that it had; one that is to be closed stays open.

    Raises `organizations.no_reason`, `organizations.not_closed`.
    """
    why = _reason(reason)
    locked = Account.objects.select_for_update().get(pk=account.pk)
    if locked.ended_at is None:
        raise refuse("organizations.not_closed", name=locked.username)
    before = facts_of(locked)
    locked.is_active, locked.ended_at = True, None
    locked.save(update_fields=["is_active", "ended_at"])
    record(ACCOUNT_REOPENED, locked, before=before, after=facts_of(locked), reason=why)
    return locked


@action
def tie_identity(*, actor: Actor, now: datetime, account: Account, identity: SocialAccount) -> SocialAccount:
    """From now on that identity at the province's own sign-in leads to the account."""
    identity.user = account
    identity.save()
    record(IDENTITY_TIED, account, after={"service": identity.provider, "subject": identity.uid}, personal=True)
    return identity


@action
def note_sign_in(*, actor: Actor, now: datetime, account: Account, ways: list[str]) -> None:
    """Write down that somebody signed in, and by which ways: `password`, `mfa`, `socialaccount`."""
    record(SIGNED_IN, account, after={"ways": ways})


def _give_password(account: Account, password: str | None) -> None:
    if password is not None:
        try:
            validate_password(password, account)
        except ValidationError as error:
            raise refuse("organizations.weak_password", why=" ".join(error.messages)) from error
    account.set_password(password)


def _save_password(account: Account, *, must_change: bool, reason: str = "") -> None:
    before = {_TO_CHANGE: account.must_change_password}
    account.must_change_password = must_change
    account.save(update_fields=[_SECRET, _TO_CHANGE])
    record(PASSWORD_SET, account, before=before, after={_TO_CHANGE: must_change}, reason=reason)


def _open(account: Account, now: datetime) -> Account:
    locked = Account.objects.select_for_update().get(pk=account.pk)
    if locked.is_closed_on(localtime(now).date()):
        raise refuse("organizations.already_closed", name=locked.username)
    return locked


def _reason(reason: str) -> str:
    if not reason.strip():
        raise refuse("organizations.no_reason")
    return reason.strip()


def _end_sessions(account: Account) -> None:
    """All of them; one that only begins now reads the account as it is from here on."""
    for session in UserSession.objects.filter(user=account).order_by("pk"):
        session.end()


def facts_of(account: Account) -> dict[str, object]:
    """What the chain says of an account: everything but the password."""
    return {name: value for name, value in values_of(account).items() if name != _SECRET}
