"""Form fields for what a criterion asks. They take any text: the evaluator's own reader judges it, so that screen, file
and sheet agree.
"""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext as _

from cchc.interface.forms import MeasuredField
from cchc.records.text import Language
from cchc.scoring.rules.base import Input

LONGEST: Final = 200


class AnyChoice(forms.ChoiceField):
    """One of several; whether the value is one of them is said by the evaluator, in its words."""

    def valid_value(self, value: object) -> bool:
        """Always."""
        return True


class AnyChoices(forms.MultipleChoiceField):
    """Several; as above."""

    def valid_value(self, value: object) -> bool:
        """Always."""
        return True


def field_of(item: Input, label: str, language: Language) -> forms.Field:
    """The field in which an input of that kind is typed or chosen."""
    options = [(option.id, option.label.in_language(language)) for option in item.options]
    match item.kind:
        case "yes_no":
            answers = [("yes", _("Yes")), ("no", _("No"))]
            return AnyChoice(label=label, choices=answers, widget=forms.RadioSelect, required=False)
        case "choice" if options:
            return AnyChoice(label=label, choices=options, widget=forms.RadioSelect, required=False)
        case "checklist" if options:
            return AnyChoices(label=label, choices=options, widget=forms.CheckboxSelectMultiple, required=False)
        case "count":
            return text_field(label, "numeric", unit=item.unit.in_language(language) if item.unit else _("count"))
        case "number":
            return text_field(label, "decimal", unit=item.unit.in_language(language) if item.unit else "")
        case "date":
            return text_field(label, "text", _("Such as 23/11/2026; “no” when it was never done."))
        case _:
            return text_field(label, "text")


def given_field(name: str) -> forms.Field:
    """The field of `ratio`, `points` or `reason`."""
    match name:
        case "ratio":
            return text_field(_("Share of the maximum"), "decimal", _("Such as 0,85 or 85%; either this or points."))
        case "points":
            return text_field(_("Points"), "decimal", unit=_("points"))
        case _:
            return text_field(_("Reason"), "text")


def text_field(label: str, mode: str, help_text: str = "", unit: str = "") -> forms.CharField:
    """A line of text for a keyboard of that mode."""
    widget = forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off", "maxlength": LONGEST})
    return MeasuredField(label=label, help_text=help_text, required=False, widget=widget, unit=unit)
