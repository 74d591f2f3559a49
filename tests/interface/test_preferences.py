"""Text size, contrast and language: one POST, a cookie, and back to the same page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.interface.preferences import Preferences, read_preferences

pytestmark = pytest.mark.django_db
ADDRESS = "/tuy-chon/"


@pytest.mark.requirement(74)
@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("text", "a-", 'data-text="a-"'),
        ("text", "a", 'data-text="a"'),
        ("text", "a+", 'data-text="a+"'),
        ("contrast", "high", 'data-contrast="high"'),
        ("contrast", "normal", 'data-contrast="normal"'),
    ],
)
def test_a_choice_is_kept_and_shown(client, name, value, shown):
    response = client.post(ADDRESS, {name: value, "next": "/thanh-phan/?x=1"})
    assert response.status_code == 302
    assert response.headers["Location"] == "/thanh-phan/?x=1"
    assert shown in client.get("/thanh-phan/").content.decode()


def test_contrast_is_left_to_the_device_until_chosen(client):
    assert "data-contrast" not in client.get("/thanh-phan/").content.decode().split("<head>")[0]


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example", "", "khong-ro"]
)
def test_nobody_is_sent_elsewhere(client, address):
    assert client.post(ADDRESS, {"text": "a", "next": address}).headers["Location"] == "/"


def test_nothing_unknown_is_kept(client):
    response = client.post(ADDRESS, {"text": "huge", "contrast": "<b>", "colour": "red"})
    assert not response.cookies


def test_looking_changes_nothing(client):
    assert client.get(ADDRESS).status_code == 405


@given(st.dictionaries(st.sampled_from(["cchc_text", "cchc_contrast"]), st.text()))
def test_any_cookie_gives_allowed_preferences(cookies):
    preferences = read_preferences(cookies)
    assert preferences.text in {"a-", "a", "a+"}
    assert preferences.contrast in {"", "normal", "high"}


def test_defaults():
    assert read_preferences({}) == Preferences(text="a", contrast="")


def test_each_page_leads_to_itself_in_the_other_language(client):
    assert 'href="/en/thanh-phan/?x=1"' in client.get("/thanh-phan/?x=1").content.decode()
    english = client.get("/en/thanh-phan/?x=1").content.decode()
    assert 'href="/thanh-phan/?x=1"' in english
    assert '<html lang="en"' in english


def test_the_browser_s_language_does_not_choose_for_the_reader(client):
    page = client.get("/thanh-phan/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="vi"' in page
