"""Errors become pages: a sentence, a next step, the number of the log line; never a traceback."""

import json

import pytest
from django.test import Client

from cchc.interface.errors import place_in_words, status_of
from cchc.records.errors import Place, refuse, unreadable
from tests.interface.routes import FAILING

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.interface.routes")]


@pytest.fixture
def browser_like() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (refuse("records.not_a_number", text=""), 422),
        (refuse("portal.round_not_found"), 404),
        (refuse("portal.not_allowed"), 403),
        (refuse("portal.stale"), 409),
        (refuse("tables.too_large"), 413),
        (refuse("portal.too_many"), 429),
        (unreadable("records.not_utf8"), 400),
        (unreadable("tables.too_large"), 413),
        (refuse("records.not_found_in_time_limit"), 422),
    ],
)
def test_status_follows_how_the_code_ends(error, status):
    assert status_of(error) == status


def test_a_refusal_says_what_is_wrong_where_and_what_to_do(client):
    page = client.get("/fail/refused").content.decode()
    assert "“mười” không phải là số" in page
    assert "bảng.csv:12" in page
    assert "Ghi như 83,5 hoặc 83.5" in page


def test_several_problems_are_all_shown(client):
    page = client.get("/fail/refused-twice").content.decode()
    assert "“một” không phải là số" in page
    assert "“hai” không phải là số đếm" in page


@pytest.mark.parametrize("name", FAILING)
def test_every_error_page_carries_the_request_number_and_no_traceback(browser_like, name):
    response = browser_like.get(f"/fail/{name}")
    page = response.content.decode()
    assert response.headers["X-Request-ID"] in page
    assert "Traceback" not in page
    assert "RuntimeError" not in page
    assert "Bước tiếp theo" in page


def test_what_was_sent_is_escaped(client):
    assert "<script>alert" not in client.get("/<script>alert(1)</script>/").content.decode()


def test_the_page_is_in_the_language_of_the_address(client):
    assert "There is no page at this address" in client.get("/en/no/such/page").content.decode()


def test_a_form_without_its_token_is_explained():
    response = Client(enforce_csrf_checks=True).post("/tuy-chon/", {"text": "a+"})
    assert response.status_code == 403
    assert "Biểu mẫu đã hết hạn" in response.content.decode()


@pytest.mark.parametrize("address", ["/tuy-chon/", "/en/tuy-chon/"])
def test_an_address_for_forms_only_is_explained_when_it_is_opened(client, address):
    response = client.get(address)
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    page = response.content.decode()
    assert ("Bước tiếp theo" in page) or ("Next step" in page)
    assert response.headers["X-Request-ID"] in page


@pytest.mark.parametrize(
    ("name", "words"),
    [("refused", "“mười” không phải là số"), ("missing", "Không có trang nào"), ("fault", "Hệ thống gặp lỗi")],
)
def test_htmx_gets_a_notice_for_the_page_that_asked(browser_like, name, words):
    response = browser_like.get(f"/fail/{name}", headers={"hx-request": "true"})
    assert response.status_code == FAILING[name]
    assert response.headers["HX-Retarget"] == "#notices"
    page = response.content.decode()
    assert words in page
    assert "<html" not in page


def test_the_log_has_the_same_number_and_no_local_variables(browser_like, caplog):
    response = browser_like.get("/fail/fault?ho_ten=Nguyen")
    lines = [record.getMessage() for record in caplog.records]
    failed = next(line for line in lines if "request_failed" in line)
    assert response.headers["X-Request-ID"] in failed
    assert "079123456789" not in failed
    assert "Nguyen" not in "".join(lines)


def test_the_log_does_not_say_from_where_somebody_asked(browser_like, caplog):
    browser_like.get("/khoe", headers={"x-forwarded-for": "198.51.100.7"}, REMOTE_ADDR="203.0.113.9")
    browser_like.get("/fail/fault", REMOTE_ADDR="203.0.113.9")
    lines = "".join(record.getMessage() for record in caplog.records)
    assert "/khoe" in lines
    assert "203.0.113.9" not in lines
    assert "198.51.100.7" not in lines


def test_log_lines_are_json(settings):
    import logging

    import structlog

    formatter = settings.LOGGING["formatters"]["json"]
    made = structlog.stdlib.ProcessorFormatter(
        processors=formatter["processors"], foreign_pre_chain=formatter["foreign_pre_chain"]
    )
    try:
        citizen = "079123456789"
        raise RuntimeError(f"{len(citizen)}")
    except RuntimeError:
        import sys

        record = logging.LogRecord("cchc", logging.ERROR, __file__, 1, "tiếng Việt", None, sys.exc_info())
    line = json.loads(made.format(record))
    assert line["event"] == "tiếng Việt"
    assert line["exception"][0]["exc_type"] == "RuntimeError"
    assert "079123456789" not in json.dumps(line)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (None, ""),
        (Place(sheet="Căn cứ", row=4, column="C"), "Căn cứ, dòng 4, cột C"),
        (Place(sheet="Căn cứ", row=4), "Căn cứ, dòng 4"),
        (Place(row=2), "dòng 2"),
        (Place(sheet="Căn cứ"), "Căn cứ"),
    ],
)
def test_a_place_in_a_workbook_or_in_a_table_without_sheets(place, said):
    assert place_in_words(place) == said
