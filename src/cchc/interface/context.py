"""What every template may use, besides the request."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from cchc.interface.drafts import KEPT_DAYS
from cchc.interface.header import header_items
from cchc.interface.hosting.navigation import places_beside, places_from
from cchc.interface.preferences import read_preferences


def page(request: HttpRequest) -> dict[str, Any]:
    """`preferences`, `languages` (code, address of this page in it, whether current), `here`, `home`,
    `request_id` (empty before the log has given one), `who` is signed in (a `shapes.Who` that a higher room put on the
    request; None for the public, and on the server's error page, where the database may be what failed),
    `header_items` (read from the rooms when the page shows them), `is_demo`, `places` (the main pages for officials)
    and `places_beside` (those of the group in which this page stands; both made when a template asks), `draft_days`
    (how long a device keeps drafts), `sought` (what the search box holds).
    """
    here = request.get_full_path()
    current = get_language()
    return {
        "preferences": read_preferences(request.COOKIES),
        "languages": [
            {"code": code, "url": translate_url(here, code), "current": code == current}
            for code, _name in settings.LANGUAGES
        ],
        "here": here,
        "home": front_page(),
        "request_id": getattr(request, "request_id", ""),
        "who": getattr(request, "who", None),
        "header_items": SimpleLazyObject(lambda: header_items(request)),
        "draft_days": KEPT_DAYS,
        "is_demo": settings.CCHC_DEMO,
        "sought": "",
        "places": partial(places_from, request.path, getattr(request, "viewer", None)),
        "places_beside": partial(places_beside, request.path, getattr(request, "viewer", None)),
    }


def front_page() -> str:
    """The address of the front page in the reader's language."""
    current = get_language()
    return translate_url("/", current) if current else "/"
