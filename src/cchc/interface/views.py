"""The pages of this room: the desk, the search, histories, preferences, the gallery of components, a job."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cchc.interface.access import needs, public
from cchc.interface.actions import cancel_job, resume_job
from cchc.interface.errors import current_language
from cchc.interface.gallery import examples
from cchc.interface.gallery.printed import list_example, slip_example
from cchc.interface.histories.reading import find_subject, read_history, readable
from cchc.interface.histories.showing import shown_events, shown_kind_of_event
from cchc.interface.hosting.desk import DeskChoice, desk_read
from cchc.interface.hosting.desk_shown import shown_desk
from cchc.interface.hosting.panels import panels_on
from cchc.interface.hosting.picking import get_pick_kind, likely
from cchc.interface.hosting.search import LONGEST_TEXT
from cchc.interface.hosting.search import search as find
from cchc.interface.jobs.showing import job_shown
from cchc.interface.models import Job
from cchc.interface.paging import is_key, with_key
from cchc.interface.people import actor_of, viewer_of
from cchc.interface.permissions import may_follow_job, may_pick, may_read_history, may_use_desk
from cchc.interface.preferences import COOKIE_AGE, COOKIES, chosen
from cchc.interface.queries import get_job
from cchc.interface.returning import is_ours
from cchc.interface.together import answer_all


@needs(may_use_desk)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for whoever is signed in, the most urgent first."""
    viewer = viewer_of(request)
    may_use_desk(viewer).require()
    chosen = DeskChoice(request.GET.get("loai", ""), request.GET.get("han", ""))
    now = timezone.now()
    read, beside = answer_all(desk_read(viewer, now, chosen), panels_on("interface.desk", viewer, now))
    context = {"now": now, "beside": beside, **shown_desk(read, chosen, request.path)}
    return render(request, "interface/desk.html", context)


@needs(may_use_desk)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the viewer may see that has these words in its name, by groups."""
    viewer = viewer_of(request)
    may_use_desk(viewer).require()
    text = request.GET.get("q", "")[:LONGEST_TEXT].replace("\0", "").strip()
    language = current_language()
    groups = [(kind.name.in_language(language), found) for kind, found in find(viewer, text)]
    return render(request, "interface/search.html", {"sought": text, "groups": groups})


@needs(may_pick)
@require_safe
def pick(request: HttpRequest, code: str) -> HttpResponse:
    """What may be meant by what was typed so far: the lines of a list under a field."""
    kind, viewer = get_pick_kind(code), viewer_of(request)
    may_pick(viewer, kind).require()
    text = request.GET.get("q", "")[:LONGEST_TEXT].replace("\0", "").strip()
    return render(request, "interface/components/picker_options.html", {"choices": likely(kind, viewer, text)})


@needs(may_read_history)
@require_safe
def history(request: HttpRequest, subject_type: str, subject_id: str) -> HttpResponse:
    """Who changed what at one object, when, on whose behalf and why; the newest first."""
    (audited, subject), viewer = find_subject(subject_type, subject_id), viewer_of(request)
    may_read_history(viewer, audited, subject).require()
    assert audited is not None and subject is not None  # else nobody may
    before, kind = request.GET.get("truoc", ""), request.GET.get("loai", "")
    found = readable(viewer, audited, subject)
    page = read_history(found, before=int(before) if is_key(before) else None, kind=kind)
    names, events = answer_all(audited.names([subject.pk]), shown_events(page.events))
    context = {
        "name": names[subject.pk],
        "type": audited.name.in_language(current_language()),
        "address": audited.address(subject),
        "events": events,
        "next": with_key(request, page.next, "truoc") if page.next else "",
        "kind": kind,
        "kinds": [(code, shown_kind_of_event(code)) for code in page.kinds],
    }
    return render(request, "interface/history.html", context)


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
    return address if is_ours(request, address) else otherwise
