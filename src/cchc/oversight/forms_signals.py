"""The form in which a question to the record is answered."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.interface.forms import ActionForm

_LONGEST: Final = 2_000


class AnswerForm(ActionForm):
    """What happened, in words."""

    keeps_draft = True
    text = forms.CharField(
        label=_("What happened, and what shows it"), max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
