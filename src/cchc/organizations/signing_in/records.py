"""Writes every sign-in into the audit chain, whichever way it came."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from cchc.organizations.actions.accounts import note_sign_in
from cchc.organizations.models import Account
from cchc.organizations.viewers import actor_of


@receiver(user_logged_in, sender=Account, dispatch_uid="organizations.note_sign_in")
def write_down(sender: type[Account], request: HttpRequest, user: Account, **_: Any) -> None:
    """Note who signed in and by which ways."""
    shown = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, []) if request is not None else []
    note_sign_in(
        actor=actor_of(user.official), now=datetime.now(UTC), account=user, ways=[str(way["method"]) for way in shown]
    )
