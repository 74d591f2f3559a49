"""The browser fixtures notice what must fail a test."""

import re
from pathlib import Path

import pytest

from tests.support.accessibility import look_for_violations

TESTS = Path(__file__).parents[1]

DOCUMENT = "<!doctype html><html lang='vi'><title>Thử</title><main><h1>Thử</h1>{}</main></html>"


def test_console_errors_are_noted(page, page_trouble):
    page_trouble.expect("on purpose")
    page.evaluate("() => console.error('on purpose')")
    assert any("on purpose" in what for what in page_trouble.found)
    assert not page_trouble.unexpected()


def test_script_errors_are_noted(page, page_trouble):
    page_trouble.expect("script error")
    with page.context.expect_event("weberror"):
        page.evaluate("() => { setTimeout(() => { throw new Error('loose') }) }")
    assert any("loose" in what for what in page_trouble.found)


def test_requests_to_elsewhere_are_refused(page, page_trouble):
    page_trouble.expect("off-site request: http://192.0.2.1/x.png")
    page_trouble.expect("ERR_NAME_NOT_RESOLVED")
    page.set_content(DOCUMENT.format("<img src='http://192.0.2.1/x.png' alt='x'>"))
    assert page_trouble.found
    assert not page_trouble.unexpected()


def test_breaches_of_the_content_policy_are_noted(page, live_site, page_trouble):
    page_trouble.expect("content policy")
    page_trouble.expect("Content Security Policy")
    page_trouble.expect("404")
    page.goto(f"{live_site}/khong-co-trang-nay")
    with page.expect_console_message(lambda message: "content policy" in message.text):
        page.evaluate("() => { document.body.setAttribute('style', 'color: red') }")
    assert any("content policy: style-src" in what for what in page_trouble.found)


def test_a_page_that_goes_on_asking_is_left_before_the_site_closes(page, live_site):
    page.goto(f"{live_site}/")
    page.evaluate("() => { setInterval(() => fetch('/?later').catch(() => console.error('was cut off')), 5) }")


def test_a_picture_without_text_is_inaccessible(page):
    page.set_content(DOCUMENT.format("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"))
    with pytest.raises(AssertionError, match="image-alt"):
        look_for_violations(page)


def test_a_plain_document_is_accessible(page):
    page.set_content(DOCUMENT.format("<p>Kết quả cải cách hành chính</p>"))
    look_for_violations(page)


def test_no_look_is_taken_before_the_page_that_was_asked_for_has_come():
    """A click does not wait for the page behind it: axe would see the one before, or the gap between the two."""
    hasty = re.compile(r"\.click\(\)\n\s+(check_accessibility|look_for_violations)\(")
    found = [path.name for path in TESTS.rglob("*_in_browser.py") if hasty.search(path.read_text(encoding="utf-8"))]
    assert not found, f"{found}: expect something of the new page first"
