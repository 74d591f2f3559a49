"""Being signed in on a page of the live site. How people sign in by hand, the stories of tests/organizations show."""

from __future__ import annotations

from playwright.sync_api import Page

from cchc.organizations.models import Official
from tests.factories.clients import client_of


def enter(page: Page, site: str, code: str) -> Page:
    """The page, which opens no address yet, as that of the official with that code, with a second factor."""
    session = client_of(Official.objects.get(code=code)).cookies["sessionid"].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    return page
