"""The form in which the end of a year is confirmed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.interface.forms import ActionForm


class CloseBookForm(ActionForm):
    """How many lines were seen, and that they were compared with the dossiers of the year."""

    expected_last = forms.IntegerField(widget=forms.HiddenInput)
    is_compared = forms.BooleanField(label=_("The lines were compared with the dossiers of the year; I sign for them."))
