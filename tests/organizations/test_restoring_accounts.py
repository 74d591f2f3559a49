"""Whoever forgot the password, lost the device or must be shut out is helped by an administrator; nobody by oneself."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from cchc.audit.models import AuditEvent
from cchc.notices.models import Notice
from cchc.organizations.actions.accounts import open_account
from cchc.organizations.actions.rights import delegate
from cchc.organizations.models import Account, Official
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, TODAY, grant, official, unit
from tests.organizations.test_signing_in import PASSWORD, sign_in, signed_in_as

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
AT_CLERK = "/can-bo/cb1/tai-khoan/"


@pytest.fixture
def account(province) -> Account:
    """A clerk of the province with a second factor."""
    person = official("cb1", "Lê Văn Ba", province)
    opened = open_account(**BY_TESTS, official=person, username="ba.lv", password=PASSWORD)
    Authenticator.objects.create(user=opened, type="totp", data={"secret": "x"})
    return opened


@pytest.fixture
def clerk(account) -> Client:
    """The clerk's browser, as signed in before the device was set up."""
    factors = Authenticator.objects.filter(user=account)
    factors.delete()
    client = Client()
    sign_in(client, username="ba.lv")
    assert signed_in_as(client) == "Lê Văn Ba"
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    return client


def event(kind: str) -> AuditEvent:
    return AuditEvent.objects.filter(kind=f"organizations.{kind}").get()


def told() -> list[tuple[str, str]]:
    notices = Notice.objects.filter(kind__startswith="notices.").order_by("pk")
    return [(one.kind.removeprefix("notices."), one.recipient.code) for one in notices if "role" not in one.kind]


def test_a_forgotten_password_is_replaced_by_one_that_is_shown_once(administrator, clerk, account):
    answer = administrator.post(f"{AT_CLERK}mat-khau/", {"reason": "Quên mật khẩu"})
    new = answer.context["password"]
    assert answer.status_code == 200 and new in answer.content.decode()
    account.refresh_from_db()
    assert account.check_password(new) and not account.check_password(PASSWORD)
    assert signed_in_as(clerk) == ""
    found = event("password_set")
    assert found.actor_identity == "quan-tri" and "Quên mật khẩu" in found.payload.body
    assert new not in found.payload.body and "argon2" not in found.payload.body
    assert told() == [("password_set", "cb1")]
    assert new not in administrator.get("/can-bo/cb1/").content.decode()


def test_a_lost_device_counts_no_more(administrator, clerk, account):
    assert administrator.post(f"{AT_CLERK}hai-lop/", {"reason": "Mất điện thoại"}).status_code == 302
    assert not Authenticator.objects.filter(user=account).exists()
    assert signed_in_as(clerk) == ""
    sign_in(clerk, username="ba.lv")
    assert signed_in_as(clerk) == "Lê Văn Ba", "by the password alone"
    assert "Mất điện thoại" in event("second_factor_ended").payload.body
    assert told() == [("second_factor_ended", "cb1")]
    assert administrator.post(f"{AT_CLERK}hai-lop/", {"reason": "Lần nữa"}).status_code == 422


def test_who_is_shut_out_stays_out_until_the_account_is_opened_again(administrator, clerk, account):
    Authenticator.objects.filter(user=account).delete()
    assert administrator.post(f"{AT_CLERK}khoa/", {"reason": "Nghi lộ mật khẩu"}).status_code == 302
    other = Client()
    sign_in(other, username="ba.lv")
    assert (signed_in_as(clerk), signed_in_as(other)) == ("", "")
    page = administrator.get("/can-bo/cb1/").content.decode()
    assert "đã khóa ngày 23/11/2026" in page and f"{AT_CLERK}mo-lai/" in page and f"{AT_CLERK}mat-khau/" not in page
    assert administrator.post(f"{AT_CLERK}mat-khau/", {"reason": "A"}).status_code == 422
    assert administrator.post(f"{AT_CLERK}mo-lai/", {"reason": "Đã xác minh"}).status_code == 302
    assert signed_in_as(clerk) == "", "a session from before does not come alive again"
    sign_in(other, username="ba.lv")
    assert signed_in_as(other) == "Lê Văn Ba"
    assert administrator.post(f"{AT_CLERK}mo-lai/", {"reason": "Lần nữa"}).status_code == 422
    assert told() == [("account_closed", "cb1"), ("account_reopened", "cb1")]


@pytest.mark.parametrize("what", ["mat-khau", "hai-lop", "khoa", "mo-lai"])
def test_nothing_without_a_reason_and_nothing_for_oneself(administrator, account, what):
    before = Account.objects.get(pk=account.pk).password
    assert administrator.post(f"{AT_CLERK}{what}/", {"reason": "  "}).status_code == 422
    assert Account.objects.get(pk=account.pk).password == before
    assert administrator.post(f"/can-bo/quan-tri/tai-khoan/{what}/", {"reason": "Tôi"}).status_code == 403
    assert Authenticator.objects.filter(user=account).exists()
    assert not told()


def test_a_deputy_restores_neither_the_own_account_nor_the_principals(administrator, account, province):
    """Who acts for an administrator, and holds nothing, would else be free to end the own second factor."""
    deputy, principal = account.official, Official.objects.get(code="quan-tri")
    days = {"starts_on": TODAY, "ends_on": TODAY, "reason": "Họp"}
    delegate(**BY_TESTS, principal=principal, deputy=deputy, **days)
    client = client_of(deputy)
    client.post(reverse("organizations:act-for"), {"principal": "quan-tri"})
    official("cb2", "Trần Văn Dũng", province)
    assert client.post("/can-bo/cb2/tai-khoan/", {"username": "dung.tv"}).status_code == 200, "acts as administrator"
    for code in ("cb1", "quan-tri"):
        assert client.post(f"/can-bo/{code}/tai-khoan/hai-lop/", {"reason": "A"}).status_code == 403


def test_an_account_that_acts_for_somebody_mightier_is_not_taken_over(province, account):
    """By the clerk's password the administrator of the commune would act for the head of the province."""
    commune = unit("xa", province)
    clerk, head = official("cb3", "Lò Văn Ẵng", commune), official("truong", "Trần Văn Dũng", province)
    grant(head, "unit_head", province)
    below = official("qt-xa", "Hà Thị Sen", commune)
    grant(below, "administrator", commune)
    open_account(**BY_TESTS, official=clerk, username="ang.lv", password=PASSWORD)
    client, address = client_of(below), "/can-bo/cb3/tai-khoan/mat-khau/"
    assert client.post(address, {"reason": "Quên"}).status_code == 200
    delegate(**BY_TESTS, principal=head, deputy=clerk, starts_on=TODAY, ends_on=TODAY, reason="Họp")
    assert client.post(address, {"reason": "Quên"}).status_code == 403
    assert f'"{address}"' not in client.get("/can-bo/cb3/").content.decode()


def test_who_has_left_is_still_shut_out(administrator, account, province):
    former = official("cu", "Phạm Thị Cúc", province, ends_on=TODAY.replace(day=1))
    open_account(**BY_TESTS, official=former, username="cuc.pt", password=PASSWORD)
    assert "/can-bo/cu/tai-khoan/khoa/" in administrator.get("/can-bo/cu/").content.decode()
    assert administrator.post("/can-bo/cu/tai-khoan/khoa/", {"reason": "Đã nghỉ việc"}).status_code == 302


@pytest.mark.parametrize("key", ["renew", "drop", "close"])
def test_without_javascript_the_dialog_stands_on_the_page(administrator, account, key):
    page = administrator.get(f"/can-bo/cb1/?confirm={key}").content.decode()
    assert f'<dialog id="{key}" aria-labelledby="{key}-title" open>' in page
