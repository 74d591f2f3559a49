"""Fields that the forms of this room share."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from cchc.dossiers.reasons import REASONS
from cchc.interface.errors import current_language

MOST_COPIES: Final = 99
_LONGEST: Final = 2_000


def words(label: Any, *, required: bool = True, rows: int = 3) -> forms.CharField:
    """Some lines of text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=_LONGEST, widget=widget)


def line(label: Any, *, required: bool = False, longest: int = 200, **attrs: str) -> forms.CharField:
    """One line of text; `attrs` of its input."""
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return forms.CharField(label=label, required=required, max_length=longest, widget=widget)


def reason_choices(act: str) -> list[tuple[str, str]]:
    """The coded reasons of an act, in the reader's language."""
    return [(code, name.in_language(current_language())) for code, name in REASONS[act].items()]
