"""The first administrator of an installation sets up the second factor and goes on at once, in the same session."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cchc.organizations.actions import accounts
from cchc.organizations.models import Unit
from tests.factories.organizations import BY_TESTS, grant, official, unit
from tests.organizations.test_second_factor import set_up
from tests.organizations.test_signing_in import PASSWORD, sign_in


def administers(client: Client, province: Unit) -> bool:
    viewer: Any = client.get(reverse("organizations:account")).wsgi_request.viewer
    return bool(viewer.holds_over(province, "administrator"))


@pytest.mark.requirement(124)
@pytest.mark.usefixtures("committed_database", "today")
def test_whoever_sets_it_up_has_shown_it_and_whoever_removes_it_has_none(client: Client) -> None:
    person = official("cb1", "Nguyễn Thị Hoa", unit("tinh"))
    accounts.open_account(**BY_TESTS, official=person, username="hoa.nt", password=PASSWORD)
    province = Unit.objects.get(code="tinh")
    grant(person, "administrator", province, covers_subtree=True)
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert not administers(client, province)
    set_up(client)
    assert administers(client, province)
    client.post(reverse("mfa_deactivate_totp"))
    assert not administers(client, province)
