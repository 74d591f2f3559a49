"""Forms of units and people. They say what was typed; whether it holds, the actions decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cchc.interface.errors import current_language, in_words
from cchc.organizations.kinds import unit_kinds
from cchc.organizations.models import Placement, Unit
from cchc.organizations.queries.units import get_unit
from cchc.organizations.roles import roles
from cchc.records.dates import format_date, parse_date
from cchc.records.errors import DomainError
from cchc.records.sources import Source

_LONGEST = 300


class DayField(forms.CharField):
    """A day, typed as 01/07/2025 or 2025-07-01; `clean` answers a `date`, or None when it may be left out."""

    def __init__(self, *, label: str | Promise, required: bool = True, **given: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(label=label, required=required, max_length=20, widget=widget, **given)

    def prepare_value(self, value: Any) -> Any:
        """A date is shown as people write it."""
        return format_date(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """Raises `ValidationError` with our sentence."""
        text = super().clean(value)
        return _asked(lambda: parse_date(text)) if text else None


class UnitField(forms.CharField):
    """A unit by its code; a list of the likely ones is offered while typing (`datalist`)."""

    def clean(self, value: Any) -> Any:
        """The `Unit`, or None when it may be left out."""
        text = super().clean(value)
        return _asked(lambda: get_unit(text.split(" ")[0])) if text else None


class ActionForm(forms.Form):
    """A form that an action stands behind."""

    def add_refusal(self, error: DomainError) -> None:
        """Show at the top what the action refused, with its next step; what was typed stays."""
        for problem in error.problems:
            said = in_words(problem)
            self.add_error(None, f"{said['sentence']} {said['next_step']}".strip())


class DecisionForm(ActionForm):
    """The part of a form that names the day and the decision behind a change."""

    starts_on = DayField(label=_("From (day)"))
    source_document = forms.CharField(label=_("Decision (number)"), max_length=_LONGEST, required=False)
    source_on = DayField(label=_("Date of the decision"), required=False)

    def source(self) -> Source | None:
        """The decision, if one was named."""
        document = self.cleaned_data.get("source_document")
        return Source(document, self.cleaned_data.get("source_on")) if document else None


class StandingForm(DecisionForm):
    """What a unit is called and which kind it is. `version` is what the reader saw."""

    name_vi = forms.CharField(label=_("Name"), max_length=_LONGEST)
    name_en = forms.CharField(label=_("English name"), max_length=_LONGEST, required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    symbol = forms.CharField(label=_("Symbol in numbers of papers"), max_length=40, required=False)
    parent = UnitField(label=_("Stands under (code)"), max_length=_LONGEST, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    field_order: tuple[str, ...] = (
        "name_vi",
        "kind",
        "parent",
        "starts_on",
        "source_document",
        "source_on",
        "symbol",
        "name_en",
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        language = current_language()
        kinds = [(id_, dated.value.name.in_language(language)) for id_, dated in unit_kinds().items()]
        self.fields["kind"].choices = kinds


class NewUnitForm(StandingForm):
    """A unit that is not there yet."""

    code = forms.SlugField(
        label=_("Code"), max_length=80, help_text=_("Lower-case letters without marks, digits, hyphens. Never changes.")
    )
    field_order = (
        "name_vi",
        "code",
        "kind",
        "parent",
        "starts_on",
        "source_document",
        "source_on",
        "symbol",
        "name_en",
    )


class MergerForm(DecisionForm):
    """Other units go into this one."""

    predecessors = forms.CharField(
        label=_("Codes of the units that go into it"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One in a line."), max_length=4_000,
    )  # fmt: skip
    field_order = ("predecessors", "starts_on", "source_document", "source_on")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["source_document"].required = True

    def clean_predecessors(self) -> list[Unit]:
        """The units, in the order typed."""
        codes = dict.fromkeys(self.cleaned_data["predecessors"].split())
        return _asked(lambda: [get_unit(code) for code in codes])


class OfficialForm(ActionForm):
    """An official, and where they work from when on."""

    name = forms.CharField(label=_("Full name"), max_length=_LONGEST)
    code = forms.SlugField(label=_("Number in the personnel list"), max_length=40)
    post = forms.CharField(label=_("Post"), max_length=_LONGEST)
    starts_on = DayField(label=_("From (day)"))
    is_head = forms.BooleanField(label=_("Heads the unit"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)


class TransferForm(ActionForm):
    """Where an official works from a day on."""

    unit = UnitField(label=_("Unit (code)"), max_length=_LONGEST)
    post = forms.CharField(label=_("Post"), max_length=_LONGEST)
    starts_on = DayField(label=_("From (day)"))
    is_head = forms.BooleanField(label=_("Heads the unit"), required=False)


class GrantForm(DecisionForm):
    """A role over a unit."""

    role = forms.ChoiceField(label=_("Role"))
    unit = UnitField(label=_("Unit (code)"), max_length=_LONGEST)
    covers_subtree = forms.BooleanField(label=_("Also over what stands under it"), required=False)
    ends_on = DayField(label=_("Until (day), if known"), required=False)
    field_order = ("role", "unit", "covers_subtree", "starts_on", "ends_on", "source_document", "source_on")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        language = current_language()
        self.fields["role"].choices = [(id_, role.name.in_language(language)) for id_, role in roles().items()]


def standing_of(placement: Placement) -> dict[str, Any]:
    """What a form shows of a unit as it is."""
    return {
        "name_vi": placement.name_vi,
        "name_en": placement.name_en,
        "kind": placement.kind,
        "symbol": placement.symbol,
        "parent": "" if placement.parent is None else placement.parent.code,
        "version": placement.unit.version,
    }


def _asked(ask: Callable[[], Any]) -> Any:
    """What `ask` answers; what it refuses becomes the form's error."""
    try:
        return ask()
    except DomainError as error:
        said = in_words(error.problems[0])
        raise forms.ValidationError(f"{said['sentence']} {said['next_step']}".strip()) from error
