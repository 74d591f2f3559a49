"""Forms of absences, and of giving many steps to somebody else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.dossiers.forms.fields import reason_choices, words
from cchc.interface.forms import ActionForm, DayField
from cchc.organizations.fields import OfficialField


class AbsenceForm(ActionForm):
    """Who is away, from when to when, and who stands in. Left out: oneself."""

    keeps_draft = True
    official = OfficialField(label=_("Who is away; left out: yourself"), required=False)
    deputy = OfficialField(label=_("Who stands in"))
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    reason = words(_("State the reason"))


class ReassignForm(ActionForm):
    """To whom, and why."""

    keeps_draft = True
    official = OfficialField(label=_("To"))
    reason_code = forms.ChoiceField(label=_("Reason"))
    reason = words(_("State the reason"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["reason_code"].choices = reason_choices("assign")
