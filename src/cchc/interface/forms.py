"""What forms of all rooms share. A form says what was typed; whether it holds, the action behind it decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise

from cchc.interface.errors import in_words
from cchc.records.dates import format_date, parse_date
from cchc.records.errors import DomainError

T = TypeVar("T")


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
        return accepted(lambda: parse_date(text)) if text else None


class ActionForm(forms.Form):
    """A form that an action stands behind."""

    data: QueryDict

    def see(self, **seen: object) -> None:
        """What is saved next is meant for the thing as it is now: whoever was told of the change may save again."""
        self.data = self.data.copy()
        self.data.update({name: str(value) for name, value in seen.items()})

    def add_refusal(self, error: DomainError) -> None:
        """Show at the top what the action refused, with its next step; what was typed stays."""
        for problem in error.problems:
            said = in_words(problem)
            self.add_error(None, f"{said['sentence']} {said['next_step']}".strip())


def accepted(ask: Callable[[], T]) -> T:
    """What `ask` answers; what it refuses becomes the field's error."""
    try:
        return ask()
    except DomainError as error:
        said = in_words(error.problems[0])
        raise forms.ValidationError(f"{said['sentence']} {said['next_step']}".strip()) from error
