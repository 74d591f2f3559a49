"""Forms of the council: a session, a member's slip, a motion, a vote, exclusions decided together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.assessments.actions.council import Proposal, SessionFacts
from cchc.assessments.models import Opinion, Session
from cchc.assessments.models.council import LONGEST_PLACE
from cchc.assessments.motions import EXCLUDE, INCLUDE, MOTIONS, POINTS, VOTES
from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm, DayField
from cchc.organizations.models import Official
from cchc.records.dates import format_date
from cchc.records.text import LocalText

_WORDS = {"rows": 3}
_LONGEST = 2_000
_LONGEST_POINTS = 40


class SessionForm(ActionForm):
    """Day, place, and who was present."""

    held_on = DayField(label=_("Day of the session"))
    place = forms.CharField(label=_("Place of the session"), max_length=LONGEST_PLACE)
    present = forms.MultipleChoiceField(label=_("Members present"), widget=forms.CheckboxSelectMultiple)
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, members: Sequence[Official], **given: Any) -> None:
        super().__init__(*args, **given)
        self._members = {str(one.pk): one for one in members}
        self.fields["present"].choices = [(key, one.name) for key, one in self._members.items()]

    @property
    def facts(self) -> SessionFacts:
        """As typed."""
        given = self.cleaned_data
        return SessionFacts(given["held_on"], given["place"], [self._members[key] for key in given["present"]])


class AskOpinionsForm(ActionForm):
    """Until when the members give their slips."""

    until = DayField(label=_("Opinions until the end of"))


class OpinionForm(ActionForm):
    """Agree with the appraised points, or say which others and why."""

    keeps_draft = True

    agrees = forms.ChoiceField(
        label=_("Opinion"), widget=forms.RadioSelect,
        choices=[("yes", _("Agree with the appraised points")), ("no", _("Other points"))],
    )  # fmt: skip
    points = forms.CharField(label=_("Points wanted"), max_length=_LONGEST_POINTS, required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=_LONGEST, required=False, widget=forms.Textarea(attrs=_WORDS)
    )

    def clean(self) -> dict[str, Any]:
        """Other points need points and a reason."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("agrees") == "no":
            for name in ("points", "reason"):
                if not cleaned.get(name):
                    self.add_error(name, _("Needed where the opinion is another one."))
        return cleaned


def initial_of_opinion(opinion: Opinion | None) -> dict[str, Any]:
    """What the member said before."""
    if opinion is None:
        return {}
    return {"agrees": "yes" if opinion.agrees else "no", "points": opinion.points, "reason": opinion.reason}


class MotionForm(ActionForm):
    """What the council is to decide, and why."""

    keeps_draft = True

    kind = forms.ChoiceField(label=_("What is to be decided"), widget=forms.RadioSelect)
    points = forms.CharField(
        label=_("Points"), max_length=_LONGEST_POINTS, required=False, help_text=_("Where other points are given.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=_LONGEST, widget=forms.Textarea(attrs=_WORDS))
    session = forms.ChoiceField(label=_("Session"), required=False)

    def __init__(self, *args: Any, sessions: Sequence[Session], is_excluded: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        kinds = (EXCLUDE, INCLUDE) if is_excluded else [one for one in MOTIONS if one not in (EXCLUDE, INCLUDE)]
        self.fields["kind"].choices = _said({one: MOTIONS[one] for one in kinds})
        self._sessions = choose_session(self, sessions)

    def clean(self) -> dict[str, Any]:
        """Other points are said."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") == POINTS and not cleaned.get("points"):
            self.add_error("points", _("Say how many points."))
        return cleaned

    @property
    def proposal(self) -> Proposal:
        """As typed."""
        given = self.cleaned_data
        return Proposal(given["kind"], given["reason"], given["points"])

    @property
    def chosen_session(self) -> Session | None:
        """The one chosen."""
        return self._sessions.get(self.cleaned_data["session"])


class VoteForm(ActionForm):
    """For, against or abstain."""

    vote = forms.ChoiceField(label=_("Vote"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["vote"].choices = _said(VOTES)


class ExclusionsForm(ActionForm):
    """Which units' exclusions are confirmed or refused together, and why."""

    keeps_draft = True

    sheets = forms.MultipleChoiceField(label=_("Units"), widget=forms.CheckboxSelectMultiple)
    decision = forms.ChoiceField(label=_("The council decides"), widget=forms.RadioSelect)
    points = forms.CharField(
        label=_("Points"), max_length=_LONGEST_POINTS, required=False,
        help_text=_("Where it counts although no figures were declared."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=_LONGEST, widget=forms.Textarea(attrs=_WORDS))
    session = forms.ChoiceField(label=_("Session"), required=False)

    def __init__(self, *args: Any, sheets: Mapping[str, str], sessions: Sequence[Session], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["sheets"].choices = list(sheets.items())
        self.fields["decision"].choices = _said({one: MOTIONS[one] for one in (EXCLUDE, INCLUDE)})
        self._sessions = choose_session(self, sessions)

    @property
    def chosen_session(self) -> Session | None:
        """The one chosen."""
        return self._sessions.get(self.cleaned_data["session"])


def choose_session(form: ActionForm, sessions: Sequence[Session]) -> Mapping[str, Session]:
    """Fill the field `session`: the last one stands chosen."""
    known, language = {str(one.pk): one for one in sessions}, current_language()
    named = [
        (
            key,
            _("Session %(number)d, %(day)s") % {"number": one.number, "day": format_date(one.held_on, language)},
        )
        for key, one in known.items()
    ]
    form.fields["session"].choices = [("", _("on the slips, without a session")), *named]
    form.fields["session"].initial = next(reversed(known), "")
    return known


def _said(names: Mapping[str, LocalText]) -> list[tuple[str, str]]:
    language = current_language()
    return [(id_, name.in_language(language)) for id_, name in names.items()]
