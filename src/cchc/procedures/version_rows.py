"""The rows of the form of a version: steps, papers, fees. A row without a name is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.organizations.roles import roles
from cchc.procedures.versions import PAYMENTS, Component, Fee, ProcedureStep
from cchc.procedures.wording import role_name
from cchc.records.errors import Message
from cchc.records.text import Language, LocalText
from cchc.records.words import say
from cchc.worktime.limits import LIMIT_UNITS

_LONGEST: Final = 500
_MOST: Final = 100_000
STEP_ROLES: Final = (
    "receiving_officer", "settling_official", "one_stop_head", "signing_leader", "unit_head",
)  # fmt: skip
Fields = Mapping[str, forms.Field]


@dataclass(frozen=True, slots=True)
class RowKind:
    """One kind of rows: its fields in the reader's language, with what an empty row begins, and how many are added at
    once.
    """

    id: str
    fields: Callable[[Language], Fields]
    empty: Mapping[str, str] = field(default_factory=dict)
    added: int = 3
    most: int = 60


def limit_units(language: Language) -> list[tuple[str, str]]:
    """The units of limits to choose from."""
    return [(unit, say(Message(f"procedures.unit_{unit}"), language)) for unit in LIMIT_UNITS]


def _step_fields(language: Language) -> Fields:
    known = {id_: role_name(id_).in_language(language) for id_ in (*STEP_ROLES, *roles())}
    return {
        "name": _name(_("Work of the step")),
        "role": forms.ChoiceField(label=_("Who works on it"), choices=known.items()),
        "amount": _count(_("Limit"), min_value=1),
        "unit": forms.ChoiceField(label=_("In"), choices=limit_units(language)),
        "after": forms.CharField(label=_("After step"), required=False, max_length=60),
        "agency": _name(_("Other body")),
        "id": forms.CharField(required=False, max_length=40, widget=forms.HiddenInput()),
    }


def _paper_fields(language: Language) -> Fields:
    return {
        "name": _name(_("Paper")),
        "originals": _count(_("Originals")),
        "certified": _count(_("Certified copies")),
        "copies": _count(_("Plain copies")),
        "id": forms.CharField(required=False, max_length=40, widget=forms.HiddenInput()),
    }


def _fee_fields(language: Language) -> Fields:
    payments = [(id_, say(Message(f"procedures.payment_{id_}"), language)) for id_ in PAYMENTS]
    return {
        "name": _name(_("Fee")),
        "amount": _count(_("Amount in đồng"), max_value=10**12),
        "payment": forms.ChoiceField(label=_("When it is paid"), choices=payments),
    }


STEPS: Final = RowKind("step", _step_fields, {"role": "settling_official", "unit": "working_days"})
PAPERS: Final = RowKind("paper", _paper_fields)
FEES: Final = RowKind("fee", _fee_fields, added=2)
KINDS: Final = (STEPS, PAPERS, FEES)


def initial_rows(
    steps: Iterable[ProcedureStep], papers: Iterable[Component], fees: Iterable[Fee]
) -> dict[str, list[dict[str, Any]]]:
    """What stands in the rows, for changing it: a step waits for those of these numbers, `0` for none."""
    ordered = list(steps)
    numbers = {step.id: str(number) for number, step in enumerate(ordered, 1)}
    return {
        STEPS.id: [
            {
                "name": step.name.vi, "role": step.role, "amount": step.limit.amount, "unit": step.limit.unit,
                "after": ", ".join(numbers[one] for one in step.after) or "0", "id": step.id,
                "agency": step.agency.vi if step.agency else "",
            }
            for step in ordered
        ],
        PAPERS.id: [
            {"name": one.name.vi, "originals": one.originals, "certified": one.certified, "copies": one.copies,
             "id": one.id}
            for one in papers
        ],
        FEES.id: [{"name": fee.name.vi, "amount": fee.amount, "payment": fee.payment} for fee in fees],
    }  # fmt: skip


def names_in_english(*groups: Iterable[Any]) -> dict[str, str]:
    """By the Vietnamese name: what somebody wrote in English, which a form of one language keeps."""
    named = [text for group in groups for one in group for text in (one.name, getattr(one, "agency", None)) if text]
    return {text.vi: text.en for text in named if text.en}


def in_both(text: str, english: Mapping[str, str]) -> LocalText:
    """The name with its English, where it is one that had one."""
    return LocalText(text, english.get(text))


def _name(label: Any) -> forms.Field:
    return forms.CharField(label=label, required=False, max_length=_LONGEST)


def _count(label: Any, min_value: int = 0, max_value: int = _MOST) -> forms.Field:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        label=label, required=False, min_value=min_value, max_value=max_value, widget=widget
    )  # fmt: skip
