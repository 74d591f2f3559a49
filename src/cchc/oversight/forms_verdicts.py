"""Forms of verdicts: real or forgotten."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.dossiers.forms.fields import words
from cchc.interface.forms import ActionForm
from cchc.oversight.actions.verdicts import Found
from cchc.oversight.addresses_lists import month_from
from cchc.oversight.models import Finding


class VerdictForm(ActionForm):
    """What a verifier finds."""

    keeps_draft = True
    finding = forms.ChoiceField(label=_("Verdict"), choices=Finding.choices, widget=forms.RadioSelect)
    evidence = words(_("Evidence: the paper, its number and date, who has it"), required=False, rows=2)
    reason = words(_("State the reason"))

    @property
    def found(self) -> Found:
        """As the action takes it."""
        given = self.cleaned_data
        return Found(given["finding"], given["reason"], given["evidence"])


class DrawForm(ActionForm):
    """A share of a month is drawn."""

    month = forms.CharField(label=_("Month"), max_length=7, widget=forms.TextInput(attrs={"type": "month"}))

    def clean_month(self) -> Any:
        """As a day."""
        month = month_from(self.cleaned_data["month"])
        if month is None:
            raise forms.ValidationError(_("Give the month as year and month, such as 2026-10."))
        return month
