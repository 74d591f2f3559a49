"""Forms of dossiers that are over, and of corrections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.dossiers.forms.acts import VersionedForm
from cchc.dossiers.forms.fields import line, words
from cchc.dossiers.rules import RetentionClass
from cchc.interface.errors import current_language


class ArchiveForm(VersionedForm):
    """Where the papers lie, and for how long."""

    place = line(_("Place: store, shelf, box"), required=True, longest=300)
    retention_class = forms.ChoiceField(label=_("How long it is kept"))

    def offer(self, classes: Sequence[RetentionClass]) -> None:
        """Those that the rules of the day know."""
        language = current_language()
        self.fields["retention_class"].choices = [(one.id, one.name.in_language(language)) for one in classes]


class CorrectForm(VersionedForm):
    """What was typed at the counter, as it should be, and why."""

    owner_name = line(_("Owner of the dossier"), required=True)
    owner_number = line(_("Identity number"), longest=30)
    owner_phone = line(_("Phone"), longest=30, inputmode="tel")
    owner_address = line(_("Address"), longest=500)
    owner_email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    submitter_name = line(_("Handed in by, where that is somebody else"))
    submitter_number = line(_("Identity number of who hands it in"), longest=30)
    subject = line(_("What is asked for"), longest=500)
    reason = words(_("What was wrong, and what shows it"))

    def given(self) -> dict[str, Any]:
        """The values together."""
        given = super().given()
        names = [name for name in given if name not in {"expected_version", "reason"}]
        return given | {"values": {name: given.pop(name) for name in names}}
