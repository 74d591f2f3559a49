"""Look-up for everybody: by the code and the token on the slip, without signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cchc.dossiers.forms_public import LookUpForm, scanned
from cchc.dossiers.looking_up import address_of, found_by
from cchc.dossiers.shown import minutes_of, progress_of
from cchc.dossiers.shown_words import state_name
from cchc.dossiers.states import PAUSED, RUNNING
from cchc.interface.access import public
from cchc.interface.errors import status_of
from cchc.records.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@public
def look_up(request: HttpRequest) -> HttpResponse:
    """The form, filled in by the code on the slip; on a post where the dossier is, and nothing about anybody."""
    form = LookUpForm(request.POST if request.method == "POST" else None, initial=scanned(request))
    now, status, context = timezone.now(), 200, {}
    if form.is_bound and not form.is_valid():
        status = 422
    elif form.is_bound:
        try:
            dossier = found_by(form.cleaned_data["ma"], form.cleaned_data["phieu"], address_of(request), now)
        except DomainError as error:
            form.add_refusal(error)
            status = status_of(error)
        else:
            context = {
                "dossier": dossier,
                "state": state_name(dossier.state),
                "minutes": minutes_of(dossier, now),
                "runs": dossier.state in RUNNING,
                "is_paused": dossier.state in PAUSED,
                "progress": progress_of(dossier),
            }
    return render(request, "dossiers/look_up.html", {"form": form, "now": now, **context}, status=status)
