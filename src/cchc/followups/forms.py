"""Forms of tasks and directives. They say what was typed; whether it holds, the actions decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, ClassVar, Final

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cchc.followups.actions.directives import Paper
from cchc.followups.deadlines import Deadline
from cchc.followups.fields import DecidingUnitField, DirectiveField, LeaderField, ReachedUnitField, ReachedUnitsField
from cchc.followups.models import DifficultyKind, Directive
from cchc.followups.rules import rules_on
from cchc.followups.states import DIRECTIVE
from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm, ClockField, DayField
from cchc.organizations.fields import OfficialField, UnitField, UnitsField
from cchc.organizations.kinds import unit_kinds
from cchc.organizations.models import Unit
from cchc.papers.fields import BasesField
from cchc.records.errors import refuse

_LONGEST = 4_000
_LINES = 3


class WordsField(forms.CharField):
    """A few lines of text."""

    def __init__(self, *, label: Any, required: bool = True, **given: Any) -> None:
        widget = forms.Textarea(attrs={"rows": _LINES})
        super().__init__(label=label, required=required, max_length=_LONGEST, widget=widget, **given)


class StepForm(ActionForm):
    """A step of a task. `version` is what the reader saw; after a refusal it is the newest, for a second try."""

    keeps_draft = True

    version = forms.IntegerField(widget=forms.HiddenInput())

    def given(self, counted_from: Any) -> dict[str, Any]:
        """What the action takes besides actor, moment, task, step and version."""
        return {"text": self.cleaned_data["text"]}


class NoteForm(StepForm):
    """A step that needs no words."""

    text = WordsField(label=_("Note"), required=False)


class ProgressForm(StepForm):
    """How far it is."""

    text = WordsField(label=_("What has been done, what remains"))


class UrgeForm(StepForm):
    """What is urged."""

    text = WordsField(label=_("What is urged"))


class ReasonForm(StepForm):
    """A step that needs its reason."""

    text = WordsField(label=_("State the reason"))


class ClaimForm(StepForm):
    """That it is done, and what shows it."""

    proof = WordsField(
        label=_("Result and proof"), help_text=_("Number and date of papers, addresses of pages, figures.")
    )
    done_on = DayField(label=_("Really done on"), help_text=_("The day that the proof shows, not today's click."))

    def given(self, counted_from: Any) -> dict[str, Any]:
        """Proof and day."""
        return {"proof": self.cleaned_data["proof"], "done_on": self.cleaned_data["done_on"]}


class LeaderForm(StepForm):
    """Who answers for it from now on."""

    leader = LeaderField(label=_("Leader"), help_text=_("Somebody of the unit, or who leads a unit above it."))
    reason = WordsField(label=_("State the reason"))

    def given(self, counted_from: Any) -> dict[str, Any]:
        """Leader and reason."""
        return {"leader": self.cleaned_data["leader"], "reason": self.cleaned_data["reason"]}


class DeadlineFields(ActionForm):
    """A day, or a number of working days; perhaps an hour of the day on which that ends."""

    keeps_draft = True

    due_on = DayField(label=_("Deadline (date)"), required=False)
    working_days = forms.IntegerField(
        label=_("or working days from the directive's date"), required=False, min_value=1, max_value=1_000
    )

    due_time = ClockField(
        label=_("Before the hour"), required=False, help_text=_("As 10:30. Left empty: until the day ends.")
    )

    def deadline(self, counted_from: Any) -> Deadline:
        """Raises as `Deadline`."""
        given = self.cleaned_data
        return Deadline(counted_from, given.get("due_on"), given.get("working_days"), given.get("due_time"))


class WantedForm(DeadlineFields):
    """By when an answer or a decision is wanted; left empty, as the rules say of `rule`."""

    rule: ClassVar[str]

    working_days = forms.IntegerField(
        label=_("or working days from today"), required=False, min_value=1, max_value=1_000
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        days = getattr(rules_on(localdate()).value, self.rule)
        self.fields["working_days"].help_text = ngettext(
            "Both left empty: %(days)d working day, as is customary (not yet confirmed by the province).",
            "Both left empty: %(days)d working days, as is customary (not yet confirmed by the province).",
            days,
        ) % {"days": days}

    @property
    def wanted(self) -> Deadline | None:
        """Counted from today; None where nothing was typed.

        Raises `followups.deadline_before_today`, and as `Deadline`.
        """
        today, due_on = localdate(), self.cleaned_data.get("due_on")
        if due_on is not None and due_on < today:
            raise refuse("followups.deadline_before_today", day=due_on, today=today)
        given = [self.cleaned_data.get(name) for name in ("due_on", "working_days", "due_time")]
        return self.deadline(today) if any(given) else None


class DifficultyForm(StepForm, WantedForm):
    """What stands in the way, what is proposed, or what went well; and until when the first two are to be answered."""

    rule = "answer"

    kind = forms.ChoiceField(label=_("Kind"), choices=DifficultyKind.choices)
    text = WordsField(label=_("Content"))
    due_on = DayField(
        label=_("To be answered by (day)"), required=False, help_text=_("An advantage waits for no answer.")
    )
    field_order = ("kind", "text", "due_on", "working_days", "due_time")

    def given(self, counted_from: Any) -> dict[str, Any]:
        """Kind, content, and until when."""
        return {name: self.cleaned_data[name] for name in ("kind", "text")} | {"deadline": self.wanted}


class LayingForm(WantedForm):
    """Before which unit a paper is laid, and until when it is to decide."""

    rule = "decide"

    to = DecidingUnitField(label=_("Unit that decides"))
    due_on = DayField(label=_("To be decided by (day)"), required=False)
    field_order = ("to", "due_on", "working_days", "due_time")


class DeadlineForm(StepForm, DeadlineFields):
    """Another deadline."""

    reason = WordsField(label=_("State the reason"))
    field_order = ("due_on", "working_days", "due_time", "reason")

    def given(self, counted_from: Any) -> dict[str, Any]:
        """Deadline and reason."""
        return {"deadline": self.deadline(counted_from), "reason": self.cleaned_data["reason"]}


STEP_FORMS: Final[Mapping[str, type[StepForm]]] = {
    "acknowledge": NoteForm,
    "report": ProgressForm,
    "claim": ClaimForm,
    "raise_difficulty": DifficultyForm,
    "verify": NoteForm,
    "send_back": ReasonForm,
    "urge": UrgeForm,
    "move_deadline": DeadlineForm,
    "change_leader": LeaderForm,
    "withdraw": ReasonForm,
}


class AnswerForm(ActionForm):
    """An answer to a difficulty."""

    keeps_draft = True

    answer = WordsField(label=_("Answer"))


class AddresseesForm(ActionForm):
    """Units by kind, and by code."""

    keeps_draft = True

    kinds = forms.MultipleChoiceField(
        label=_("All units of these kinds"), required=False, widget=forms.CheckboxSelectMultiple()
    )
    units = ReachedUnitsField(label=_("and these units"))

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, int]], **given: Any) -> None:
        """`kinds`: which the word of the unit reaches, and how many of each."""
        super().__init__(*args, **given)
        language, known = current_language(), unit_kinds()
        self.fields["kinds"].choices = [
            (id_, f"{known[id_].value.name.in_language(language)} ({number})") for id_, number in kinds
        ]


class MoreAddresseesForm(AddresseesForm):
    """More units, and which tasks they get too."""

    tasks = forms.MultipleChoiceField(
        label=_("Give them these tasks too"), required=False, widget=forms.CheckboxSelectMultiple()
    )

    def __init__(self, *args: Any, orders: Sequence[tuple[str, str]], **given: Any) -> None:
        """`orders`: a task of each kind that the directive gives, with its words."""
        super().__init__(*args, **given)
        self.fields["tasks"].choices = orders
        if not orders:
            del self.fields["tasks"]


class PaperFields(ActionForm):
    """A directive as it stands on paper."""

    keeps_draft = True

    number = forms.CharField(label=_("Number and symbol"), max_length=100)
    issued_on = DayField(label=_("Date of the directive"))
    issued_by = forms.CharField(label=_("Issued by"), max_length=300)
    title = WordsField(label=_("What it is about"))
    signer = forms.CharField(label=_("Signed by"), max_length=300, required=False)
    bases = BasesField(label=_("Legal bases of the library"))
    legal_basis = forms.CharField(label=_("Other basis"), max_length=500, required=False)

    @property
    def paper(self) -> Paper:
        """What was typed."""
        return Paper(**{field.name: self.cleaned_data[field.name] for field in fields(Paper)})


_ON_PAPER: Final = ("number", "issued_on", "issued_by", "title", "signer", "bases", "legal_basis")


class DirectiveForm(PaperFields, AddresseesForm):
    """A directive as it stands on paper, and to whom it goes."""

    watcher = ReachedUnitField(label=_("Followed by (unit)"))
    posting_wanted = forms.BooleanField(label=_("Addressees put it on their web site"), required=False)
    field_order = (*_ON_PAPER, "kinds", "units", "posting_wanted", "watcher")


class CorrectionForm(PaperFields):
    """What a directive should have said, and to whom it should not have gone. `version` as in `StepForm`."""

    watcher = ReachedUnitField(
        label=_("Followed by (unit)"), help_text=_("Open tasks that the unit named so far follows go along.")
    )
    posting_wanted = forms.BooleanField(label=_("Addressees put it on their web site"), required=False)
    removed = UnitsField(
        label=_("Take off the addressees"),
        help_text=_("Only units that have not acknowledged, posted or begun; their tasks are withdrawn."),
    )
    reason = WordsField(label=_("State the reason"))
    version = forms.IntegerField(widget=forms.HiddenInput())
    field_order = (*_ON_PAPER, "watcher", "posting_wanted", "removed", "reason")


class EndingForm(ActionForm):
    """That a directive stands no more. `version` as in `StepForm`."""

    keeps_draft = True

    step = forms.ChoiceField(label=_("What is done"))
    on = DayField(label=_("Since the day"))
    replaced_by = DirectiveField(label=_("Replaced by (directive)"), required=False)
    reason = WordsField(label=_("State the reason"))
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, **given: Any) -> None:
        """Steps in the reader's language."""
        super().__init__(*args, **given)
        language = current_language()
        ends = (step for step in DIRECTIVE.steps if step.target is not None)
        self.fields["step"].choices = [(step.id, step.name.in_language(language)) for step in ends]


class OrderForm(DeadlineFields):
    """A task for units."""

    what = WordsField(label=_("What is to be done"))
    bases = BasesField(label=_("Legal bases of the library"))
    accepts_expired = forms.BooleanField(label=_("Give it although a basis is not in force today"), required=False)
    legal_basis = forms.CharField(label=_("Other basis"), max_length=500, required=False)
    everyone = forms.BooleanField(label=_("For every addressee"), required=False)
    owners = ReachedUnitsField(label=_("or for these units"))
    leader = LeaderField(
        label=_("Leader"),
        required=False,
        help_text=_("Left empty: the head of each unit. Else somebody of the unit, or who leads a unit above it."),
    )
    watcher = ReachedUnitField(label=_("Followed and verified by (unit)"))
    field_order: Sequence[str] = (
        "what", "bases", "accepts_expired", "legal_basis", "everyone", "owners", "due_on", "working_days", "due_time",
        "leader", "watcher",
    )  # fmt: skip


def offer_leaders(form: ActionForm, about: Unit | Directive) -> None:
    """Where the form names a leader: offer only who may lead tasks of that unit, or by that directive."""
    for field in form.fields.values():
        if isinstance(field, LeaderField):
            field.offer_for(about)


def offer_reached(form: ActionForm, issuer: Unit) -> None:
    """Where the form names units: offer only those to which that unit may issue."""
    for field in form.fields.values():
        if isinstance(field, ReachedUnitField | ReachedUnitsField):
            field.offer_for(issuer)


class UrgeAllForm(ActionForm):
    """What is urged of all who are behind."""

    keeps_draft = True

    text = WordsField(label=_("What is urged"))


class AssignForm(ActionForm):
    """Who is to follow it, from when until when, and why."""

    keeps_draft = True

    official = OfficialField(
        label=_("Who is to follow it"), help_text=_("Somebody who works in the unit that follows it, or under it.")
    )
    starts_on = DayField(label=_("From (day)"))
    ends_on = DayField(
        label=_("Until (day)"), required=False, help_text=_("Left empty: until the assignment is ended.")
    )
    reason = WordsField(label=_("State the reason"))


class EndAssignmentForm(ActionForm):
    """Until when it goes on, and why it ends."""

    keeps_draft = True

    ends_on = DayField(
        label=_("Last day"), help_text=_("Yesterday, to end it at once; a day before it began takes it back whole.")
    )
    reason = WordsField(label=_("State the reason"))


class PostingForm(ActionForm):
    """Where a directive was posted."""

    keeps_draft = True

    unit = UnitField(label=_("Unit"))
    place = forms.CharField(label=_("Where"), max_length=300)
    link = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    posted_on = DayField(label=_("Posted on"))


class PostingCorrectionForm(ActionForm):
    """What a line of the posting log should have said. `version` as in `StepForm`."""

    keeps_draft = True

    place = forms.CharField(label=_("Where"), max_length=300)
    link = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    posted_on = DayField(label=_("Posted on"))
    reason = WordsField(label=_("State the reason"))
    version = forms.IntegerField(widget=forms.HiddenInput())
