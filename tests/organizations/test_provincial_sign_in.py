"""Signing in by the province's own service (OpenID Connect) leads to an account that is there, and opens none."""

from __future__ import annotations

from collections.abc import Iterator

import environ
import pytest
import requests
from django.test import Client
from django.urls import reverse

from cchc.audit.models import AuditEvent
from cchc.config.provincial import provincial_sign_in, sign_in_origins
from cchc.organizations.actions.accounts import open_account
from cchc.organizations.models import Account
from tests.factories.organizations import BY_TESTS, official
from tests.support.openid import CLIENT, Provider, openid_provider

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(124)]


@pytest.fixture
def province(settings, monkeypatch, tmp_path) -> Iterator[Provider]:
    secret = tmp_path / "secret"
    secret.write_text("bi-mat\n")
    with openid_provider() as provider:
        monkeypatch.setenv("CCHC_OIDC_SERVER", provider.address)
        monkeypatch.setenv("CCHC_OIDC_CLIENT", CLIENT)
        monkeypatch.setenv("CCHC_OIDC_SECRET_FILE", str(secret))
        monkeypatch.setenv("CCHC_OIDC_NAME", "Tài khoản tỉnh")
        settings.SOCIALACCOUNT_PROVIDERS = provincial_sign_in(environ.Env())
        settings.CCHC_DATA = tmp_path
        yield provider


@pytest.fixture
def account() -> Account:
    return open_account(**BY_TESTS, official=official("cb1", "Nguyễn Thị Hoa"), username="hoa.nt")


def sign_in(client: Client):
    """The whole way there and back; what the site answers at the end."""
    there = client.post(reverse("openid_connect_login", args=["tinh"]))
    assert there.status_code == 302
    back = requests.get(there.url, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def name_shown(client: Client) -> str:
    page = client.get(reverse("organizations:account"))
    return page.context["who"].name if page.status_code == 200 else ""


def test_the_page_offers_the_service_only_where_there_is_one(client, province, settings):
    assert "Đăng nhập bằng Tài khoản tỉnh" in client.get(reverse("account_login")).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "Tài khoản tỉnh" not in client.get(reverse("account_login")).content.decode()


def test_the_identity_is_tied_to_the_account_of_that_name_and_stays_so(client, province, account):
    sign_in(client)
    assert name_shown(client) == "Nguyễn Thị Hoa"
    client.post(reverse("account_logout"))
    province.person["preferred_username"] = "ten-moi"  # the province renames; the identity stays
    sign_in(client)
    assert name_shown(client) == "Nguyễn Thị Hoa"
    ways = [event.payload.body for event in AuditEvent.objects.filter(kind="organizations.signed_in").order_by("pk")]
    assert ["socialaccount" in body for body in ways] == [True, True]


@pytest.mark.parametrize("person", [
    {"sub": "2", "preferred_username": "nguoi-la"}, {"sub": "3"}, {"sub": "4", "preferred_username": "  "},
])  # fmt: skip
def test_an_unknown_identity_opens_no_account(client, province, account, person):
    province.person = person
    answer = sign_in(client)
    assert answer.url == reverse("account_login")
    assert "Chưa có tài khoản nào" in client.get(answer.url).content.decode()
    assert (name_shown(client), Account.objects.count()) == ("", 1)


def test_a_closed_account_stays_closed(client, province, account):
    from cchc.organizations.actions.accounts import close_account

    close_account(**BY_TESTS, account=account, reason="Chuyển ngành")
    sign_in(client)
    assert name_shown(client) == ""


def test_a_stranger_that_answers_with_a_false_state_gets_nowhere(client, province, account):
    client.post(reverse("openid_connect_login", args=["tinh"]))
    answer = client.get(reverse("openid_connect_callback", args=["tinh"]), {"code": "c1", "state": "falsch"})
    assert "trả lời không đúng" in answer.content.decode()
    assert name_shown(client) == ""


def test_without_a_server_there_is_nothing(monkeypatch):
    monkeypatch.delenv("CCHC_OIDC_SERVER", raising=False)
    assert provincial_sign_in(environ.Env()) == {}
    assert sign_in_origins(environ.Env()) == []


def test_forms_may_lead_to_the_service_and_nowhere_else(monkeypatch):
    monkeypatch.setenv("CCHC_OIDC_SERVER", "https://sso.tinh.example:8443/realms/cchc")
    assert sign_in_origins(environ.Env()) == ["https://sso.tinh.example:8443"]
