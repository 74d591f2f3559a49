"""Browsers of Django's test client in which somebody is signed in."""

from __future__ import annotations

from django.test import Client

from cchc.organizations.actions.accounts import open_account
from cchc.organizations.models import Account, Official
from tests.factories.organizations import BY_TESTS

PASSWORD = "lua-chin-tren-nuong-cao"


def client_of(person: Official, second_factor: bool = True) -> Client:
    """Signed in, as if by a second factor; with an account where there is none yet."""
    account = Account.objects.filter(official=person).first() or open_account(
        **BY_TESTS, official=person, username=f"{person.code}.ten", password=PASSWORD
    )
    client = Client()
    client.force_login(account)
    if second_factor:
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa"}]
        session.save()
    return client
