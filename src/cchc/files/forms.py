"""Uploading a file and saying which paper it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.files.limits import UploadLimits
from cchc.files.models import StoredFile
from cchc.files.sending import Facts
from cchc.files.signatures import KINDS
from cchc.interface.errors import current_language, in_words
from cchc.interface.forms import ActionForm, DayField, ReasonForm
from cchc.records.errors import DomainError, Message
from cchc.records.words import say

_LONGEST = 500
_LONGEST_NUMBER = 100


class FactsForm(ActionForm):
    """Which paper it is; nothing of it is required."""

    title = forms.CharField(label=_("What it is about"), max_length=_LONGEST, required=False)
    number = forms.CharField(
        label=_("Number and symbol"), max_length=_LONGEST_NUMBER, required=False, help_text=_("For example 45/BC-UBND")
    )
    issued_on = DayField(label=_("Issued on"), required=False, help_text=_("Day/month/year"))
    issuer = forms.CharField(label=_("Issued by"), max_length=_LONGEST, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    @property
    def facts(self) -> Facts:
        """What was typed, once the form is valid."""
        return Facts(**{name: self.cleaned_data[name] for name in ("title", "number", "issuer", "issued_on")})


def facts_form(file: StoredFile) -> FactsForm:
    """Filled with what is known of a file."""
    names = ("title", "number", "issuer", "issued_on", "version")
    return FactsForm(initial={name: getattr(file, name) for name in names})


class CitingForm(ActionForm):
    """Why files are cited for an object."""

    reason = forms.CharField(
        label=_("Why it is cited here"), max_length=_LONGEST, required=False,
        help_text=_("For example: proves that the list was published"),
    )  # fmt: skip


class UploadForm(FactsForm, CitingForm):
    """The file itself, and that it holds no state secret; `reason` where it is cited at once."""

    file = forms.FileField(label=_("File"), max_length=None)
    denies_state_secret = forms.BooleanField(
        label=_("I confirm that the file holds no state secret"),
        error_messages={"required": _("Files with state secrets must not be kept here. Confirm that it holds none.")},
    )
    cited_for = forms.CharField(widget=forms.HiddenInput(), required=False)
    field_order = ("file", "reason", "title", "number", "issued_on", "issuer", "denies_state_secret", "cited_for")

    def __init__(self, limits: UploadLimits, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        del self.fields["version"]
        if not self["cited_for"].value():
            del self.fields["reason"]
        kinds = [KINDS[code] for code in limits.kinds]
        self.fields["file"].help_text = _("%(kinds)s; at most %(limit)s MB.") % {
            "kinds": ", ".join(kind.code.upper() for kind in kinds), "limit": limits.file_megabytes,
        }  # fmt: skip
        accepted = [f".{extension}" for kind in kinds for extension in kind.extensions]
        too_large = Message("files.file_too_large", {"limit": limits.file_megabytes})
        self.fields["file"].widget.attrs |= {
            "accept": ",".join(accepted),
            "data-most": limits.file_bytes,
            "data-too-large": say(too_large, current_language()),
        }


class JudgementForm(ReasonForm):
    """Why a content is held back or, with `release`, released."""

    release = forms.CharField(widget=forms.HiddenInput(), required=False)


def told(error: DomainError) -> str:
    """A refusal in words: what is wrong, then what to do."""
    said = in_words(error.problems[0])
    return f"{said['sentence']} {said['next_step']}".strip()
