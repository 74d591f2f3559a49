"""The bell."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.header import HeaderItem
from cchc.notices.queries import unread_count
from cchc.organizations.models import Official


def unread_notices(request: HttpRequest) -> HeaderItem | None:
    """How many notices whoever is signed in has not opened yet."""
    official: Official | None = getattr(getattr(request, "viewer", None), "official", None)
    if official is None:
        return None
    return HeaderItem(_("Notices"), reverse("notices:list"), "bell", unread_count(official))


HEADER_ITEMS: Final = (unread_notices,)
