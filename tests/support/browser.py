"""Chromium for tests. A page fails its test by a console error, a breach of the content policy or an off-site request.

`page` starts at no address: `page.goto(f"{live_site}/…")`. Wait on locators; a `wait_for_function` given as text
is refused by the site's own content policy.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.support.accessibility import draw_looks
from tests.support.examples import IN_CI

_CANDIDATES = ("chromium", "chromium-browser", "google-chrome")
_AT_A_DESK = "chromium-headless-shell"  # the same engine without its windows: a quarter less work
_SWITCHES = (
    "--no-sandbox",  # tests may run as root, in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing leaves this machine
)
# A window behind others draws nothing for a while where the machine is busy, so its fonts wait.
_NOT_DRAWN_YET = "preloaded using link preload but not used within a few seconds"
_LOCAL_SCHEMES = ("about", "blob", "data")
# Turns every breach of the content policy into a console error, with what was refused.
_REPORT_BREACHES = """
addEventListener("securitypolicyviolation", event =>
  console.error(`content policy: ${event.effectiveDirective} refused ${event.blockedURI} (${event.sourceFile})`));
"""


class Trouble:
    """What went wrong on the pages of one test."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.expected: list[str] = []
        self.is_over = False

    def expect(self, part: str) -> None:
        """Let pass what contains `part`: a test of the 404 page expects `404`."""
        self.expected.append(part)

    def note(self, what: str) -> None:
        """Remember something, until the pages are left: what is cut off then is nobody's fault."""
        if not self.is_over:
            self.found.append(what)

    def unexpected(self) -> list[str]:
        """What no test asked for."""
        return [what for what in self.found if not any(part in what for part in self.expected)]


_WATCHED: WeakKeyDictionary[BrowserContext, Trouble] = WeakKeyDictionary()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that looks at a page."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With `CCHC_REQUIRE_BROWSER=1` no test of a page may be skipped, for whatever reason."""
    report = yield
    is_required = os.environ.get("CCHC_REQUIRE_BROWSER") == "1"
    if is_required and report.skipped and item.get_closest_marker("browser"):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longreprtext
        report.outcome, report.longrepr = "failed", f"CCHC_REQUIRE_BROWSER=1, but {reason}"
    return report


def find_chromium() -> str | None:
    """The path of an installed Chromium, `CCHC_CHROMIUM` first; in CI one that people use."""
    if chosen := os.environ.get("CCHC_CHROMIUM"):
        return chosen if Path(chosen).is_file() else None
    candidates = _CANDIDATES if IN_CI else (_AT_A_DESK, *_CANDIDATES)
    return next((path for name in candidates if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run. Without one the test is skipped."""
    executable = find_chromium()
    if executable is None:
        pytest.skip("no Chromium: apt install chromium, or name one in CCHC_CHROMIUM")
    # Playwright's own event loop lives in this thread, so Django takes every query of the test for one made in a
    # coroutine. It is not: the loop stands still while the test runs.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        launched = playwright.chromium.launch(executable_path=executable, args=list(_SWITCHES))
        yield launched
        launched.close()


@pytest.fixture
def page_trouble() -> Trouble:
    """What went wrong so far on the test's page; `page_trouble.expect("404")` lets an intended failure pass."""
    return Trouble()


@pytest.fixture
def browser_context(
    request: pytest.FixtureRequest, browser: Browser, page_trouble: Trouble
) -> Iterator[BrowserContext]:
    """A fresh profile in Vietnamese; every page opened in it is watched."""
    draw_looks(f"{request.config.option.seed} {request.node.nodeid}")
    context = _watched(browser, page_trouble)
    yield context
    context.close()


@pytest.fixture
def another_page(browser: Browser, page: Page, page_trouble: Trouble) -> Iterator[Callable[[], Page]]:
    """Pages of others: each call opens a profile of its own, watched as `page` is, whose trouble fails the test too."""
    contexts: list[BrowserContext] = []

    def opened() -> Page:
        contexts.append(_watched(browser, page_trouble))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(browser_context: BrowserContext, page_trouble: Trouble) -> Iterator[Page]:
    """A page in Chromium. The test fails at its end for anything that went wrong on it."""
    opened = browser_context.new_page()
    yield opened
    leave_pages(browser_context)
    if trouble := page_trouble.unexpected():
        pytest.fail("the page had trouble:\n" + "\n".join(trouble))


def leave_pages(place: Browser | BrowserContext) -> None:
    """Close every page as a reader does, its last reports heard. What a page would still have asked for a moment after
    the last key (points as one types, a draft), or waits for, goes with it: a site about to close would refuse it.
    """
    contexts = place.contexts if isinstance(place, Browser) else [place]
    for context in [one for one in contexts if one in _WATCHED]:  # others a test opened and closes by itself
        for opened in context.pages:
            opened.evaluate("() => new Promise(resolve => setTimeout(resolve))")
        _WATCHED[context].is_over = True
        for opened in context.pages:
            opened.close()


def _watched(browser: Browser, trouble: Trouble) -> BrowserContext:
    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", service_workers="block")
    _WATCHED[context] = trouble
    context.set_default_timeout(10_000)
    context.add_init_script(_REPORT_BREACHES)
    context.on("request", lambda request: _note_off_site(request, trouble))
    context.on("console", lambda message: _note_console(message, trouble))
    context.on("weberror", lambda error: trouble.note(f"script error: {error.error}"))
    return context


def _note_off_site(request: Request, trouble: Trouble) -> None:
    address = urlsplit(request.url)
    if address.scheme not in _LOCAL_SCHEMES and address.hostname != "127.0.0.1":
        trouble.note(f"off-site request: {request.url}")


def _note_console(message: ConsoleMessage, trouble: Trouble) -> None:
    if message.type in {"error", "warning"} and _NOT_DRAWN_YET not in message.text:
        trouble.note(f"console {message.type}: {message.text} {message.location.get('url', '')}")
