"""A password that somebody else has seen lets its owner choose another one, and do nothing else before."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from cchc.audit.models import AuditEvent
from cchc.cli.main import main
from cchc.organizations.actions.accounts import open_account, reset_password, set_password
from cchc.organizations.actions.installation import set_up_administrator
from cchc.organizations.models import Account
from tests.factories.organizations import BY_TESTS, official, unit
from tests.organizations.test_signing_in import PASSWORD, sign_in, signed_in_as
from tests.organizations.test_units import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today"), pytest.mark.requirement(124)]
HANDED_OVER = "mat-khau-da-trao-tay"
OWN = "tu-chon-khong-ai-biet"
CHANGE = "/tai-khoan/mat-khau/"
WHY = "Mật khẩu này do người khác trao"


@pytest.fixture
def account(province) -> Account:
    person = official("cb1", "Lê Văn Ba", province)
    return open_account(
        **BY_TESTS, official=person, username="ba.lv", password=HANDED_OVER, handed_over=True
    )  # fmt: skip


@pytest.fixture
def owner(account) -> Client:
    """The browser of whoever has just signed in with the password that was handed over."""
    client = Client()
    assert sign_in(client, HANDED_OVER, "ba.lv").status_code == 302
    return client


def change(client: Client, new: str, old: str = HANDED_OVER, **more: str):
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new, **more})


@pytest.mark.parametrize(
    "address", ["/", "/ban-lam-viec/", "/tai-khoan/", "/don-vi/", "/en/don-vi/?q=a", "/dang-nhap/"]
)
def test_every_page_leads_to_the_change_and_names_the_way_back(owner, address):
    answer = owner.get(address)
    there = urlsplit(answer.url)
    assert (answer.status_code, there.path.removeprefix("/en")) == (302, CHANGE)
    assert parse_qs(there.query) == {"next": [address]}
    assert there.path.startswith("/en/") == address.startswith("/en/")


def test_nothing_is_written_before(owner):
    answer = owner.post(reverse("organizations:act-for"), {"principal": ""})
    assert (answer.status_code, answer.url) == (302, CHANGE)
    part = owner.get("/ban-lam-viec/", headers={"hx-request": "true"})
    assert part.headers["HX-Redirect"] == CHANGE, "not the whole page into a part of one"


def test_the_page_says_why_and_leads_back_after_the_change(owner, account):
    page = owner.get(f"{CHANGE}?next=/don-vi/").content.decode()
    assert WHY in page
    answer = change(owner, OWN, next="/don-vi/")
    assert (answer.status_code, answer.url) == (302, "/don-vi/")
    assert owner.get("/don-vi/").status_code == 200
    account.refresh_from_db()
    assert not account.must_change_password and account.check_password(OWN)
    assert WHY not in owner.get(CHANGE).content.decode()
    assert '"must_change_password":false' in AuditEvent.objects.filter(kind="organizations.password_set").get(
    ).payload.body.replace(" ", "")  # fmt: skip


def test_without_a_way_back_the_desk_opens(owner):
    assert change(owner, OWN).url == "/ban-lam-viec/"


def test_the_same_password_again_is_no_change(owner, account):
    answer = change(owner, HANDED_OVER)
    assert answer.status_code == 200 and "giống mật khẩu đang dùng" in answer.content.decode()
    assert owner.get("/ban-lam-viec/").status_code == 302
    assert refusal(set_password, **BY_TESTS, account=account, password=HANDED_OVER) == "organizations.same_password"


def test_leaving_and_how_pages_look_stay_open(owner):
    assert owner.get(f"/en{CHANGE}").status_code == 200
    assert owner.post("/tuy-chon/", {"contrast": "high", "next": CHANGE}).url == CHANGE
    assert owner.get("/khoe").status_code == 200
    assert owner.post("/dang-xuat/").url == "/"
    assert owner.get("/").status_code == 200, "the public is asked nothing"


def test_a_session_that_did_not_begin_with_the_password_goes_on(account, settings):
    """The province's own sign-in, and choosing a sample official of the demonstration."""
    for way in ("socialaccount", "demo"):
        client = Client()
        client.force_login(account)
        session = client.session
        session["account_authentication_methods"] = [{"method": way}]
        session.save()
        assert signed_in_as(client) == "Lê Văn Ba"


def test_a_restored_account_asks_again_and_the_own_change_does_not(account, owner):
    change(owner, OWN)
    account.refresh_from_db()
    reset_password(**BY_TESTS, account=account, password=HANDED_OVER, reason="Quên mật khẩu")
    again = Client()
    sign_in(again, HANDED_OVER, "ba.lv")
    assert again.get("/ban-lam-viec/").status_code == 302
    change(again, OWN)
    assert again.get("/ban-lam-viec/").status_code == 200


def test_whoever_gives_a_chance_password_has_it_changed(administrator, province, capsys):
    official("cb2", "Trần Văn Dũng", province)
    page = administrator.post("/can-bo/cb2/tai-khoan/", {"username": "dung.tv"})
    assert "lần đăng nhập đầu tiên" in page.content.decode()
    account = Account.objects.get(username="dung.tv")
    assert account.must_change_password
    set_password(**BY_TESTS, account=account, password=OWN)
    assert administrator.post("/can-bo/cb2/tai-khoan/mat-khau/", {"reason": "Quên"}).status_code == 200
    account.refresh_from_db()
    assert account.must_change_password
    set_password(**BY_TESTS, account=account, password=OWN)
    assert main(["accounts", "password", "dung.tv", "--reason", "Quên"]) == 0
    assert "phải đổi khi đăng nhập lần đầu" in capsys.readouterr().out
    account.refresh_from_db()
    assert account.must_change_password


def test_the_first_administrator_changes_the_printed_password():
    account = set_up_administrator(
        **BY_TESTS, unit=unit("khac"), code="qt", name="Nguyễn Thị Hoa", username="hoa.nt", password=HANDED_OVER
    )
    assert account.must_change_password


def test_a_password_of_ones_own_asks_nothing(province):
    person = official("cb3", "Phạm Thị Cúc", province)
    open_account(**BY_TESTS, official=person, username="cuc.pt", password=PASSWORD)
    client = Client()
    sign_in(client, username="cuc.pt")
    assert client.get("/ban-lam-viec/").status_code == 200
