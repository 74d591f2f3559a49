"""Forms of the field check."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.assessments.actions.answers import LONGEST
from cchc.assessments.actions.findings import Found
from cchc.assessments.permissions import INSPECTORS
from cchc.assessments.policies import is_given_by_others
from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm, DayField, ReasonForm, accepted
from cchc.organizations.fields import OfficialField
from cchc.organizations.roles import roles
from cchc.records.numbers import decimal_text, parse_number
from cchc.scoring.criteria import CriteriaSet


class FindingForm(ActionForm):
    """What was found at the unit."""

    keeps_draft = True

    code = forms.ChoiceField(label=_("Criterion"))
    found_on = DayField(label=_("Found on"), help_text=_("Within the days whose work is assessed."))
    text = forms.CharField(label=_("What was found"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))
    effect = forms.ChoiceField(
        label=_("Proposal"), choices=[("deduct", _("take points away")), ("points", _("give points"))],
        widget=forms.RadioSelect, initial="deduct",
    )  # fmt: skip
    amount = forms.CharField(label=_("Points"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}))

    def __init__(self, *args: Any, criteria: CriteriaSet, **given: Any) -> None:
        super().__init__(*args, **given)
        language = current_language()
        checked = (one for one in criteria.criteria if not is_given_by_others(one))
        self.fields["code"].choices = [(one.code, f"{one.code} {one.title.in_language(language)}") for one in checked]

    def clean_amount(self) -> str:
        """A number with up to six decimals, as a comma or a point has it."""
        return decimal_text(accepted(lambda: parse_number(self.cleaned_data["amount"])))

    @property
    def found(self) -> Found:
        """As typed."""
        given = self.cleaned_data
        return Found(
            given["code"], given["found_on"], given["text"], Decimal(given["amount"]), given["effect"] == "deduct"
        )


class TeamForm(ActionForm):
    """Who checks units on site."""

    official = OfficialField(label=_("Official"))
    duty = forms.ChoiceField(label=_("Duty"))
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        known, language = roles(), current_language()
        self.fields["duty"].choices = [(duty, known[duty].name.in_language(language)) for duty in INSPECTORS]


class EndDutyForm(ReasonForm):
    """The last day of a duty in the round's teams, and why it ends."""

    ends_on = DayField(label=_("Last day"))
