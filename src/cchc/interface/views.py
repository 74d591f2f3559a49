"""The pages of this room: preferences, the gallery of components, a job."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from cchc.interface.access import needs, public
from cchc.interface.actions import cancel_job, resume_job
from cchc.interface.gallery import examples
from cchc.interface.gallery.printed import list_example, slip_example
from cchc.interface.jobs.showing import job_shown
from cchc.interface.models import Job
from cchc.interface.people import actor_of
from cchc.interface.permissions import may_follow_job
from cchc.interface.preferences import COOKIE_AGE, COOKIES, chosen
from cchc.interface.queries import get_job


@public
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen on the reader's device and go back to where the reader was."""
    response = HttpResponseRedirect(_safe_address(request, "/"))
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


@needs(may_follow_job)
@require_safe
def job_page(request: HttpRequest, number: int) -> HttpResponse:
    """How far a job is. Its component asks this page every two seconds and takes itself out of the answer."""
    job = get_job(number)
    may_follow_job(actor_of(request), job).require()
    return render(request, "interface/job.html", {"job": job, "shown": job_shown(job, timezone.now())})


@needs(may_follow_job)
@require_POST
def job_cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Cancel it, and go back to where the reader was."""
    return _change_job(request, number, cancel_job)


@needs(may_follow_job)
@require_POST
def job_resume(request: HttpRequest, number: int) -> HttpResponse:
    """Let it go on, and go back to where the reader was."""
    return _change_job(request, number, resume_job)


def _change_job(request: HttpRequest, number: int, change: Callable[..., Job]) -> HttpResponse:
    actor = actor_of(request)
    may_follow_job(actor, get_job(number)).require()
    change(actor=actor, now=timezone.now(), number=number)
    return HttpResponseRedirect(_safe_address(request, reverse("interface:job", args=[number])))


def _safe_address(request: HttpRequest, otherwise: str) -> str:
    """Where the form says to go next if it is on this very site: a form must not send people elsewhere."""
    address = request.POST.get("next", "")
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts=None, require_https=request.is_secure()
    )
    return address if is_ours else otherwise
