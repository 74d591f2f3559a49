"""The pages of this room: preferences and the gallery of components."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from cchc.interface.access import public
from cchc.interface.gallery import examples
from cchc.interface.gallery.printed import list_example, slip_example
from cchc.interface.preferences import COOKIE_AGE, COOKIES, chosen


@public
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen on the reader's device and go back to where the reader was."""
    response = HttpResponseRedirect(_safe_address(request, request.POST.get("next", "")))
    for name, value in chosen(request.POST.dict()).items():
        response.set_cookie(COOKIES[name], value, COOKIE_AGE, secure=settings.CCHC_HTTPS, samesite="Lax")
    return response


@public
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with notes on its use."""
    return render(request, "interface/gallery/page.html", examples(request.GET))


@public
@require_safe
def gallery_slip(request: HttpRequest) -> HttpResponse:
    """A sample of the A5 slip."""
    return render(request, "interface/gallery/slip.html", slip_example(request.build_absolute_uri()))


@public
@require_safe
def gallery_list(request: HttpRequest) -> HttpResponse:
    """A sample of the A4 landscape list, longer than one sheet."""
    return render(request, "interface/gallery/list.html", list_example(request.build_absolute_uri()))


def _safe_address(request: HttpRequest, address: str) -> str:
    """An address on this very site, else the front page: a form must not send people elsewhere."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts=None, require_https=request.is_secure()
    )
    return address if is_ours else "/"
