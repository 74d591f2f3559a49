"""Which device has signed in as whom before, kept in a signed cookie on the device."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE: Final = "cchc_device"
_SALT: Final = "cchc.organizations.named_device"
_AGE: Final = 365 * 24 * 3600
_MOST: Final = 5  # officials who share a device


def known_device(request: HttpRequest, username: str) -> str:
    """What tells this device from others on which `username` has signed in; empty where nobody has.

    Nobody can make one, and it stays the same whoever signs in here: failures are counted under it.
    """
    device, marks = _read(request)
    return device if _mark(username) in marks else ""


def remember_device(request: HttpRequest, response: HttpResponseBase, username: str) -> None:
    """Let the device be known for `username` from now on."""
    device, marks = _read(request)
    others = [mark for mark in marks if mark != _mark(username)]
    kept = {"device": device or secrets.token_hex(8), "marks": [_mark(username), *others][:_MOST]}
    response.set_cookie(
        COOKIE, signing.dumps(kept, salt=_SALT), _AGE, secure=settings.CCHC_HTTPS, httponly=True, samesite="Lax"
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_AGE)
    except signing.BadSignature:
        return "", []
    return kept["device"], kept["marks"]


def _mark(username: str) -> str:
    return hashlib.sha256(username.encode()).hexdigest()[:16]
