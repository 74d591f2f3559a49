"""Opinions: asked for at a step, answered on a page that shows no owner, taken back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.dossiers.actions.advising import answer_advice, ask_advice, take_back_advice
from cchc.dossiers.addresses import dossier_crumbs, to_dossier
from cchc.dossiers.forms.advice import AnswerForm, AskForm, TakeBackForm
from cchc.dossiers.permissions import may_answer_advice, may_ask_advice
from cchc.dossiers.policies import advice_may_become, may_ask
from cchc.dossiers.queries.advice import get_advice
from cchc.dossiers.queries.dossiers import get_dossier, get_step
from cchc.dossiers.rules import rules_on
from cchc.dossiers.shown import name_of
from cchc.dossiers.shown_advice import asked_name
from cchc.dossiers.views.answering import answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.shapes import Link


@form_page
@needs(may_ask_advice)
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """An opinion is asked for at a step."""
    step = get_step(request.viewer, number)
    may_ask_advice(request.viewer, step).require()
    if request.method != "POST":
        may_ask(step).require()
    dossier, days = step.dossier, rules_on(request.viewer.day).value.advice
    form = AskForm(request.POST or None, initial={"version": dossier.version, "working_days": days})

    def save() -> str:
        ask_advice(**by(request), step=step, **form.given())
        return to_dossier(dossier)

    title = _("Ask for advice")
    return answer_form(
        request, form, save, title, [*dossier_crumbs(dossier), Link(title)], template="dossiers/act.html",
        dossier=dossier, about=name_of(step), submit=title, said=_("The question was sent."),
        now_seen=lambda: {"version": get_dossier(request.viewer, dossier.pk).version},
    )  # fmt: skip


@form_page
@needs(may_answer_advice)
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """The question, without anything about the owner of the dossier, and the answer."""
    advice = get_advice(request.viewer, number)
    may_answer_advice(request.viewer, advice).require()
    if request.method != "POST":
        advice_may_become(advice, "answer_advice").require()
    form = AnswerForm(request.POST or None)
    if not advice.is_outside:
        form.without_evidence()

    def save() -> str:
        answer_advice(**by(request), advice=advice, **form.cleaned_data)
        return to_dossier(advice.step.dossier) if advice.is_outside else reverse("interface:desk")

    title = _("Note the answer") if advice.is_outside else _("Answer")
    return answer_form(
        request, form, save, title, [Link(advice.step.dossier.code), Link(title)], template="dossiers/advice.html",
        advice=advice, asked=asked_name(advice), step_name=name_of(advice.step), submit=title, said=_("Answered."),
    )  # fmt: skip


@form_page
@needs(may_ask_advice)
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Nobody waits for it any more."""
    advice = get_advice(request.viewer, number)
    may_ask_advice(request.viewer, advice.step).require()
    if request.method != "POST":
        advice_may_become(advice, "take_back_advice").require()
    form, dossier = TakeBackForm(request.POST or None), advice.step.dossier

    def save() -> str:
        take_back_advice(**by(request), advice=advice, **form.cleaned_data)
        return to_dossier(dossier)

    title = _("Take the question back")
    return answer_form(
        request, form, save, title, [*dossier_crumbs(dossier), Link(title)], template="dossiers/act.html",
        dossier=dossier, about=asked_name(advice), submit=title, said=_("Taken back."),
    )  # fmt: skip
