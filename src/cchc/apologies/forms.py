"""Forms of this room: what a letter says, what is done to it, a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.timezone import localdate, localtime, make_aware
from django.utils.translation import gettext_lazy as _

from cchc.apologies.actions.letters import Wording
from cchc.apologies.models import Letter, Way
from cchc.apologies.rules import Rules
from cchc.dossiers.forms.acts import VersionedForm
from cchc.dossiers.forms.fields import line, reason_choices, words
from cchc.dossiers.models import Dossier
from cchc.interface.forms import ActionForm, ClockField, DayField

_CLOSES: Final = time(17)


class WordingForm(ActionForm):
    """What a letter says."""

    keeps_draft = True
    cause = forms.ChoiceField(label=_("Cause"))
    reason = words(_("Reason, as the owner is told it"), rows=4)
    day = DayField(label=_("New appointment, day"), required=False)
    hour = ClockField(label=_("Hour"), required=False, help_text=_("Left out: the end of the working day, 17:00"))

    def __init__(self, *args: Any, may_put_off: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["cause"].choices = reason_choices("extend")
        if not may_put_off:
            del self.fields["day"], self.fields["hour"]

    @property
    def wording(self) -> Wording:
        """As typed; a new appointment where a day is named."""
        given = self.cleaned_data
        return Wording(given["cause"], given["reason"], moment_of(given.get("day"), given.get("hour")))


class RewriteForm(WordingForm):
    """The same of a letter as the reader saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput())

    def given(self) -> dict[str, Any]:
        """What the action takes beside the letter."""
        return {"expected_version": self.cleaned_data["version"], "wording": self.wording}


class ApproveForm(VersionedForm):
    """It may be signed."""

    is_override = forms.BooleanField(label=_("Allow it once more: it counts as late"), required=False)


class ReturnForm(VersionedForm):
    """Back to its drafter."""

    reason = words(_("State the reason"))


class SignForm(VersionedForm):
    """It is signed under a number."""

    number = line(_("Number of the letter"), required=True, longest=60)


class SendForm(VersionedForm):
    """It was sent."""

    way = forms.ChoiceField(label=_("How"), choices=Way.choices)
    sent_to = line(_("Address or number that was used, or who took it"), required=True, longest=300)
    day = DayField(label=_("Sent on"))
    hour = ClockField(label=_("at"))

    def given(self) -> dict[str, Any]:
        """Day and hour as a moment."""
        given = super().given()
        return given | {"sent_at": moment_of(given.pop("day"), given.pop("hour"))}


class MistakeForm(ActionForm):
    """A mistake that was found."""

    keeps_draft = True
    cause = forms.ChoiceField(label=_("Kind of mistake"))
    text = words(_("What went wrong"))
    day = DayField(label=_("Found on"))
    hour = ClockField(label=_("at"))

    def __init__(self, *args: Any, rules: Rules, **given: Any) -> None:
        super().__init__(*args, **given)
        names = dict(reason_choices("extend"))
        self.fields["cause"].choices = [(code, names[code]) for code in rules.mistakes]

    def given(self) -> dict[str, Any]:
        """Day and hour as a moment."""
        given = dict(self.cleaned_data)
        return given | {"found_at": moment_of(given.pop("day"), given.pop("hour"))}


FORMS: Final[Mapping[str, type[VersionedForm]]] = {
    "approve": ApproveForm, "return": ReturnForm, "sign": SignForm, "send": SendForm, "cancel": ReturnForm,
}  # fmt: skip


def initial_of(letter: Letter, act: str) -> dict[str, Any]:
    """What a form begins with: what the letter says; where its owner may be reached."""
    initial: dict[str, Any] = {"version": letter.version}
    if act == "draft":
        new = letter.new_due_at and localtime(letter.new_due_at)
        initial |= {"cause": letter.cause, "reason": letter.reason}
        initial |= {"day": new.date(), "hour": new.time()} if new else {}
    if act == "send":
        now = localtime(timezone.now())
        initial |= {"day": now.date(), "hour": now.time(), **_reached(letter.dossier)}
    return initial


def now_as_typed() -> dict[str, Any]:
    """Today, this minute."""
    return {"day": localdate(), "hour": localtime(timezone.now()).time()}


def moment_of(day: Any, hour: Any) -> datetime | None:
    """Day and hour as a moment, the end of the working day where no hour is named; None without a day."""
    return None if day is None else make_aware(datetime.combine(day, hour or _CLOSES))


def _reached(dossier: Dossier) -> dict[str, str]:
    ways = ((Way.EMAIL, dossier.owner_email), (Way.SMS, dossier.owner_phone), (Way.POST, dossier.owner_address))
    return next(({"way": str(way), "sent_to": to} for way, to in ways if to), {})
