"""Where allauth meets our accounts: our delays, our actions, our sentences; nobody signs up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from math import ceil
from typing import Any, Final

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cchc.interface.counters import counters
from cchc.organizations.actions.accounts import set_password, tie_identity
from cchc.organizations.models import Account
from cchc.organizations.signing_in.delays import Attempt, left_to_wait, note_failure, note_success
from cchc.organizations.signing_in.devices import known_device, remember_device
from cchc.organizations.viewers import actor_of

log = structlog.get_logger(__name__)
# What allauth tells after an action, in our words; what is not here needs no sentence.
_MESSAGES: Final[Mapping[str, Callable[[], str]]] = {
    "account/messages/password_changed.txt": lambda: _("The password is changed; other sessions are ended."),
    "mfa/messages/totp_activated.txt": lambda: _("The second factor is set up."),
    "mfa/messages/totp_deactivated.txt": lambda: _("The second factor is removed."),
    "mfa/messages/recovery_codes_generated.txt": lambda: _("There are new recovery codes; the old ones are void."),
    "usersessions/messages/sessions_logged_out.txt": lambda: _("The other sessions are ended."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by name and password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Administrators open accounts."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Make those wait who failed before; also the right password is not looked at until then."""
        left = left_to_wait(_attempt(request, credentials), counters(), _now())
        if left:
            seconds = ceil(left.total_seconds())
            log.warning("sign_in_delayed", seconds=seconds)
            raise ValidationError(
                ngettext(
                    "Too many attempts. Try again in %(seconds)d second.",
                    "Too many attempts. Try again in %(seconds)d seconds.",
                    seconds,
                )
                % {"seconds": seconds}
            )

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count it. The log says that it happened, not who it was."""
        log.warning("sign_in_failed")
        note_failure(_attempt(request, credentials), counters(), _now())

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """As in allauth; a success forgets the failures of this address at this account."""
        account = super().authenticate(request, **credentials)
        if account is not None:
            note_success(_attempt(request, credentials), counters())
        return account

    def post_login(self, request: HttpRequest, user: Any, **given: Any) -> HttpResponse:
        """The device is known from now on."""
        response = super().post_login(request, user, **given)
        remember_device(request, response, user.username)
        return response

    def set_password(self, user: Any, password: str) -> None:
        """By an action, as every write."""
        set_password(actor=actor_of(user.official), now=_now(), account=user, password=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To the desk: whoever had to change the password wanted to go on."""
        return reverse("interface:desk")

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """The mistakes people make, in our words."""
        if code == "username_password_mismatch":
            return ValidationError(_("Name or password is wrong."))
        return super().validation_error(code, *args)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *_args: Any, **_given: Any
    ) -> None:
        """Only what is worth a sentence."""
        say = _MESSAGES.get(message_template or "")
        if say is not None:
            messages.add_message(request, level, say())

    def send_notification_mail(self, *_args: Any, **_given: Any) -> None:
        """Notices go through the room `notices`, not from here."""


class ProvincialSignInAdapter(DefaultSocialAccountAdapter):
    """Sign-in by the province's own service (OpenID Connect). It opens no account: it leads to one that is there."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Administrators open accounts."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The first time, tie the identity to the account with the same name (`preferred_username`)."""
        if sociallogin.is_existing and not sociallogin.user.is_closed_on(localdate()):
            return
        name = str(
            sociallogin.account.extra_data.get("userinfo", sociallogin.account.extra_data).get("preferred_username", "")
        )
        account = Account.objects.filter(username=name.strip().lower()).order_by("pk").first()
        if account is None or sociallogin.is_existing or account.is_closed_on(localdate()):
            log.warning("provincial_sign_in_unknown")
            messages.error(
                request, _("No account of this system has that identity. Ask your administrator to open one.")
            )
            raise ImmediateHttpResponse(redirect("account_login"))
        tie_identity(actor=actor_of(account.official), now=_now(), account=account, identity=sociallogin.account)
        sociallogin.user = account


def _attempt(request: HttpRequest, credentials: Mapping[str, Any]) -> Attempt:
    username = str(credentials.get("username") or "").strip().lower()
    address = str(request.META.get("REMOTE_ADDR", ""))
    return Attempt(address, username, known_device(request, username))


def _now() -> datetime:
    return datetime.now(UTC)
