"""An owner rates: by the two codes of the slip, or on the tablet of the counter. Nobody is signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cchc.dossiers.forms_public import LookUpForm, scanned
from cchc.dossiers.looking_up import address_of, found_by
from cchc.dossiers.models import Dossier
from cchc.feedback.actions import rating as actions
from cchc.feedback.actions.handing_out import form_of, given_rating
from cchc.feedback.forms import RateForm
from cchc.feedback.policies import may_rate
from cchc.feedback.tablets import opened_by
from cchc.interface.access import public
from cchc.interface.errors import current_language, status_of
from cchc.records.errors import DomainError, refuse

_ANSWERED = "danh-gia"
_REFUSED = 422
form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@public
def rate(request: HttpRequest) -> HttpResponse:
    """By link: first both codes, then the form, which brings them along; the same answer and the same wait as the
    look-up has for what is unknown and what is wrong.
    """
    if request.viewer.is_signed_in:
        return _signed_in(request)
    codes = LookUpForm(request.POST if request.method == "POST" else None, initial=scanned(request))
    if not codes.is_bound or not codes.is_valid():
        return _codes_page(request, codes, _REFUSED if codes.is_bound else 200)
    now, typed = datetime.now(UTC), codes.cleaned_data
    try:
        dossier = found_by(typed["ma"], typed["phieu"], address_of(request), now)
        may_rate(dossier, given_rating(dossier)).require()
    except DomainError as error:
        codes.add_refusal(error)
        return _codes_page(request, codes, status_of(error))

    def save(given: actions.Given) -> None:
        actions.rate(actor=actions.owner_of(dossier), now=now, dossier=dossier, given=given)

    hidden = {"ma": dossier.code, "phieu": dossier.slip.token}
    return _form_page(request, dossier, save, "feedback/rate.html", "feedback:thanks", hidden=hidden)


@form_page
@public
def tablet(request: HttpRequest, signed: str) -> HttpResponse:
    """On the tablet: nothing but the form, and no way anywhere else."""
    now = datetime.now(UTC)
    dossier, key = opened_by(signed, now)
    if request.viewer.is_signed_in:
        return _signed_in(request)

    def save(given: actions.Given) -> None:
        actions.rate_on_tablet(actor=actions.owner_of(dossier), now=now, dossier=dossier, key=key, given=given)

    return _form_page(request, dossier, save, "feedback/tablet.html", "feedback:tablet-thanks")


@require_safe
@public
def thanks(request: HttpRequest) -> HttpResponse:
    """After a rating by link."""
    return render(request, "feedback/thanks.html", {"frame": "interface/citizen.html"})


@require_safe
@public
def tablet_thanks(request: HttpRequest) -> HttpResponse:
    """After one on the tablet: no way on."""
    return render(request, "feedback/thanks.html", {"frame": "feedback/bare.html", "is_tablet": True})


def _form_page(
    request: HttpRequest, dossier: Dossier, save: Callable[[actions.Given], None], template: str, then: str,
    hidden: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """The form; after a post that answers it, thanks. What was refused stands above what was chosen."""
    is_answered = request.method == "POST" and (hidden is None or _ANSWERED in request.POST)
    form, status = RateForm(form_of(dossier), request.POST if is_answered else None), 200
    if is_answered:
        status = _REFUSED
        if form.is_valid():
            try:
                save(form.given)
            except DomainError as error:
                form.add_refusal(error)
                status = status_of(error)
            else:
                return redirect(then)
    procedure = dossier.procedure_version.procedure.name.in_language(current_language())
    context = {"form": form, "procedure": procedure, "dossier": dossier, "hidden": hidden or {}}
    return render(request, template, context, status=status)


def _codes_page(request: HttpRequest, codes: LookUpForm, status: int) -> HttpResponse:
    return render(request, "feedback/codes.html", {"form": codes}, status=status)


def _signed_in(request: HttpRequest) -> HttpResponse:
    """An official's session ends before the form opens; what is posted in one is refused."""
    if request.method == "POST":
        raise refuse("feedback.official_not_allowed")
    return render(request, "feedback/signed_in.html", {"then": request.get_full_path()})
