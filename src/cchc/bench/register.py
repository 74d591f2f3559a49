"""The empty register in which pages are measured, and the official who looks at them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from django.test import Client

from cchc.audit.actors import Actor
from cchc.organizations.actions.accounts import open_account
from cchc.organizations.actions.people import enter_official, post_official
from cchc.organizations.actions.rights import grant_role
from cchc.organizations.models import Official, Unit
from cchc.records.errors import refuse

START: Final = date(2025, 7, 1)
"""Since when everything stands there."""
CODE: Final = "bench"
"""Of the official who looks, as official and as account."""


def check_empty() -> None:
    """What is measured is made here, and mixes with nothing else. Raises `organizations.register_not_empty`."""
    if Unit.objects.exists():
        raise refuse("organizations.register_not_empty")


def by_bench() -> dict[str, Any]:
    """Who acts, and when: the first arguments of every action."""
    return {"actor": Actor("system", CODE), "now": datetime.now(UTC)}


def signed_in(unit: Unit, post: str, role: str, *, covers_subtree: bool = False) -> tuple[Client, Official]:
    """An official of the unit with that role over it, signed in with a second factor."""
    by = by_bench()
    person = enter_official(**by, code=CODE, name="Người Đo")
    post_official(**by, official=person, unit=unit, post=post, starts_on=START)
    grant_role(**by, official=person, role=role, unit=unit, starts_on=START, covers_subtree=covers_subtree)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(open_account(**by, official=person, username=CODE))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa"}]
    session.save()
    return client, person
