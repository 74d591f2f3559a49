"""Drafts of long forms, which `drafts.js` keeps on the device of whoever types: under whose key, how long, until when.

The server never reads them. A form of which this is wanted says so (`forms.ActionForm.keeps_draft`).
"""

from __future__ import annotations

import re
from typing import Final, TypeVar

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.crypto import salted_hmac

R = TypeVar("R", bound=HttpResponse)
KEPT_DAYS: Final = 7
FIELD: Final = "ban-nhap"
"""What a form sends along when the device keeps a draft of it: the draft's id."""
COOKIE: Final = "cchc_saved"
_ID: Final = re.compile(r"[0-9a-z]{8,32}")
_MOST: Final = 10
_SECONDS: Final = KEPT_DAYS * 24 * 3600


def key_of(account: str) -> str:
    """Under which a device keeps the drafts of an account: not to be guessed, and it names nobody."""
    return salted_hmac("cchc.interface.drafts", account, algorithm="sha256").hexdigest()[:32]


def has_draft(request: HttpRequest) -> bool:
    """Whether the device keeps what was sent; no where that cannot be read."""
    try:
        sent = request.POST.get(FIELD, "")
    except (SuspiciousOperation, UnreadablePostError):
        return False
    return _ID.fullmatch(sent) is not None


def draft_is_over(request: HttpRequest, response: R) -> R:
    """Tell the script on the next page that what was sent is saved, besides what it was not told yet."""
    if has_draft(request):
        known = [one for one in request.COOKIES.get(COOKIE, "").split(".") if _ID.fullmatch(one)]
        value = ".".join([*known, request.POST[FIELD]][-_MOST:])
        response.set_cookie(COOKIE, value, _SECONDS, secure=settings.CCHC_HTTPS, samesite="Lax")
    return response
