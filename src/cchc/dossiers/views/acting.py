"""What is done to a dossier or one of its steps: one page for every act. Who comes second is told what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cchc.dossiers.actions import ending, pausing, working
from cchc.dossiers.actions.moving import earlier_steps, is_last
from cchc.dossiers.addresses import act_of, dossier_crumbs, step_act_of, to_dossier
from cchc.dossiers.forms.acts import FORMS, VersionedForm, initial_of, without_override, without_result
from cchc.dossiers.forms.filing import FiledForm
from cchc.dossiers.forms.steps import STEP_FORMS, ClaimForm
from cchc.dossiers.models import Dossier, StepInstance
from cchc.dossiers.permissions import may_act, may_override, may_work
from cchc.dossiers.policies import may_become, step_may_become
from cchc.dossiers.queries.dossiers import fit_for, get_dossier, get_step
from cchc.dossiers.shown import name_of
from cchc.dossiers.shown_events import act_name
from cchc.dossiers.views.answering import answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm
from cchc.interface.shapes import Link

_ACTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "ask_supplement": pausing.ask_supplement, "supplement": pausing.take_supplement,
    "ask_payment": pausing.ask_payment, "note_payment": pausing.note_payment, "suspend": pausing.suspend,
    "resume": pausing.resume, "extend": pausing.extend, "record_result": working.record_result,
    "hand_over": ending.hand_over, "withdraw": ending.withdraw, "stop": ending.stop, "pay": ending.pay,
    "waive": ending.waive,
}  # fmt: skip
_STEP_ACTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "complete": working.complete, "release": working.release, "send_back": working.send_back, "assign": working.assign,
    "claim_completion": working.claim_completion, "take": working.take_up,
}  # fmt: skip
_OF_FEES: Final = ("pay", "waive")


@form_page
@needs(may_act)
def act(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Something is done to the dossier as a whole."""
    dossier, what = get_dossier(request.viewer, number), act_of(slug)
    may_act(request.viewer, dossier, what).require()
    if request.method != "POST" and what not in _OF_FEES:
        may_become(dossier, what).require()
    form = FORMS[what](request.POST or None, request.FILES or None, initial=initial_of(dossier, what))
    if isinstance(form, FiledForm):
        form.take_in(request.viewer)
    if not may_override(request.viewer, dossier):
        without_override(form)

    def save() -> str:
        _ACTIONS[what](**by(request), dossier=dossier, **form.given())
        return to_dossier(dossier)

    return _answer(request, form, save, dossier, what)


@form_page
@needs(may_work)
def step_act(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """Something is done to one step."""
    step, what = get_step(request.viewer, number), step_act_of(slug)
    may_work(request.viewer, step, what).require()
    if request.method != "POST" and what != "claim_completion":
        step_may_become(step, what).require()
    form = _form_for(request, step, what)

    def save() -> str:
        given = form.given()
        if what == "take":
            given["official"] = request.viewer.acting
        _STEP_ACTIONS[what](**by(request), step=step, **given)
        return to_dossier(step.dossier)

    return _answer(request, form, save, step.dossier, what, name_of(step))


def _form_for(request: HttpRequest, step: StepInstance, what: str) -> Any:
    data, initial = request.POST or None, initial_of(step.dossier, what)
    if what == "claim_completion":
        return ClaimForm(data)
    if what == "take":
        return VersionedForm(data, initial=initial)
    form = STEP_FORMS[what](data, initial=initial)
    if what == "send_back":
        form.offer(earlier_steps(step), name_of)
    if what == "assign":
        form.offer(fit_for(step, request.viewer))
    if what == "complete" and not is_last(step):
        without_result(form)
    return form


def _answer(
    request: HttpRequest, form: ActionForm, save: Callable[[], str], dossier: Dossier, what: str, about: str = ""
) -> HttpResponse:
    title = act_name(what).in_language(current_language())
    crumbs = [*dossier_crumbs(dossier), Link(title)]
    return answer_form(
        request, form, save, title, crumbs, template="dossiers/act.html", dossier=dossier, about=about, submit=title,
        now_seen=lambda: {"version": get_dossier(request.viewer, dossier.pk).version},
        said=_("Done: %(act)s") % {"act": title},
    )  # fmt: skip
