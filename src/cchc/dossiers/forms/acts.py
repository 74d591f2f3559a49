"""One form for every act at a dossier as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from cchc.dossiers.actions.intake import Paper
from cchc.dossiers.actions.working import Result
from cchc.dossiers.forms.fields import MOST_COPIES, line, reason_choices, words
from cchc.dossiers.forms.filing import FiledForm, FilesField
from cchc.dossiers.models import DeliveryWay, Dossier
from cchc.interface.forms import ActionForm, ClockField, DayField


class VersionedForm(ActionForm):
    """An act at a dossier as the reader saw it."""

    keeps_draft = True
    version = forms.IntegerField(widget=forms.HiddenInput())

    def given(self) -> dict[str, Any]:
        """What the action takes beside the dossier."""
        given = dict(self.cleaned_data)
        return {"expected_version": given.pop("version")} | given


class ReasonedForm(VersionedForm):
    """With a coded reason, and words under the name that the action has for them."""

    act = ""
    words_as = "reason"
    label: Any = _("State the reason")
    reason_code = forms.ChoiceField(label=_("Reason"))
    reason = words(_("State the reason"))
    is_override = forms.BooleanField(label=_("Allow it once more: it counts as late"), required=False)
    field_order = ("reason_code", "reason", "amount", "day", "hour", "to", "official", "is_override")
    overrides = False

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["reason_code"].choices = reason_choices(self.act)
        self.fields["reason"].label = self.label
        if not self.overrides:
            del self.fields["is_override"]

    def given(self) -> dict[str, Any]:
        """The words under the action's name."""
        given = super().given()
        return given | {self.words_as: given.pop("reason")} if self.words_as != "reason" else given


class SupplementForm(ReasonedForm):
    """Ask for papers, once and in full."""

    act, words_as, overrides = "ask_supplement", "asked", True
    label = _("Everything that is to be completed, in full")


class PaymentForm(ReasonedForm):
    """Ask for a payment."""

    act, words_as, label = "ask_payment", "asked", _("What is to be paid, by which notice")
    amount = forms.IntegerField(label=_("Amount in đồng"), min_value=1, max_value=2_000_000_000)


class SuspendForm(ReasonedForm):
    """Suspend."""

    act = "suspend"


class WithdrawForm(ReasonedForm):
    """Withdraw."""

    act = "withdraw"


class StopForm(ReasonedForm):
    """Stop."""

    act = "stop"


class WaiveForm(ReasonedForm):
    """Let off."""

    act = "waive"


class ExtendForm(ReasonedForm):
    """Another appointment."""

    act, overrides = "extend", True
    day = DayField(label=_("New appointment, day"))
    hour = ClockField(label=_("Hour"), required=False, help_text=_("Left out: the end of the working day, 17:00"))

    def given(self) -> dict[str, Any]:
        """Day and hour as a moment."""
        given = super().given()
        day, hour = given.pop("day"), given.pop("hour") or time(17)
        return given | {"due_at": make_aware(datetime.combine(day, hour))}


class TakeInForm(FiledForm, VersionedForm):
    """Papers that came in answer to a request."""

    keeps_draft = False

    name = line(_("Paper that came"), required=True, longest=300)
    originals = forms.IntegerField(label=_("Originals"), min_value=0, max_value=MOST_COPIES, initial=1)
    certified = forms.IntegerField(label=_("Certified copies"), min_value=0, max_value=MOST_COPIES, initial=0)
    copies = forms.IntegerField(label=_("Plain copies"), min_value=0, max_value=MOST_COPIES, initial=0)
    files = FilesField(label=_("Electronic copies"))
    text = line(_("Note"), longest=500)
    field_order = ("name", "originals", "certified", "copies", "files", "denies_state_secret", "text")

    def given(self) -> dict[str, Any]:
        """One paper."""
        given = super().given()
        paper = Paper(
            **{name: given[name] for name in ("name", "originals", "certified", "copies")}, files=self.files_of("files")
        )
        return {"expected_version": given["expected_version"], "text": given["text"], "papers": [paper]}


class ReceiptForm(VersionedForm):
    """What was paid."""

    receipt = line(_("Number of the receipt or transaction"), required=True, longest=60)


class ResumeForm(VersionedForm):
    """It goes on."""

    text = words(_("Note"), required=False)


class ResultForm(VersionedForm):
    """What came of it."""

    result_number = line(_("Number of the result"), longest=100)
    result_on = DayField(label=_("Day of the result"), required=False)
    result_note = words(_("What came of it"), required=False)

    def given(self) -> dict[str, Any]:
        """As a result."""
        given = super().given()
        names = ("result_number", "result_on", "result_note")
        number, on, note = (given.pop(name, None) for name in names)
        return given | {"result": Result(number or "", on, note or "")}


class HandOverForm(VersionedForm):
    """The result leaves."""

    to = line(_("Handed over to"), required=True)
    way = forms.ChoiceField(label=_("How"), choices=DeliveryWay.choices)


FORMS: Final[Mapping[str, type[VersionedForm]]] = {
    "ask_supplement": SupplementForm, "supplement": TakeInForm, "ask_payment": PaymentForm,
    "note_payment": ReceiptForm, "pay": ReceiptForm, "waive": WaiveForm, "suspend": SuspendForm,
    "resume": ResumeForm, "extend": ExtendForm, "record_result": ResultForm, "hand_over": HandOverForm,
    "withdraw": WithdrawForm, "stop": StopForm,
}  # fmt: skip


def initial_of(dossier: Dossier, act: str) -> dict[str, Any]:
    """What a form begins with."""
    initial: dict[str, Any] = {"version": dossier.version}
    if act == "hand_over":
        initial["to"] = dossier.submitter_name or dossier.owner_name
    if act in {"record_result", "complete"}:
        initial |= {
            "result_number": dossier.result_number, "result_on": dossier.result_on, "result_note": dossier.result_note,
        }  # fmt: skip
    return initial


def without_result(form: ActionForm) -> None:
    """For a step behind which others follow."""
    for name in ("result_number", "result_on", "result_note"):
        del form.fields[name]


def without_override(form: ActionForm) -> None:
    """For those who may not allow what the rule allows once."""
    form.fields.pop("is_override", None)
