"""Opinions asked for, as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.dossiers.models import Advice, Dossier, StepInstance
from cchc.dossiers.permissions import may_answer_advice, may_ask_advice
from cchc.dossiers.queries.dossiers import Parts
from cchc.dossiers.shown_words import advice_state_name
from cchc.dossiers.states_beside import OPEN_ADVICE
from cchc.dossiers.terms import calendar_of
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """A question on the page of its dossier; `minutes` are left, or were when it was answered."""

    advice: Advice
    asked: str
    state: str
    minutes: int
    is_open: bool
    links: Sequence[Link]


def rows_of_advice(viewer: Viewer, dossier: Dossier, parts: Parts, now: datetime) -> list[AdviceRow]:
    """In the order in which they were asked, with what the reader may do."""
    steps = {step.pk: step for step in parts.steps}
    rows = []
    for one in parts.advice:
        one.step = steps[one.step_id]
        one.step.dossier = dossier
        is_open = one.state in OPEN_ADVICE
        minutes = calendar_of(dossier).elapsed_minutes(one.closed_at or now, one.due_at)
        links = _links(viewer, one) if is_open else []
        rows.append(AdviceRow(one, asked_name(one), advice_state_name(one.state), minutes, is_open, links))
    return rows


def asked_name(advice: Advice) -> str:
    """Who is asked; a unit by the name with which it was read."""
    if advice.official is not None:
        return str(advice.official.name)
    return advice.body or getattr(advice, "unit_name", None) or (advice.unit.code if advice.unit else "")


def to_ask(step: StepInstance) -> Link:
    """The page on which an opinion is asked for."""
    return Link(_("Ask for advice"), reverse("dossiers:ask-advice", args=[step.pk]))


def to_advice(advice: Advice) -> str:
    """The page on which it is answered."""
    return reverse("dossiers:advice", args=[advice.pk])


def _links(viewer: Viewer, advice: Advice) -> list[Link]:
    links = []
    if may_answer_advice(viewer, advice):
        links.append(Link(_("Note the answer") if advice.is_outside else _("Answer"), to_advice(advice)))
    if may_ask_advice(viewer, advice.step):
        links.append(Link(_("Take back"), reverse("dossiers:take-back-advice", args=[advice.pk])))
    return links
