"""What only whoever sets an installation up does: the first administrator."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from cchc.audit.actions import action
from cchc.audit.actors import Actor
from cchc.organizations.actions.accounts import open_account
from cchc.organizations.actions.people import engage_official
from cchc.organizations.actions.rights import grant_role
from cchc.organizations.models import Account, Official, Unit
from cchc.organizations.permissions import ADMINISTRATOR
from cchc.organizations.queries.people import administrators
from cchc.records.errors import refuse

POST = "Quản trị hệ thống"


@action
def set_up_administrator(
    *, actor: Actor, now: datetime, unit: Unit, code: str, name: str, username: str, password: str
) -> Account:
    """The first account that may set up units and people, from today on over `unit` and all under it.

    An official with that code takes the role, as imported; else they are entered, working in the unit. Raises
    `organizations.administrator_exists`, and what opening an account and entering an official raise.
    """
    today = localdate(now)
    Unit.objects.select_for_update().get(pk=unit.pk)  # two who set up at once
    if (there := administrators(today).first()) is not None:
        raise refuse("organizations.administrator_exists", name=there.username)
    official = Official.objects.filter(code=code).order_by("pk").first()
    if official is None:
        official = engage_official(actor=actor, now=now, unit=unit, code=code, name=name, post=POST, starts_on=today)
    grant_role(
        actor=actor, now=now, official=official, role=ADMINISTRATOR, unit=unit, starts_on=today, covers_subtree=True
    )
    return open_account(actor=actor, now=now, official=official, username=username, password=password, handed_over=True)
