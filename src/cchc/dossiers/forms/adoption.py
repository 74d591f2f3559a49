"""The form in which a unit notes what it received on paper alone."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.dossiers.actions.paper_volumes import OnPaper
from cchc.dossiers.forms.fields import words
from cchc.dossiers.models import PaperReason
from cchc.dossiers.periods import choices_on
from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm

_MOST: Final = 1_000_000
_MONTHS: Final = 12


class PaperForm(ActionForm):
    """Month, number, why on paper, and what shows it."""

    keeps_draft = True
    month = forms.ChoiceField(label=_("Month"))
    number = forms.IntegerField(label=_("Dossiers received on paper alone"), min_value=0, max_value=_MOST)
    reason_code = forms.ChoiceField(label=_("Why not on the system"), choices=PaperReason.choices)
    evidence = words(_("What shows the number (register, report)"))

    def __init__(self, *args: Any, day: date, **given: Any) -> None:
        super().__init__(*args, **given)
        months = list(choices_on(day))[:_MONTHS]
        named = [(one.first.isoformat(), one.name.in_language(current_language())) for one in months]
        self.fields["month"].choices = named

    def given(self) -> OnPaper:
        """What was noted."""
        said = self.cleaned_data
        return OnPaper(date.fromisoformat(said["month"]), said["number"], said["reason_code"], said["evidence"])
