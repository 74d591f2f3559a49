"""Puts on every request who looks: `request.viewer` for rights, `request.who` for the header. Read when asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from cchc.interface.drafts import key_of
from cchc.interface.shapes import Who
from cchc.organizations.shown import shown_role
from cchc.organizations.signing_in.records import SECOND_FACTOR
from cchc.organizations.viewers import Viewer, public_viewer, viewer_of
from cchc.records.dates import format_date

ACTING_FOR: Final = "acting_for"
_PASSWORD: Final = "password"  # noqa: S105 - what allauth calls it among the ways of a session
# The page itself, which is also how another language is chosen; leaving; text size and contrast; the server's health.
_WHILE_TO_CHANGE: Final = frozenset({"account_change_password", "account_logout", "interface:preferences", "health"})


class Viewers:
    """Gives each request its viewer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.viewer = SimpleLazyObject(lambda: read_viewer(request))
        request.who = SimpleLazyObject(lambda: who_is(request.viewer, key_of(str(request.user.pk))))
        return self._get_response(request)


class PasswordsChanged:
    """Leads whoever signed in with a password that somebody handed over to the page that changes it, from every page.

    Only a session begun with the password is led there: who came in by the province's own sign-in never used it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponseBase | None:
        """The way to the page, or None to go on."""
        match = request.resolver_match
        if match is None or match.view_name in _WHILE_TO_CHANGE or not must_change_password(request):
            return None
        address = reverse("account_change_password")
        if request.headers.get("HX-Request"):  # a part of a page: the page itself goes there
            return HttpResponseClientRedirect(address)
        return redirect(f"{address}?{urlencode({'next': request.get_full_path()})}" if _is_page(request) else address)


def must_change_password(request: HttpRequest) -> bool:
    """Whether this session began with a password that its owner has to change first."""
    if not request.user.is_authenticated or not request.user.must_change_password:
        return False
    return any(way.get("method") == _PASSWORD for way in request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, []))


def _is_page(request: HttpRequest) -> bool:
    return request.method in {"GET", "HEAD"}


def read_viewer(request: HttpRequest) -> Viewer:
    """Who looks now, today in Vietnam."""
    today = localdate()
    if not request.user.is_authenticated:
        return public_viewer(today)
    principal = request.session.get(ACTING_FOR, "")
    return viewer_of(request.user, today, principal, used_second_factor=used_second_factor(request))


def used_second_factor(request: HttpRequest) -> bool:
    """Whether a second factor was shown in this session."""
    ways = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return any(way.get("method") == SECOND_FACTOR for way in ways)


def who_is(viewer: Viewer, drafts: str) -> Who | None:
    """What the header says; None for the public. `drafts` is the key of the account's drafts."""
    if viewer.official is None:
        return None
    acting_for = "" if viewer.principal is None else viewer.principal.name
    waits_at = reverse("mfa_index") if viewer.waiting else ""
    account = reverse("organizations:account")
    return Who(viewer.official.name, viewer.works_in, account, acting_for, acting_as(viewer), drafts, waits_at)


def acting_as(viewer: Viewer) -> str:
    """In which roles the viewer acts for another, and until when; in all of them only until when."""
    days = {day for _, day in viewer.acting_until}
    roles = [shown_role(role) for role, _ in viewer.acting_until if role]
    if len(days) == 1:
        until = _("until %(day)s") % {"day": format_date(days.pop())}
        return ": ".join(filter(None, [until, ", ".join(roles)]))
    each = [(shown_role(role), format_date(day)) for role, day in viewer.acting_until]
    return "; ".join(_("%(role)s until %(day)s") % {"role": role, "day": day} for role, day in each)
