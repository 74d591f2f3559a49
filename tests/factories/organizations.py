"""Units and people for tests, made the real way."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from cchc.audit.actors import Actor
from cchc.organizations.actions.people import enter_official, post_official
from cchc.organizations.actions.rights import grant_role
from cchc.organizations.actions.units import Standing, found_unit
from cchc.organizations.models import Account, Official, RoleGrant, Unit

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
TESTER = Actor("system", "tests")
BY_TESTS: dict[str, Any] = {"actor": TESTER, "now": NOW}
LONG_AGO = date(2005, 1, 1)


def unit(code: str, parent: Unit | None = None, kind: str = "", name: str = "", starts_on: date = LONG_AGO) -> Unit:
    """A province at the top, a commune under one, an office under anything else, unless `kind` says otherwise."""
    kind = kind or ("province" if parent is None else "commune" if parent.code == "tinh" else "office")
    standing = Standing(kind, name or f"Đơn vị {code}", parent)
    return found_unit(**BY_TESTS, code=code, standing=standing, starts_on=starts_on)


def official(code: str, name: str = "Nguyễn Văn An", works_in: Unit | None = None, **posting: Any) -> Official:
    """An official, posted in a unit if one is given."""
    person = enter_official(**BY_TESTS, code=code, name=name)
    if works_in is not None:
        given = {"post": "Chuyên viên", "starts_on": LONG_AGO} | posting
        post_official(**BY_TESTS, official=person, unit=works_in, **given)
    return person


def grant(person: Official, role: str, over: Unit, **more: Any) -> RoleGrant:
    """A role from long ago on."""
    return grant_role(**BY_TESTS, official=person, role=role, unit=over, **{"starts_on": LONG_AGO, **more})


def unsaved_account(person: Official) -> Account:
    """An account that is not in the database: enough for asking what it would see."""
    return Account(username=person.code, official=person, created_at=NOW)
