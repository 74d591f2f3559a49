"""One form for every act at a step of a dossier."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from cchc.dossiers.forms.acts import ReasonedForm, ResultForm, VersionedForm
from cchc.dossiers.forms.fields import words
from cchc.dossiers.models import StepInstance
from cchc.interface.forms import ActionForm, ClockField, DayField
from cchc.organizations.models import Official


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


STEP_FORMS: Final[Mapping[str, type[VersionedForm]]] = {
    "complete": CompleteForm, "release": ReleaseForm, "send_back": SendBackForm, "assign": AssignForm,
}  # fmt: skip
