"""Who a session belongs to: the account and its official in one query, asked at every request."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.auth_backends import AuthenticationBackend
from django.utils.timezone import localdate

from cchc.interface.prepared import Prepared
from cchc.organizations.models import Account

_ACCOUNT: Final = Prepared(
    lambda key: Account.objects.select_related("official").filter(pk=key).order_by("pk"), key=int
)


class AccountsWithOfficials(AuthenticationBackend):
    """allauth's way of signing in; only how a session's account is read is ours."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account with its official; None when it is closed."""
        account = _ACCOUNT.one(key=int(user_id))
        return account if account is not None and self.user_can_authenticate(account) else None

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether it is open today."""
        return not user.is_closed_on(localdate())
