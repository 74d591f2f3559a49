"""Which device has signed in as whom before, kept in a signed cookie on the device."""

from __future__ import annotations

import hashlib
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE: Final = "cchc_device"
_SALT: Final = "cchc.organizations.device"
_AGE: Final = 365 * 24 * 3600
_MOST: Final = 5  # officials who share a device


def is_known_device(request: HttpRequest, username: str) -> bool:
    """Whether somebody has signed in as `username` from this device."""
    return _mark(username) in _marks(request)


def remember_device(request: HttpRequest, response: HttpResponseBase, username: str) -> None:
    """Let the device be known for `username` from now on."""
    others = [mark for mark in _marks(request) if mark != _mark(username)]
    marks = [_mark(username), *others][:_MOST]
    response.set_cookie(
        COOKIE, signing.dumps(marks, salt=_SALT), _AGE, secure=settings.CCHC_HTTPS, httponly=True, samesite="Lax"
    )


def _marks(request: HttpRequest) -> list[str]:
    try:
        marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_AGE)
    except signing.BadSignature:
        return []
    return [str(mark) for mark in marks]


def _mark(username: str) -> str:
    return hashlib.sha256(username.encode()).hexdigest()[:16]
