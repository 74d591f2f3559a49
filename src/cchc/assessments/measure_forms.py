"""The form that holds a figure of a criterion against a measure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.assessments.measures import MEASURES
from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm
from cchc.scoring.criteria import Criterion


class BindForm(ActionForm):
    """Which figure of the criterion is held against which measure."""

    input = forms.ChoiceField(label=_("Figure of the criterion"))
    measure = forms.ChoiceField(label=_("Measured by"), widget=forms.RadioSelect)

    def __init__(self, criterion: Criterion, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        language = current_language()
        self.fields["input"].choices = [
            (name, one.measured.in_language(language)) for name, one in criterion.counted.items()
        ]
        self.fields["measure"].choices = [
            (id_, f"{one.name.in_language(language)}. {one.counted.in_language(language)}")
            for id_, one in MEASURES.items()
        ]
