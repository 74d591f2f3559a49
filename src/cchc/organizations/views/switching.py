"""The demonstration's way in: choosing one of the sample officials. It exists only where `CCHC_DEMO` is set."""

from __future__ import annotations

import ipaddress
from typing import Final

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from cchc.interface.access import public
from cchc.organizations.queries import people
from cchc.organizations.shown import shown_role

# A proxy on this machine asks from this machine's address; whom it asks for, it says in one of these.
_PASSED_ON: Final = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP")


@require_http_methods(["GET", "HEAD", "POST"])
@public
def switch(request: HttpRequest) -> HttpResponse:
    """The sample officials by unit; a post signs in as one of them, on this machine only."""
    if not (settings.CCHC_DEMO and _is_here(request)):
        raise Http404
    if request.method == "POST":
        return _sign_in(request, request.POST.get("username", ""))
    samples = [
        (account, [shown_role(role) for role in roles]) for account, roles in people.sample_accounts(localdate())
    ]
    return render(request, "organizations/switch.html", {"samples": samples})


def _sign_in(request: HttpRequest, username: str) -> HttpResponse:
    account = next((one for one, _ in people.sample_accounts(localdate()) if one.username == username), None)
    if account is None:
        raise Http404
    request.session.flush()
    # Samples have no telephone: the demonstration shows what their roles see, so the second factor counts as shown.
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "demo"}, {"method": "mfa"}]
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)  # which allauth's own way in does
    return redirect("interface:desk")


def _is_here(request: HttpRequest) -> bool:
    """Whether the request comes from this machine itself: to it by its own name, and passed on by nobody."""
    if any(name in request.META for name in _PASSED_ON):
        return False
    host, _port = split_domain_port(request.get_host())
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and (host == "localhost" or _is_loopback(host.strip("[]")))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
