"""The sample province: invented people in real places, marked as such; a way in only for the demonstration."""

from __future__ import annotations

import pytest
import time_machine
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.test import Client
from django.urls import reverse

from cchc.cli.demo import _is_loopback
from cchc.demo.province import load_sample_province, read_sample
from cchc.organizations.actions.accounts import open_account
from cchc.organizations.models import Account, Official, RoleGrant, Unit
from cchc.organizations.passwords import chance_password
from cchc.organizations.roles import roles_over_units
from tests.factories.organizations import BY_TESTS, NOW, official

pytestmark = pytest.mark.django_db
SWITCH = "/dang-nhap/vai/"
PASSWORD = "mat-khau-cua-ban-mau"


@pytest.fixture(scope="module", autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def province(filled_once, today) -> None:
    load_sample_province(NOW, {"quantri": PASSWORD, "cchcxa": PASSWORD})


def test_whoever_is_invented_is_marked(province):
    assert Official.objects.filter(is_sample=False).count() == 0
    samples = Unit.objects.filter(is_sample=True).count()
    assert samples == len(read_sample().units)
    assert Unit.objects.filter(is_sample=False).count() == 63 + 96 + 8 + 10, "provinces, communes, Kon Rẫy, Kon Plông"
    assert set(Account.objects.values_list("username", flat=True).order_by("pk")) == {"quantri", "cchcxa"}


def test_every_role_of_the_product_has_somebody(province):
    held = set(RoleGrant.objects.values_list("role", flat=True).distinct().order_by("role"))
    assert held == {role.id for role in roles_over_units()}


def test_names_of_samples_say_so():
    sample = read_sample()
    assert [unit.name.vi for unit in sample.units if "(mẫu)" not in unit.name.vi] == []
    assert len({person.username for person in sample.people}) == len(sample.people)


def test_no_chance_password_can_be_too_like_a_user_name():
    longest = max(len(person.username) for person in read_sample().people)
    length = len(chance_password())
    assert 2 * longest / (longest + length) < UserAttributeSimilarityValidator().max_similarity


def test_one_enters_as_a_sample_official_with_all_its_roles(province, settings):
    settings.CCHC_DEMO = True
    client = Client(headers={"host": "127.0.0.1:8000"})
    assert "Vào vai Lê Minh Khoa" in client.get(SWITCH).content.decode()
    assert SWITCH in client.get(reverse("account_login")).content.decode()
    assert client.post(SWITCH, {"username": "quantri"}).status_code == 302
    page = client.get("/tai-khoan/")
    assert page.context["who"].name == "Lê Minh Khoa"
    assert [role["waits"] for role in page.context["roles"]] == [False]
    assert "Phiên này" in client.get(reverse("usersessions_list")).content.decode()
    client.post(SWITCH, {"username": "cchcxa"})
    assert client.get("/tai-khoan/").context["who"].name == "A Lợi"


def test_outside_the_demonstration_there_is_no_such_way(province, settings):
    client = here = Client(headers={"host": "localhost:8000"})
    assert client.get(SWITCH).status_code == 404
    assert client.post(SWITCH, {"username": "quantri"}).status_code == 404
    assert SWITCH not in client.get(reverse("account_login")).content.decode()
    settings.CCHC_DEMO = True
    for address in ("10.0.0.7", "", "::ffff:10.0.0.7"):
        assert here.post(SWITCH, {"username": "quantri"}, REMOTE_ADDR=address).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "demo.mau.gov.vn"},
        {"host": "127.0.0.1", "x-forwarded-for": "203.0.113.7"},
        {"host": "localhost", "forwarded": "for=203.0.113.7"},
        {"host": "localhost", "x-real-ip": "203.0.113.7"},
        {"host": "[::1]", "via": "1.1 proxy"},
    ],
)
@pytest.mark.requirement(124)
def test_behind_a_proxy_or_under_another_name_there_is_no_such_way(province, settings, headers):
    """A proxy on this machine asks from 127.0.0.1 for everybody; a name that leads here may be anybody's."""
    settings.CCHC_DEMO, settings.ALLOWED_HOSTS = True, ["*"]
    assert Client(headers=headers).get(SWITCH).status_code == 404
    assert Client(headers=headers).post(SWITCH, {"username": "quantri"}).status_code == 404
    assert (
        Client(headers={"host": headers["host"].replace("demo.mau.gov.vn", "localhost")}).get(SWITCH).status_code == 200
    )


def test_nobody_enters_as_a_real_official(client, province, settings):
    settings.CCHC_DEMO = True
    open_account(**BY_TESTS, official=official("that"), username="nguoi.that", password=PASSWORD)
    assert client.post(SWITCH, {"username": "nguoi.that"}).status_code == 404
    assert "nguoi.that" not in client.get(SWITCH).content.decode()


@pytest.mark.parametrize(("host", "is_loopback"), [
    ("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("10.0.0.1", False),
    ("cchc.tinh", False),
])  # fmt: skip
def test_accounts_are_made_only_where_nobody_else_can_reach_them(host, is_loopback):
    assert _is_loopback(host) is is_loopback
