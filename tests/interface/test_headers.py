"""No answer leaves without secure headers: pages, files, downloads, errors of every kind."""

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from cchc.interface.middleware import SECURE_HEADERS
from tests.interface.routes import FAILING, every_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser_like() -> Client:
    """A client that gets the error page, as a browser does."""
    return Client(raise_request_exception=False)


def check(response) -> None:
    for name in SECURE_HEADERS:
        assert response.headers.get(name), name
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "*" not in policy
    assert "http" not in policy


@pytest.mark.any_engine
@pytest.mark.parametrize("address", [*every_address(), "/no/such/page", "/en/no/such/page"])
def test_every_route(browser_like, address):
    response = browser_like.get(address)
    check(response)
    assert response.headers["X-Request-ID"]


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(("name", "status"), FAILING.items())
@pytest.mark.urls("tests.interface.routes")
def test_every_failure(browser_like, name, status, language):
    response = browser_like.get(f"/fail/{name}", headers={"accept-language": language})
    assert response.status_code == status
    check(response)


@pytest.mark.urls("tests.interface.routes")
def test_downloads(client):
    response = client.get("/fail/download")
    assert b"".join(response) == b"a,b\n"
    check(response)


def test_static_files(client):
    assert finders.find("interface/css/tokens.css")
    response = client.get("/static/interface/css/tokens.css")
    assert response.status_code == 200
    check(response)
    assert "Access-Control-Allow-Origin" not in response.headers
    response.close()


def test_unknown_host_is_refused_with_headers(browser_like):
    response = browser_like.get("/thanh-phan/", headers={"host": "evil.example"})
    assert response.status_code == 400
    check(response)


def test_strict_transport_only_when_https(client, settings):
    settings.CCHC_HSTS_SECONDS = 31_536_000
    assert "Strict-Transport-Security" not in client.get("/khoe").headers
    answer = client.get("/khoe", secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_cookies_are_hidden_from_scripts_and_stay_on_this_site(client):
    client.get("/thanh-phan/")
    cookie = client.cookies["csrftoken"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_pages_hold_nothing_inline(client):
    page = client.get("/thanh-phan/").content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert "<script>" not in page
    assert " onclick=" not in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in page
