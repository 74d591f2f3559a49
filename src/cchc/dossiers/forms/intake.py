"""What is handed in at the counter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.dossiers.actions.intake import Intake, Paper, Person
from cchc.dossiers.forms.fields import MOST_COPIES, line, reason_choices, words
from cchc.dossiers.models import Channel
from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm
from cchc.procedures.versions import Component as AskedPaper


class IntakeForm(ActionForm):
    """What is handed in at the counter: the owner, who hands it in, the papers by the list of the version."""

    keeps_draft = True

    owner_name = line(_("Owner of the dossier"), required=True, autofocus="autofocus")
    owner_number = line(_("Identity number"), longest=30)
    owner_phone = line(_("Phone"), longest=30, inputmode="tel")
    owner_address = line(_("Address"), longest=500)
    owner_email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    submitter_name = line(_("Handed in by, where that is somebody else"))
    submitter_number = line(_("Identity number of who hands it in"), longest=30)
    subject = line(_("What is asked for"), longest=500)
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, initial="direct")
    receipt = line(_("Receipt, where the fee was paid now"), longest=60)
    is_no_duplicate = forms.BooleanField(label=_("It is no duplicate"), required=False)
    refuse_code = forms.ChoiceField(label=_("Why it is refused"), required=False)
    refuse_reason = words(_("What is missing or not fulfilled, in full"), required=False)

    def __init__(self, asked: Sequence[AskedPaper], *args: Any, has_fee: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        self._asked = asked
        self.fields["refuse_code"].choices = [("", "–"), *reason_choices("refuse")]
        if not has_fee:
            del self.fields["receipt"]
        for paper in asked:
            for kind in ("originals", "certified", "copies"):
                self.fields[f"{kind}_{paper.id}"] = _count(getattr(paper, kind))
            self.fields[f"file_{paper.id}"] = forms.BooleanField(required=False)
            self.fields[f"reused_{paper.id}"] = forms.BooleanField(required=False)

    @property
    def papers(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each paper asked for, by its name, with its five fields."""
        language = current_language()
        kinds = ("originals", "certified", "copies", "file", "reused")
        return [(one.name.in_language(language), [self[f"{kind}_{one.id}"] for kind in kinds]) for one in self._asked]

    @property
    def about_person(self) -> list[forms.BoundField]:
        """The fields above the papers."""
        names = (
            "owner_name", "owner_number", "owner_phone", "owner_address", "owner_email", "submitter_name",
            "submitter_number", "subject", "channel", "receipt",
        )  # fmt: skip
        return [self[name] for name in names if name in self.fields]

    @property
    def intake(self) -> Intake:
        """As typed."""
        given = self.cleaned_data
        person = Person(
            given["owner_name"], given["owner_number"], given["owner_address"], given["owner_phone"],
            given["owner_email"], given["submitter_name"], given["submitter_number"],
        )  # fmt: skip
        papers = [
            Paper(
                one.name.vi, one.id, given[f"originals_{one.id}"] or 0, given[f"certified_{one.id}"] or 0,
                given[f"copies_{one.id}"] or 0, given[f"file_{one.id}"], given[f"reused_{one.id}"],
            )
            for one in self._asked
        ]  # fmt: skip
        receipt = given.get("receipt", "")
        return Intake(person, papers, given["channel"], given["subject"], receipt, given["is_no_duplicate"])


def _count(wanted: int) -> forms.IntegerField:
    """How many came; as many as are asked for to begin with."""
    widget = forms.NumberInput(attrs={"class": "count"})
    return forms.IntegerField(required=False, min_value=0, max_value=MOST_COPIES, initial=wanted or None, widget=widget)
