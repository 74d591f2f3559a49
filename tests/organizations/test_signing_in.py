"""Signing in with a name and a password, with a second factor, and what ends a session."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from cchc.audit.models import AuditEvent
from cchc.interface.counters import counters
from cchc.organizations.actions.accounts import close_account, open_account, set_password
from cchc.organizations.actions.rights import delegate
from cchc.organizations.models import Account
from cchc.organizations.signing_in.devices import COOKIE
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit
from tests.organizations.test_units import refusal

PASSWORD = "lua-chin-tren-nuong-cao"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def account() -> Account:
    person = official("cb1", "Nguyễn Thị Hoa", unit("tinh", name="tỉnh Mẫu"))
    return open_account(**BY_TESTS, official=person, username="Hoa.NT", password=PASSWORD)


def sign_in(client: Client, password: str = PASSWORD, username: str = "hoa.nt", **more):
    return client.post(reverse("account_login"), {"login": username, "password": password}, **more)


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def signed_in_as(client: Client) -> str:
    """The name that the header shows; empty for the public."""
    page = client.get(reverse("organizations:account"))
    return page.context["who"].name if page.status_code == 200 else ""


@pytest.mark.requirement(124)
def test_the_right_password_opens_the_own_desk(client, account):
    assert signed_in_as(client) == ""
    answer = sign_in(client, username=" HOA.nt ")
    assert (answer.status_code, answer.url) == (302, "/ban-lam-viec/")
    assert signed_in_as(client) == "Nguyễn Thị Hoa"
    (event,) = AuditEvent.objects.filter(kind="organizations.signed_in").order_by("pk")
    assert (event.actor_identity, event.payload.body.count("password")) == ("cb1", 1)


def test_a_wrong_password_and_an_unknown_name_sound_the_same(client, account):
    said = {str(sign_in(client, *pair).context["form"].errors) for pair in (("sai-mat-khau",), (PASSWORD, "khong-co"))}
    assert len(said) == 1
    assert "Tên hoặc mật khẩu chưa đúng" in said.pop()


def test_after_some_failures_also_the_right_password_waits(client, account):
    for _ in range(5):
        sign_in(client, "sai-mat-khau")
    refused = sign_in(client)
    assert refused.status_code == 200
    assert "Thử lại sau 1 giây" in str(refused.context["form"].errors)
    with time_machine.travel(NOW + timedelta(seconds=30), tick=False):
        assert sign_in(client).status_code == 302


def test_a_device_that_has_signed_in_is_not_locked_out_by_others(client, account):
    sign_in(client)
    client.post(reverse("account_logout"))
    assert COOKIE in client.cookies
    for number in range(30):
        sign_in(Client(), "sai-mat-khau", REMOTE_ADDR=f"10.0.0.{number}")
    assert sign_in(Client(), REMOTE_ADDR="10.9.9.9").status_code == 200, "a strange device waits"
    assert sign_in(client, REMOTE_ADDR="10.9.9.9").status_code == 302


def test_nor_by_somebody_behind_the_same_address(client, account):
    sign_in(client)
    client.post(reverse("account_logout"))
    for _ in range(6):
        sign_in(Client(), "sai-mat-khau")
    assert sign_in(Client()).status_code == 200, "a strange device waits there"
    assert sign_in(client).status_code == 302


def test_signing_in_between_gives_a_shared_device_no_more_guesses(client, account):
    """Somebody with an account of their own, on a computer on which the other has signed in."""
    open_account(**BY_TESTS, official=official("khac"), username="nguoi.khac", password=PASSWORD)
    sign_in(client)
    for _ in range(5):
        client.post(reverse("account_logout"))
        sign_in(client, "sai-mat-khau")
        client.post(reverse("account_login"), {"login": "nguoi.khac", "password": PASSWORD})
        client.post(reverse("account_logout"))
    assert "Thử lại sau" in str(sign_in(client).context["form"].errors)


def test_a_new_password_ends_the_other_sessions(client, account):
    other = Client()
    sign_in(client)
    sign_in(other)
    new = "suong-som-tren-dinh-nui"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), form).status_code == 302
    assert signed_in_as(client) == "Nguyễn Thị Hoa"
    assert signed_in_as(other) == ""
    client.post(reverse("account_logout"))
    assert sign_in(client).status_code == 200
    assert sign_in(client, new).status_code == 302
    events = AuditEvent.objects.filter(kind="organizations.password_set").order_by("pk")
    assert [("argon2" in event.payload.body, event.actor_identity) for event in events] == [(False, "cb1")]


def test_sessions_are_listed_and_ended(client, account):
    other = Client()
    sign_in(client)
    sign_in(other)
    page = client.get(reverse("usersessions_list"))
    assert page.context["session_count"] == 2
    client.post(reverse("usersessions_list"))
    assert (signed_in_as(client), signed_in_as(other)) == ("Nguyễn Thị Hoa", "")


@pytest.mark.requirement(124)
def test_a_closed_account_sees_nothing_from_the_next_request_on(client, account):
    sign_in(client)
    close_account(**BY_TESTS, account=account, reason="Nghỉ hưu")
    assert signed_in_as(client) == ""
    assert sign_in(client).status_code in (200, 302)
    assert signed_in_as(client) == ""
    assert refusal(close_account, **BY_TESTS, account=account, reason="Lần nữa") == "organizations.already_closed"


@pytest.mark.parametrize(("code", "given"), [
    ("organizations.not_a_username", {"username": "hai chữ"}),
    ("organizations.not_a_username", {"username": "ab"}),
    ("organizations.code_taken", {"username": "hoa.nt"}),
    ("organizations.weak_password", {"password": "ngan"}),
    ("organizations.weak_password", {"password": "0123456789"}),
])  # fmt: skip
def test_what_is_no_account(account, code, given):
    whole = {"official": official("cb2"), "username": "cb2.nv", "password": PASSWORD} | given
    assert refusal(open_account, **BY_TESTS, **whole) == code
    assert Account.objects.count() == 1


def test_a_person_has_one_account(account):
    again = {"official": account.official, "username": "khac.nt"}
    assert refusal(open_account, **BY_TESTS, **again) == "organizations.has_account"


def test_without_a_password_nobody_signs_in_with_one(client):
    open_account(**BY_TESTS, official=official("cb2"), username="cb2.nv")
    assert sign_in(client, "", "cb2.nv").status_code == 200
    assert sign_in(client, "!", "cb2.nv").status_code == 200


@pytest.mark.requirement(124)
def test_a_role_that_needs_it_counts_after_the_second_factor(client, account):
    province = account.official.postings.get().unit
    grant(account.official, "administrator", province, covers_subtree=True)
    sign_in(client)
    page = client.get(reverse("organizations:account"))
    assert [role["waits"] for role in page.context["roles"]] == [True]
    assert not page.wsgi_request.viewer.holds_over(province, "administrator")
    set_up = client.get(reverse("mfa_activate_totp"))
    assert urlsplit(set_up.url).path == reverse("account_reauthenticate"), "first the password once more"
    client.post(set_up.url, {"password": PASSWORD})
    set_up = client.get(reverse("mfa_activate_totp"))
    secret = set_up.context["form"].secret
    assert "style=" not in set_up.content.decode()
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    client.post(reverse("account_logout"))
    half = sign_in(client)
    assert half.url == reverse("mfa_authenticate")
    assert signed_in_as(client) == "", "the password alone is not enough now"
    with time_machine.travel(NOW + timedelta(seconds=31), tick=False):
        assert client.post(half.url, {"code": "000000"}).status_code == 200
        assert client.post(half.url, {"code": code_for(secret)}).status_code == 302
        page = client.get(reverse("organizations:account"))
    assert [role["waits"] for role in page.context["roles"]] == [False]
    assert page.wsgi_request.viewer.holds_over(province, "administrator")


@pytest.mark.requirement(124)
def test_one_acts_for_another_and_the_header_says_so(client, account):
    head = official("truong", "Trần Văn Dũng", account.official.postings.get().unit)
    grant(head, "unit_head", account.official.postings.get().unit)
    act = reverse("organizations:act-for")
    sign_in(client)
    assert client.post(act, {"principal": "truong"}).status_code == 403
    delegate(
        **BY_TESTS, principal=head, deputy=account.official, starts_on=TODAY, ends_on=date(2026, 11, 30), reason="Họp"
    )
    assert client.post(act, {"principal": "truong"}).status_code == 302
    page = client.get(reverse("organizations:account"))
    assert page.context["who"].acting_for == "Trần Văn Dũng"
    assert page.context["who"].acting_as == "đến 30/11/2026", "in all roles"
    assert "thay Trần Văn Dũng" in page.content.decode() and "đến 30/11/2026" in page.content.decode()
    assert [role["name"] for role in page.context["roles"]] == ["Người đứng đầu đơn vị"]
    client.post(act, {"principal": ""})
    assert client.get(reverse("organizations:account")).context["who"].acting_for == ""


@pytest.mark.requirement(124)
@pytest.mark.parametrize(
    ("until", "vi", "en"),
    [
        ((30, 30), "đến 30/11/2026: Công chức phụ trách cải cách hành chính, Người đứng đầu đơn vị",
         "until 30/11/2026: Reform officer, Head of unit"),
        ((27, 30), "Công chức phụ trách cải cách hành chính đến 27/11/2026; Người đứng đầu đơn vị đến 30/11/2026",
         "Reform officer until 27/11/2026; Head of unit until 30/11/2026"),
    ],
)  # fmt: skip
def test_the_header_says_in_which_roles_and_until_when_one_acts(client, account, until, vi, en):
    place = account.official.postings.get().unit
    head = official("truong", "Trần Văn Dũng", place)
    for role, day in zip(("reform_officer", "unit_head"), until, strict=True):
        grant(head, role, place)
        delegate(
            **BY_TESTS, principal=head, deputy=account.official, role=role, starts_on=TODAY,
            ends_on=date(2026, 11, day), reason="Họp",
        )  # fmt: skip
    sign_in(client)
    client.post(reverse("organizations:act-for"), {"principal": "truong"})
    assert vi in client.get("/ban-lam-viec/").content.decode()
    assert en in client.get("/en/ban-lam-viec/").content.decode()


@pytest.mark.parametrize("name", ["account_signup", "socialaccount_signup"])
def test_nobody_signs_up(client, name):
    answer = client.post(reverse(name), {"username": "khach", "password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code in (200, 302)
    assert not Account.objects.exists()


@pytest.mark.parametrize("name", [
    "account_change_password", "mfa_index", "mfa_activate_totp", "usersessions_list", "mfa_view_recovery_codes",
])  # fmt: skip
def test_the_public_is_sent_to_the_sign_in(client, name):
    answer = client.get(reverse(name))
    assert (answer.status_code, urlsplit(answer.url).path) == (302, reverse("account_login"))


def test_the_counts_lie_outside_the_register(client, account, tmp_path):
    sign_in(client, "sai-mat-khau")
    assert (tmp_path / "counts.sqlite3").is_file()
    assert counters().get("sign-in", "account", "hoa.nt", now=NOW, within=timedelta(hours=1)).number == 1


def test_an_administrator_sets_a_password_anew(client, account):
    set_password(**BY_TESTS, account=account, password="mat-khau-tam-thoi-1")
    assert sign_in(client, "mat-khau-tam-thoi-1").status_code == 302
