"""Forms of registers and entries. They say what was typed; whether it holds, the actions decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.followups.forms import OrderForm, WordsField
from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm, DayField
from cchc.organizations.fields import UnitField
from cchc.papers.fields import BasesField
from cchc.registers.actions.entries import EntryFacts
from cchc.registers.actions.registers import RegisterFacts
from cchc.registers.kinds import CHOICE, DATE, NUMBER, TEXT, UNIT, Column, RegisterKind
from cchc.registers.models import Register, RegisterEntry
from cchc.registers.models.registers import LONGEST_TITLE
from cchc.registers.values import LONGEST, MOST, read

_PREFIX: Final = "cot_"
_ROWS: Final = 2


class RegisterForm(ActionForm):
    """What a register is called, its period, and what it rests on."""

    keeps_draft = True

    title = forms.CharField(label=_("Title of the register"), max_length=LONGEST_TITLE)
    starts_on = DayField(label=_("Kept from"))
    ends_on = DayField(label=_("Kept until"), required=False)
    number = forms.CharField(
        label=_("Number of the document it rests on"), max_length=100, required=False, help_text=_("As 49/KH-UBND.")
    )
    issued_on = DayField(label=_("Date of the document"), required=False)
    basis = BasesField(label=_("Legal basis of the library"))
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def clean_basis(self) -> Any:
        """One at the most. Raises `ValidationError`."""
        picked = self.cleaned_data["basis"]
        if len(picked) > 1:
            raise forms.ValidationError(_("Choose one basis; name others in the title."))
        return picked[0] if picked else None

    @property
    def facts(self) -> RegisterFacts:
        """As typed."""
        names = ("title", "starts_on", "ends_on", "number", "issued_on", "basis")
        return RegisterFacts(**{name: self.cleaned_data[name] for name in names})


class OpenRegisterForm(RegisterForm):
    """A new register, of one of the kinds of today."""

    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect())
    field_order = ("kind", "title", "starts_on", "ends_on", "number", "issued_on", "basis")

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"].choices = kinds


def initial_of_register(register: Register) -> dict[str, Any]:
    """What stands there, for changing it."""
    return {
        "title": register.title,
        "starts_on": register.starts_on,
        "ends_on": register.ends_on,
        "number": register.number,
        "issued_on": register.issued_on,
        "basis": [f"#{register.basis_id}"] if register.basis_id else [],
        "version": register.version,
    }


class CloseForm(ActionForm):
    """What is said when a register is closed."""

    keeps_draft = True

    text = WordsField(label=_("Note"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput())


class EntryForm(ActionForm):
    """One row: the unit concerned, and a field for every column of the kind."""

    keeps_draft = True

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, kind: RegisterKind, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._kind, language = kind, current_language()
        if kind.unit_name is not None:
            self.fields["unit"] = UnitField(label=kind.unit_name.in_language(language), required=kind.needs_unit)
        for column in kind.columns:
            self.fields[f"{_PREFIX}{column.id}"] = _FIELDS[column.type](column, column.name.in_language(language))

    @property
    def facts(self) -> EntryFacts:
        """As typed."""
        given = self.cleaned_data
        values = {column.id: _typed(given[f"{_PREFIX}{column.id}"]) for column in self._kind.columns}
        return EntryFacts(given.get("unit"), values)


def initial_of_entry(entry: RegisterEntry) -> dict[str, Any]:
    """What stands there, for correcting it."""
    columns = entry.register.definition.columns
    values = {f"{_PREFIX}{column.id}": read(column, entry.values) for column in columns}
    return values | {"unit": entry.unit.code if entry.unit else "", "version": entry.version}


class EntryOrderForm(OrderForm):
    """A task by an entry: its days are counted from the day on which it is given."""

    everyone = None
    field_order = (
        "what", "owners", "due_on", "working_days", "due_time", "leader", "bases", "accepts_expired",
        "legal_basis", "watcher",
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["owners"].label = _("Units that do it")
        self.fields["working_days"].label = _("or working days from today")


def _text(column: Column, label: str) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": _ROWS})
    return forms.CharField(label=label, required=column.required, max_length=LONGEST, widget=widget)


def _number(column: Column, label: str) -> forms.Field:
    return forms.IntegerField(label=label, required=column.required, min_value=0, max_value=MOST - 1)


def _choice(column: Column, label: str) -> forms.Field:
    language = current_language()
    choices = [(id_, name.in_language(language)) for id_, name in column.choices.items()]
    return forms.ChoiceField(label=label, required=column.required, choices=[("", "–"), *choices])


_FIELDS: Final[Mapping[str, Callable[[Column, str], forms.Field]]] = {
    TEXT: _text,
    NUMBER: _number,
    CHOICE: _choice,
    DATE: lambda column, label: DayField(label=label, required=column.required),
    UNIT: lambda column, label: UnitField(label=label, required=column.required),
}


def _typed(value: Any) -> Any:
    """The code of a unit that was picked; everything else as it is."""
    return getattr(value, "code", value)
