"""The rating form in the hands of whoever receives: handed out, taken in, typed, printed, opened on the tablet."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.documents.codes import code_svg
from cchc.dossiers.addresses import to_dossier
from cchc.dossiers.models import Dossier
from cchc.dossiers.queries.dossiers import get_dossier
from cchc.feedback.actions import handing_out, rating
from cchc.feedback.addresses import back_to, form_crumbs, rate_link, tablet_link
from cchc.feedback.forms import RateForm
from cchc.feedback.models import LINK, PAPER
from cchc.feedback.permissions import may_handle_rating_form
from cchc.feedback.policies import may_rate
from cchc.feedback.queries.forms import tablet_of
from cchc.feedback.tablets import is_open
from cchc.feedback.views.answering import answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.errors import current_language


@require_POST
@needs(may_handle_rating_form)
def hand_out(request: HttpRequest, number: int) -> HttpResponse:
    """On paper, unless the button says by link."""
    dossier = _dossier(request, number)
    may_handle_rating_form(request.viewer, dossier).require()
    way = LINK if request.POST.get("cach") == LINK else PAPER
    handing_out.hand_out(**by(request), dossier=dossier, way=way)
    messages.success(request, _("The form is handed out."))
    return redirect(back_to(request, dossier))


@require_POST
@needs(may_handle_rating_form)
def take_in(request: HttpRequest, number: int) -> HttpResponse:
    """The newest that was handed out."""
    dossier = _dossier(request, number)
    may_handle_rating_form(request.viewer, dossier).require()
    handing_out.take_in(**by(request), dossier=dossier)
    messages.success(request, _("The form is taken in."))
    return redirect(back_to(request, dossier))


@form_page
@needs(may_handle_rating_form)
def type_paper(request: HttpRequest, number: int) -> HttpResponse:
    """A paper form is typed as its owner filled it in."""
    dossier = _dossier(request, number)
    may_handle_rating_form(request.viewer, dossier).require()
    if request.method != "POST":
        may_rate(dossier, handing_out.given_rating(dossier)).require()
    form = RateForm(handing_out.form_of(dossier), request.POST or None)

    def save() -> str:
        rating.type_paper(**by(request), dossier=dossier, given=form.given)
        return to_dossier(dossier)

    title = _("Type a paper rating form")
    return answer_form(request, form, save, title, form_crumbs(dossier), said=_("The rating is kept."))


@form_page
@needs(may_handle_rating_form)
def open_tablet(request: HttpRequest, number: int) -> HttpResponse:
    """Open the form on the tablet; then the address to read with it, or to go on to after signing out here."""
    dossier = _dossier(request, number)
    may_handle_rating_form(request.viewer, dossier).require()
    if request.method == "POST":
        handing_out.open_tablet(**by(request), dossier=dossier)
        return redirect("feedback:open-tablet", dossier.pk)
    opened, now = tablet_of(dossier), datetime.now(UTC)
    link = tablet_link(request, opened) if opened is not None and is_open(opened, opened.key, now) else ""
    context = {
        "dossier": dossier,
        "opened": opened,
        "link": link,
        "code": code_svg(link) if link else "",
        "crumbs": form_crumbs(dossier),
    }
    return render(request, "feedback/open_tablet.html", context)


@require_safe
@needs(may_handle_rating_form)
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """The form to print, with the code that leads to rating by link."""
    dossier = _dossier(request, number)
    may_handle_rating_form(request.viewer, dossier).require()
    language, form = current_language(), handing_out.form_of(dossier)
    questions = [
        (topic.question.in_language(language), [one.name.in_language(language) for one in topic.choices])
        for topic in form.topics
    ]
    context = {
        "dossier": dossier,
        "procedure": dossier.procedure_version.procedure.name.in_language(language),
        "questions": questions,
        "qr": code_svg(rate_link(request, dossier)),
        "crumbs": form_crumbs(dossier),
    }
    return render(request, "feedback/paper.html", context)


def _dossier(request: HttpRequest, number: int) -> Dossier:
    return get_dossier(request.viewer, number)
