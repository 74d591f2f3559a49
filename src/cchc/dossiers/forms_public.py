"""The one form of this room that everybody may fill in."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cchc.interface.forms import ActionForm


class LookUpForm(ActionForm):
    """What stands on the slip."""

    ma = forms.CharField(
        label=_("Code of the dossier"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phieu = forms.CharField(
        label=_("Token on the slip"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


def scanned(request: HttpRequest) -> dict[str, str]:
    """What the code on the slip fills in."""
    return {name: request.GET.get(name, "")[:100].replace("\0", "") for name in ("ma", "phieu")}
