"""What is done about apologies: a letter drafted, a step of one, a mistake recorded. Who comes second is told what
changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cchc.apologies import shown
from cchc.apologies.actions import letters
from cchc.apologies.actions.mistakes import record_mistake
from cchc.apologies.addresses import about_from, act_of, letter_crumbs, to_letter
from cchc.apologies.duty import Why
from cchc.apologies.forms import FORMS, MistakeForm, RewriteForm, WordingForm, initial_of, now_as_typed
from cchc.apologies.models import Letter
from cchc.apologies.owing import about_of, owed_of
from cchc.apologies.permissions import may_act_on, may_draft, may_record_mistake
from cchc.apologies.policies import may_become, may_have_mistakes
from cchc.apologies.queries.letters import get_letter
from cchc.apologies.rules import rules_on
from cchc.apologies.views.answering import answer_form, form_page
from cchc.dossiers.addresses import dossier_crumbs, to_dossier
from cchc.dossiers.models import Dossier
from cchc.dossiers.policies import may_become as dossier_may_become
from cchc.dossiers.policies import may_put_off
from cchc.dossiers.queries.dossiers import get_dossier
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.forms import ActionForm
from cchc.interface.shapes import Link
from cchc.records.errors import refuse

_ACTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "draft": letters.rewrite_letter, "approve": letters.approve_letter, "return": letters.return_letter,
    "sign": letters.sign_letter, "send": letters.send_letter, "cancel": letters.cancel_letter,
}  # fmt: skip


@form_page
@needs(may_draft)
def draft(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """A letter for what the dossier owes one for, or will."""
    dossier, about = get_dossier(request.viewer, number), about_from(slug)
    may_draft(request.viewer, dossier).require()
    duty = owed_of(dossier, about, timezone.now())
    if duty is None:
        raise refuse("apologies.not_owed")
    form = WordingForm(request.POST or None, may_put_off=_decides(dossier, about.why))

    def save() -> str:
        made = letters.draft_letter(**by(request), dossier=dossier, about=about, wording=form.wording)
        return to_letter(made)

    title = _("Draft a letter of apology")
    return answer_form(
        request, form, save, title, [*dossier_crumbs(dossier), Link(title)], template="apologies/act.html",
        dossier=dossier, why=shown.why_name(about.why), owed_by=duty.owed_by, submit=_("Hand on to be approved"),
    )  # fmt: skip


@form_page
@needs(may_act_on)
def act(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """A step of a letter. Once it is typed, the action says what the state allows, and what changed meanwhile."""
    letter, what = get_letter(request.viewer, number), act_of(slug)
    may_act_on(request.viewer, letter, what).require()
    if request.method != "POST":
        may_become(letter, what).require()
    form = _form_for(request, letter, what)

    def save() -> str:
        _ACTIONS[what](**by(request), letter=letter, **form.given())
        return to_letter(letter)

    title = shown.act_name(what)
    return answer_form(
        request, form, save, title, [*letter_crumbs(letter), Link(title)], template="apologies/act.html",
        dossier=letter.dossier, why=shown.why_of(letter), letter=letter, submit=title,
        now_seen=lambda: {"version": get_letter(request.viewer, letter.pk).version},
        said=_("Done: %(act)s") % {"act": title},
    )  # fmt: skip


@form_page
@needs(may_record_mistake)
def mistake(request: HttpRequest, number: int) -> HttpResponse:
    """A mistake at a dossier, which owes an apology."""
    dossier = get_dossier(request.viewer, number)
    may_record_mistake(request.viewer, dossier).require()
    may_have_mistakes(dossier).require()
    form = MistakeForm(request.POST or None, initial=now_as_typed(), rules=rules_on(localdate()).value)

    def save() -> str:
        record_mistake(**by(request), dossier=dossier, **form.given())
        return to_dossier(dossier)

    title = _("Record a mistake")
    return answer_form(
        request, form, save, title, [*dossier_crumbs(dossier), Link(title)], template="apologies/act.html",
        dossier=dossier, submit=title,
    )  # fmt: skip


def _form_for(request: HttpRequest, letter: Letter, what: str) -> Any:
    data, initial = request.POST or None, initial_of(letter, what)
    if what == "draft":
        return RewriteForm(data, initial=initial, may_put_off=_decides(letter.dossier, about_of(letter).why))
    form: ActionForm = FORMS[what](data, initial=initial)
    if what == "approve" and (letter.new_due_at is None or may_put_off(letter.dossier)):
        del form.fields["is_override"]
    return form


def _decides(dossier: Dossier, why: Why) -> bool:
    """Whether a letter for that may name a new appointment."""
    return why == Why.NOT_KEPT and bool(dossier_may_become(dossier, "extend"))
