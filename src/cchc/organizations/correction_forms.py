"""Forms in which is said what a record should have said. Its days stay, but for the first one of a posting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.interface.forms import ActionForm, DayField
from cchc.organizations.forms import LONGEST, StandingForm, standing_of
from cchc.organizations.models import Placement, Posting

_REASON = _("What was entered wrongly, and what shows it")


class PlacementCorrectionForm(StandingForm):
    """What the unit should have been called. `confirmed`: the reader was told since when it holds."""

    reason = forms.CharField(label=_REASON, max_length=LONGEST)
    confirmed = forms.BooleanField(widget=forms.HiddenInput(), required=False)
    field_order = ("name_vi", "kind", "parent", "source_document", "source_on", "symbol", "name_en", "reason")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        del self.fields["starts_on"]


class FirstDayForm(ActionForm):
    """On which day the unit began. `version` is what the reader saw of the unit."""

    starts_on = DayField(label=_("First day"))
    reason = forms.CharField(label=_REASON, max_length=LONGEST)
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    confirmed = forms.BooleanField(widget=forms.HiddenInput(), required=False)


class PostingCorrectionForm(ActionForm):
    """What the posting should have said. `version` is what the reader saw of the official."""

    post = forms.CharField(label=_("Post"), max_length=LONGEST)
    is_head = forms.BooleanField(label=_("Heads the unit"), required=False)
    starts_on = DayField(
        label=_("First day"),
        help_text=_("Only where no other post, and no reorganization of units, rests on the day that was entered."),
    )
    reason = forms.CharField(label=_REASON, max_length=LONGEST)
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    confirmed = forms.BooleanField(widget=forms.HiddenInput(), required=False)


def said_of_placement(placement: Placement) -> dict[str, Any]:
    """What the form shows of a placement as it was entered."""
    decision = {"source_document": placement.source_document, "source_on": placement.source_on}
    return standing_of(placement) | decision


def said_of_posting(posting: Posting) -> dict[str, Any]:
    """What the form shows of a posting as it was entered."""
    said = {name: getattr(posting, name) for name in ("post", "is_head", "starts_on")}
    return said | {"version": posting.official.version}
