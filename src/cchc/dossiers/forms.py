"""Forms of this room: what is handed in at the counter, and one for every act."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from cchc.dossiers.actions.intake import Intake, Paper, Person
from cchc.dossiers.actions.working import Result
from cchc.dossiers.models import Channel, DeliveryWay, Dossier, StepInstance
from cchc.dossiers.reasons import REASONS
from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm, ClockField, DayField
from cchc.organizations.models import Official
from cchc.procedures.versions import Component as AskedPaper

_LONGEST: Final = 2_000
_MOST_COPIES: Final = 99


def words(label: Any, *, required: bool = True, rows: int = 3) -> forms.CharField:
    """Some lines of text."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=_LONGEST, widget=widget)


def line(label: Any, *, required: bool = False, longest: int = 200, **attrs: str) -> forms.CharField:
    """One line of text; `attrs` of its input."""
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return forms.CharField(label=label, required=required, max_length=longest, widget=widget)


def reason_choices(act: str) -> list[tuple[str, str]]:
    """The coded reasons of an act, in the reader's language."""
    return [(code, name.in_language(current_language())) for code, name in REASONS[act].items()]


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
    return forms.IntegerField(
        required=False, min_value=0, max_value=_MOST_COPIES, initial=wanted or None, widget=widget
    )


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


class TakeInForm(VersionedForm):
    """Papers that came in answer to a request."""

    name = line(_("Paper that came"), required=True, longest=300)
    originals = forms.IntegerField(label=_("Originals"), min_value=0, max_value=_MOST_COPIES, initial=1)
    certified = forms.IntegerField(label=_("Certified copies"), min_value=0, max_value=_MOST_COPIES, initial=0)
    copies = forms.IntegerField(label=_("Plain copies"), min_value=0, max_value=_MOST_COPIES, initial=0)
    has_file = forms.BooleanField(label=_("As a file"), required=False)
    text = words(_("Note"), required=False)

    def given(self) -> dict[str, Any]:
        """One paper."""
        given = super().given()
        names = ("name", "originals", "certified", "copies", "has_file")
        paper = Paper(**{name: given.pop(name) for name in names})
        return given | {"papers": [paper]}


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


class CompleteForm(ResultForm):
    """A step is done; the last one with the result, a late click with when it was really done."""

    field_order = ("text", "result_number", "result_on", "result_note", "done_on", "done_hour", "evidence")
    text = words(_("Note for the next step"), required=False)
    done_on = DayField(label=_("Really done on, where that was before now"), required=False)
    done_hour = ClockField(label=_("at"), required=False)
    evidence = words(_("What shows it"), required=False, rows=2)

    def given(self) -> dict[str, Any]:
        """Day and hour as a moment; no result where nothing is said."""
        given = super().given()
        day, hour = given.pop("done_on"), given.pop("done_hour")
        if day is not None:
            given["done_at"] = make_aware(datetime.combine(day, hour or time(17)))
        if not given["result"].is_there:
            given["result"] = None
        return given


class ClaimForm(ActionForm):
    """When a step was really done."""

    keeps_draft = True
    done_on = DayField(label=_("Really done on"))
    done_hour = ClockField(label=_("at"))
    evidence = words(_("What shows it"))

    def given(self) -> dict[str, Any]:
        """Day and hour as a moment."""
        given = self.cleaned_data
        done_at = make_aware(datetime.combine(given["done_on"], given["done_hour"]))
        return {"done_at": done_at, "evidence": given["evidence"]}


class ReleaseForm(VersionedForm):
    """Back into the queue."""

    reason = words(_("State the reason"))


class SendBackForm(ReasonedForm):
    """To an earlier step."""

    act = "send_back"
    to = forms.ChoiceField(label=_("To the step"))
    earlier: Mapping[str, StepInstance] = {}

    def offer(self, steps: Sequence[StepInstance], name: Callable[[StepInstance], str]) -> None:
        """Those to which it may go."""
        self.earlier = {str(step.pk): step for step in steps}
        self.fields["to"].choices = [(key, name(step)) for key, step in self.earlier.items()]

    def given(self) -> dict[str, Any]:
        """The step itself."""
        given = super().given()
        return given | {"to": self.earlier[given["to"]]}


class AssignForm(ReasonedForm):
    """To somebody else."""

    act = "assign"
    official = forms.ChoiceField(label=_("To"))
    fit: Mapping[str, Official] = {}

    def offer(self, people: Sequence[Official]) -> None:
        """Those who hold the role."""
        self.fit = {one.code: one for one in people}
        self.fields["official"].choices = [(one.code, one.name) for one in people]

    def given(self) -> dict[str, Any]:
        """The official."""
        given = super().given()
        return given | {"official": self.fit[given["official"]]}


FORMS: Final[Mapping[str, type[VersionedForm]]] = {
    "ask_supplement": SupplementForm, "supplement": TakeInForm, "ask_payment": PaymentForm,
    "note_payment": ReceiptForm, "pay": ReceiptForm, "waive": WaiveForm, "suspend": SuspendForm,
    "resume": ResumeForm, "extend": ExtendForm, "record_result": ResultForm, "hand_over": HandOverForm,
    "withdraw": WithdrawForm, "stop": StopForm,
}  # fmt: skip
STEP_FORMS: Final[Mapping[str, type[VersionedForm]]] = {
    "complete": CompleteForm, "release": ReleaseForm, "send_back": SendBackForm, "assign": AssignForm,
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
