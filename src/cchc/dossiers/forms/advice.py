"""Forms of opinions: asking, answering, taking back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.dossiers.actions.advising import MOST_DAYS, Asked
from cchc.dossiers.forms.acts import VersionedForm
from cchc.dossiers.forms.fields import line, words
from cchc.interface.forms import ActionForm
from cchc.organizations.fields import OfficialField, UnitField


class AskForm(VersionedForm):
    """Of whom, what, by when."""

    official = OfficialField(
        label=_("An official"), required=False, help_text=_("Name one: an official, a unit, or a body outside."),
    )  # fmt: skip
    unit = UnitField(label=_("A unit"), required=False)
    body = line(_("A body outside the register, in words"))
    question = words(_("What is asked"))
    working_days = forms.IntegerField(label=_("Working days to answer"), min_value=1, max_value=MOST_DAYS)

    def given(self) -> dict[str, Any]:
        """Whom as one."""
        given = super().given()
        asked = Asked(given.pop("official"), given.pop("unit"), given.pop("body"))
        return given | {"asked": asked}


class AnswerForm(ActionForm):
    """What is said; `evidence` for a body outside."""

    keeps_draft = True
    answer = words(_("Answer"), rows=5)
    evidence = words(_("What shows it"), rows=2)

    def without_evidence(self) -> None:
        """For those who answer for themselves."""
        del self.fields["evidence"]


class TakeBackForm(ActionForm):
    """Why nobody waits for it any more."""

    keeps_draft = True
    reason = words(_("State the reason"))
