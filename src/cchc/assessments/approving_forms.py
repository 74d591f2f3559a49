"""Forms for what follows the frozen result: the decision that approves it, requests for a review and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.assessments.actions.approving import Decision
from cchc.assessments.models.approvals import LONGEST_SIGNER
from cchc.assessments.shown import code_name
from cchc.interface.forms import ActionForm, DayField
from cchc.papers.models import Paper
from cchc.scoring.criteria import CriteriaSet

_WORDS = {"rows": 5}
_LONGEST = 4_000


class DecisionForm(ActionForm):
    """The decision that approves the result: as it stands on paper, or one of those issued here."""

    paper = forms.ChoiceField(
        label=_("Decision issued here"), required=False,
        help_text=_("Number, day and signer are taken from it. Otherwise fill them in below."),
    )  # fmt: skip
    number = forms.CharField(label=_("Number of the decision"), max_length=100, required=False)
    decided_on = DayField(label=_("Day of the decision"), required=False)
    signer = forms.CharField(
        label=_("Signed by"), max_length=LONGEST_SIGNER, required=False, help_text=_("Post and name as under it.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, papers: Sequence[Paper], **given: Any) -> None:
        super().__init__(*args, **given)
        self._papers = {str(one.pk): one for one in papers}
        named = ((key, f"{one.full_number} {one.title}") for key, one in self._papers.items())
        self.fields["paper"].choices = [("", _("none")), *named]

    def clean(self) -> dict[str, Any]:
        """A paper, or all three facts of one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("paper"):
            for name in ("number", "decided_on", "signer"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill this in, or choose a decision issued here."))
        return cleaned

    @property
    def decision(self) -> Decision:
        """As typed, or as the paper says."""
        given = self.cleaned_data
        paper = self._papers.get(given["paper"])
        if paper is None or paper.issued_on is None:
            return Decision(given["number"], given["decided_on"], given["signer"])
        signer = f"{paper.signer_post or paper.signer_title} {paper.signer_name}".strip()
        return Decision(paper.full_number, paper.issued_on, signer[:LONGEST_SIGNER], paper)


class ReviewForm(ActionForm):
    """What a unit asks the council to look at once more, and why."""

    keeps_draft = True

    criterion = forms.ChoiceField(label=_("Criterion"), required=False)
    text = forms.CharField(
        label=_("What is asked, and why"), max_length=_LONGEST, widget=forms.Textarea(attrs=_WORDS),
        help_text=_("The points asked for, and the documents on which that rests."),
    )  # fmt: skip

    def __init__(self, *args: Any, criteria: CriteriaSet, **given: Any) -> None:
        super().__init__(*args, **given)
        named = ((one.code, code_name(criteria, one.code)) for one in criteria.criteria)
        self.fields["criterion"].choices = [("", _("the whole sheet")), *named]


class ReviewAnswerForm(ActionForm):
    """What the council answers."""

    keeps_draft = True

    granted = forms.ChoiceField(
        label=_("The council's conclusion"), widget=forms.RadioSelect,
        choices=[("yes", _("The request is granted")), ("no", _("The request is not granted"))],
    )  # fmt: skip
    answer = forms.CharField(label=_("Reason"), max_length=_LONGEST, widget=forms.Textarea(attrs=_WORDS))
