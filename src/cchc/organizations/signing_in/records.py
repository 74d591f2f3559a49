"""Writes every sign-in into the audit chain, whichever way it came; keeps which ways a session has shown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from cchc.organizations.actions.accounts import note_sign_in
from cchc.organizations.models import Account
from cchc.organizations.viewers import actor_of

SECOND_FACTOR: Final = "mfa"
"""What allauth calls it among the ways of a session."""


@receiver(user_logged_in, sender=Account, dispatch_uid="organizations.note_sign_in")
def write_down(sender: type[Account], request: HttpRequest, user: Account, **_: Any) -> None:
    """Note who signed in and by which ways."""
    shown = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, []) if request is not None else []
    note_sign_in(
        actor=actor_of(user.official), now=datetime.now(UTC), account=user, ways=[str(way["method"]) for way in shown]
    )


@receiver(authenticator_added, sender=Authenticator, dispatch_uid="organizations.count_second_factor")
def count_at_once(request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    """Whoever sets up the second factor has shown a code of it: the session need not be begun again."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, SECOND_FACTOR, type=authenticator.type, id=authenticator.pk)


@receiver(authenticator_removed, sender=Authenticator, dispatch_uid="organizations.forget_second_factor")
def count_no_longer(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    """Whoever removes it has none to show, in this session as in the next."""
    if authenticator.type == Authenticator.Type.TOTP:
        shown = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [way for way in shown if way["method"] != SECOND_FACTOR]
