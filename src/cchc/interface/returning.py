"""Where somebody goes on: to addresses of this very site alone."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def is_ours(request: HttpRequest, address: str) -> bool:
    """A path of this site: nothing that leads elsewhere."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts=None, require_https=request.is_secure()
    )


def sign_in_address(request: HttpRequest) -> str:
    """The page for signing in, which leads back to the page that is asked for; for what was sent, or asked for by a
    part of a page, back to the page it came from, as far as that is one of this site.
    """
    is_page = request.method in {"GET", "HEAD"} and not getattr(request, "htmx", False)
    back = request.get_full_path() if is_page else page_before(request)
    start = resolve_url(settings.LOGIN_URL)
    return f"{start}?{urlencode({'next': back})}" if is_ours(request, back) else start


def page_before(request: HttpRequest) -> str:
    """The path of the referring page of this site; empty where there is none."""
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referrer, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(referrer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
