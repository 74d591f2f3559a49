"""Which printed forms a dossier has, by what happened to it: one for each act that the law has a form for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from django.utils.timezone import localdate

from cchc.dossiers.models import Dossier, DossierEvent
from cchc.records.errors import refuse
from cchc.slips.printed_forms import RECEIVING, REFUSAL, STOP, SUPPLEMENT, form_on, has_form, name_of

FORM_OF_ACT: Final[Mapping[str, str]] = {
    "receive": RECEIVING,
    "refuse": REFUSAL,
    "ask_supplement": SUPPLEMENT,
    "stop": STOP,
}
"""Acts on dossiers for which a form is handed out."""
AT_COUNTER: Final = ("receive", "refuse")
"""After one of them the applicant leaves the counter with a form."""


def acts_with_forms(events: Iterable[DossierEvent]) -> Sequence[DossierEvent]:
    """Acts for which the set of their day has a form, as they came about."""
    found = [one for one in events if one.act in FORM_OF_ACT and has_form(FORM_OF_ACT[one.act], day_of(one))]
    return sorted(found, key=lambda one: one.pk)


def act_at_counter(events: Iterable[DossierEvent]) -> DossierEvent:
    """Its reception or refusal. Raises `slips.nothing_to_print`."""
    return _one_of([one for one in events if one.act in AT_COUNTER], RECEIVING)


def act_with_form(events: Iterable[DossierEvent], number: int) -> DossierEvent:
    """One act. Raises `slips.nothing_to_print` for what has no form."""
    return _one_of([one for one in events if one.pk == number and one.act in FORM_OF_ACT], SUPPLEMENT)


def has_number(event: DossierEvent) -> bool:
    """Whether its form is numbered in a series. Raises what `form_on` raises."""
    return bool(form_on(FORM_OF_ACT[event.act], day_of(event)).value.mark)


def day_of(event: DossierEvent) -> date:
    """The day whose set holds for its form."""
    return localdate(event.at)


def received_on(dossier: Dossier) -> date:
    """The day of its reception. Raises `slips.nothing_to_print` for one that was refused."""
    if dossier.received_at is None:
        raise refuse("slips.nothing_to_print", form=name_of("control"))
    return localdate(dossier.received_at)


def _one_of(found: Sequence[DossierEvent], form: str) -> DossierEvent:
    if not found:
        raise refuse("slips.nothing_to_print", form=name_of(form))
    return found[0]
