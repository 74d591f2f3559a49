"""Forms of posts: moving, a post beside the main one, the end of one or of all, taking back what is to come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.interface.forms import ActionForm, DayField, ReasonForm
from cchc.interface.paging import is_key
from cchc.organizations.fields import ADMINISTERED, UnitField
from cchc.organizations.forms import LONGEST, DecisionForm, source_in
from cchc.organizations.shown import RemainingRole
from cchc.records.sources import Source


class RolesField(forms.TypedMultipleChoiceField):
    """Roles by key. Whether they are still held, the action decides: it tells who gave or took some in between."""

    def valid_value(self, value: Any) -> bool:
        """Any number."""
        return is_key(str(value))


class RolesForm(ActionForm):
    """The part of a form in which roles end with a posting. `roles` are the keys of all that the reader saw."""

    ending = RolesField(
        label=_("Roles that end with the former posting"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("Ticked: those over the former unit, and those above and below it. Untick what stays."),
    )  # fmt: skip
    roles = forms.CharField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, remaining: Iterable[RemainingRole] = (), **given: Any) -> None:
        super().__init__(*args, **given)
        choices = [(one.key, one.said) for one in remaining if one.may_end]
        if choices:
            self.fields["ending"].choices = choices
        else:
            del self.fields["ending"]

    def ended(self) -> list[int]:
        """The keys of the roles that end."""
        return list(self.cleaned_data.get("ending", ()))

    def seen_roles(self) -> frozenset[int]:
        """The keys of the roles that the reader saw."""
        return frozenset(int(key) for key in self.cleaned_data["roles"].split(",") if is_key(key))


class TransferForm(RolesForm):
    """Where an official works from a day on, and which roles end with the posting before. `latest` is the key of the
    posting.
    """

    unit = UnitField(label=_("Unit"), kind=ADMINISTERED)
    post = forms.CharField(label=_("Post"), max_length=LONGEST)
    starts_on = DayField(label=_("From (day)"))
    is_head = forms.BooleanField(label=_("Heads the unit"), required=False)
    reason = forms.CharField(label=_("Reason for ending the roles"), max_length=LONGEST, required=False)
    latest = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    field_order = ("unit", "post", "starts_on", "is_head", "ending", "reason")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        if "ending" not in self.fields:
            del self.fields["reason"]


class BesideForm(DecisionForm):
    """A post in another unit beside the main one (kiêm nhiệm)."""

    unit = UnitField(label=_("Unit"), kind=ADMINISTERED)
    post = forms.CharField(label=_("Post"), max_length=LONGEST)
    ends_on = DayField(label=_("Until (day), if known"), required=False)
    is_head = forms.BooleanField(label=_("Heads the unit"), required=False)
    field_order = ("unit", "post", "is_head", "starts_on", "ends_on", "source_document", "source_on")


class LastDayForm(ActionForm):
    """A last day, why, and the decision behind it."""

    ends_on = DayField(label=_("Last working day"))
    source_document = forms.CharField(label=_("Decision (number)"), max_length=LONGEST, required=False)
    source_on = DayField(label=_("Date of the decision"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST)

    def source(self) -> Source | None:
        """The decision, if one was named."""
        return source_in(self.cleaned_data)


class EndPostingForm(LastDayForm, RolesForm):
    """A post beside the main one ends, and roles with it."""

    field_order = ("ends_on", "source_document", "source_on", "ending", "reason")


class LeaveForm(LastDayForm):
    """Everything that an official holds ends. `seen` names what that is, as the reader saw it."""

    seen = forms.CharField(widget=forms.HiddenInput(), required=False)

    def seen_names(self) -> frozenset[str]:
        """What the reader saw, each by its name."""
        return frozenset(name for name in self.cleaned_data["seen"].split(",") if name)


class TakingBackForm(ReasonForm):
    """Why what was to come will not begin; or the day on which it begins instead."""

    instead_from = DayField(
        label=_("Right first day (day), if only the date was wrong"), required=False,
        help_text=_("Empty: it will not begin at all."),
    )  # fmt: skip
    field_order = ("instead_from", "reason")
