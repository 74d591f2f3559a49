"""Forms of lists of a month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.dossiers.forms.acts import VersionedForm
from cchc.dossiers.forms.fields import line, words
from cchc.interface.forms import ActionForm, DayField
from cchc.interface.picking import PickField
from cchc.oversight.actions.publishing import Erratum
from cchc.oversight.addresses_lists import month_from
from cchc.oversight.published_list import Content
from cchc.papers.queries.bases import get_basis


class DraftListForm(ActionForm):
    """The list of a month is drafted."""

    month = forms.CharField(label=_("Month"), max_length=7, widget=forms.TextInput(attrs={"type": "month"}))

    def clean_month(self) -> Any:
        """As a day."""
        month = month_from(self.cleaned_data["month"])
        if month is None:
            raise forms.ValidationError(_("Give the month as year and month, such as 2026-10."))
        return month


class NotifyForm(VersionedForm):
    """Those named are told."""

    number = line(_("Number of the notice"), required=True, longest=100)
    noticed_on = DayField(label=_("Dated"))


class PublishForm(VersionedForm):
    """It stands on the public page."""

    basis = PickField("papers.basis", label=_("Legal basis"))
    decision_number = line(_("Number of the decision"), required=True, longest=100)
    decided_on = DayField(label=_("Dated"))
    expires_on = DayField(label=_("On the page until"), required=False, help_text=_("Left out: the longest time"))

    def given(self) -> dict[str, Any]:
        """The basis itself."""
        given = super().given()
        return given | {"basis": get_basis(int(given["basis"].removeprefix("#")))}


class CorrectForm(VersionedForm):
    """An erratum beside the name."""

    entry = forms.ChoiceField(label=_("Entry"))
    text = words(_("Erratum, as the public reads it"))
    struck = forms.BooleanField(label=_("The entry counts no more"), required=False)

    def __init__(self, *args: Any, content: Content, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["entry"].choices = [
            (f"{one['number']}.{entry['number']}", f"{one['name']} · {entry['code']}")
            for one in content["officials"]
            for entry in one["entries"]
        ]

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        given = super().given()
        official, entry = map(int, given.pop("entry").split("."))
        return given | {"erratum": Erratum(official, entry, given.pop("text"), given.pop("struck"))}


class ReasonedForm(VersionedForm):
    """Why."""

    reason = words(_("State the reason"))


class ReplyForm(ActionForm):
    """What the one named says."""

    keeps_draft = True
    text = words(_("Reply"), rows=6)


class DecideForm(ActionForm):
    """What is decided about a reply."""

    keeps_draft = True
    accepts = forms.ChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Accept: the entry is not published")), ("no", _("Do not accept: the entry stays"))],
        widget=forms.RadioSelect,
    )
    reason = words(_("State the reason"))

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        return {"accepts": self.cleaned_data["accepts"] == "yes", "reason": self.cleaned_data["reason"]}


FORMS: Final[Mapping[str, type[VersionedForm]]] = {
    "notify": NotifyForm, "close": VersionedForm, "approve": VersionedForm, "put_forward": VersionedForm,
    "back": ReasonedForm, "freeze": VersionedForm, "publish": PublishForm, "correct": CorrectForm,
    "withdraw": ReasonedForm,
}  # fmt: skip
