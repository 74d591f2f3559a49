"""Forms of rounds and sheets. They say what was typed; whether it holds, the actions decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cchc.assessments.actions.answers import LONGEST, Said
from cchc.assessments.actions.rounds import Founding, RoundFacts
from cchc.assessments.days_said import day_as_read
from cchc.assessments.figure_fields import field_of, given_field
from cchc.assessments.models import Answer, Round, Sheet
from cchc.assessments.models.rounds import LONGEST_GROUP, LONGEST_TITLE
from cchc.assessments.phases import FOUNDING_PAPERS, PHASES
from cchc.assessments.ranges import OUTSIDE
from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm, DayField, accepted, told
from cchc.organizations.fields import OfficialField, UnitsField
from cchc.records.errors import DomainError, Problem
from cchc.records.text import Language
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.loading import load, shipped_ids
from cchc.scoring.rules.given import Given
from cchc.scoring.set_files import load_uploaded
from cchc.scoring.sheets import Stage

_FIGURE: Final = "so_"
_TICKS: Final = ";"
_FIELDS: Final = {"assessments.no_deduction_reason": "reason", **OUTSIDE}
_WORDS: Final = {"rows": 2, "maxlength": LONGEST}


class RoundForm(ActionForm):
    """What a round is called and which days it scores."""

    keeps_draft = True

    title = forms.CharField(label=_("Title of the round"), max_length=LONGEST_TITLE)
    year = forms.IntegerField(label=_("Year assessed"), min_value=2000, max_value=2100)
    assessed_from = DayField(label=_("Work assessed from"))
    assessed_to = DayField(label=_("Work assessed to"))
    cut_off_on = DayField(label=_("Data count until"), help_text=_("The last day whose data count (cut-off)."))
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    @property
    def facts(self) -> RoundFacts:
        """As typed."""
        names = ("title", "year", "assessed_from", "assessed_to", "cut_off_on")
        return RoundFacts(**{name: self.cleaned_data[name] for name in names})


class RoundField(forms.ModelChoiceField):
    """One of several rounds: a council gives them the same title year after year."""

    def label_from_instance(self, obj: Any) -> str:
        """Title and year."""
        return f"{obj.title} {obj.year}"


class OpenRoundForm(RoundForm):
    """A new round, or one laid out as another was."""

    copy_of = RoundField(
        Round.objects.none(), label=_("Lay out as"), required=False, empty_label=_("none: begin empty"),
        help_text=_(
            "Its units and groups that are still there, its criteria set where that is in force on the last day "
            "assessed, and who appraises what. Days, papers and the field team are entered anew."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, others: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["copy_of"].queryset = others


def initial_of_round(round_: Round) -> dict[str, Any]:
    """What stands there, for changing it."""
    names = ("title", "year", "assessed_from", "assessed_to", "cut_off_on", "version")
    return {name: getattr(round_, name) for name in names}


class SetForm(ActionForm):
    """A criteria set: one that comes with the product, or a file."""

    shipped = forms.ChoiceField(label=_("Criteria set of the product"), required=False)
    file = forms.FileField(
        label=_("Or a file (YAML or XLSX)"), required=False, max_length=255,
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.xlsx"}),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["shipped"].choices = [("", _("none")), *((id_, _titled(id_)) for id_ in shipped_ids())]

    def clean(self) -> dict[str, Any]:
        """The set itself, under `criteria`. Raises `ValidationError` with the loader's sentence."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file: UploadedFile | None = cleaned.get("file")
        shipped = cleaned.get("shipped")
        if bool(file) == bool(shipped):
            raise forms.ValidationError(_("Choose one of the product's sets, or a file."))
        cleaned["criteria"] = accepted(lambda: _uploaded(file) if file else load(shipped or ""))
        return cleaned


class UnitsForm(ActionForm):
    """Units of one group to be scored."""

    group = forms.CharField(
        label=_("Group in which they are ranked"), max_length=LONGEST_GROUP, required=False,
        help_text=_("Such as “Sở, ban, ngành” or “Cấp xã”; units of a group are ranked among themselves."),
    )  # fmt: skip
    units = UnitsField(label=_("Units"))


class TimetableForm(ActionForm):
    """When each phase lasts, and the papers on which the round rests."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        language = current_language()
        for phase, name in PHASES.items():
            said = name.in_language(language)
            self.fields[f"{phase}_from"] = DayField(label=_("%(phase)s: from") % {"phase": said}, required=False)
            self.fields[f"{phase}_to"] = DayField(label=_("%(phase)s: to") % {"phase": said}, required=False)
        for kind, name in FOUNDING_PAPERS.items():
            said = name.in_language(language)
            self.fields[f"{kind}_number"] = forms.CharField(
                label=_("%(paper)s: number") % {"paper": said}, max_length=100, required=False
            )
            self.fields[f"{kind}_on"] = DayField(label=_("%(paper)s: date") % {"paper": said}, required=False)

    def clean(self) -> dict[str, Any]:
        """Two days or none for a phase, number and day or neither for a paper."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for first, second in _halves():
            if bool(cleaned.get(first)) != bool(cleaned.get(second)):
                missing = second if cleaned.get(first) else first
                if missing not in self.errors:
                    self.add_error(missing, _("Fill in both, or neither."))
        return cleaned

    @property
    def phases(self) -> Mapping[str, tuple[date, date]]:
        """As typed."""
        given = self.cleaned_data
        return {one: (given[f"{one}_from"], given[f"{one}_to"]) for one in PHASES if given.get(f"{one}_from")}

    @property
    def papers(self) -> Mapping[str, Founding]:
        """As typed."""
        given = self.cleaned_data
        return {
            one: Founding(given[f"{one}_number"], given[f"{one}_on"])
            for one in FOUNDING_PAPERS
            if given.get(f"{one}_number")
        }


def initial_of_timetable(round_: Round) -> dict[str, Any]:
    """What stands there."""
    initial: dict[str, Any] = {"version": round_.version}
    for phase in round_.phases.order_by("pk"):
        initial |= {f"{phase.phase}_from": phase.starts_on, f"{phase.phase}_to": phase.ends_on}
    for paper in round_.founding_papers.order_by("pk"):
        initial |= {f"{paper.kind}_number": paper.number, f"{paper.kind}_on": paper.issued_on}
    return initial


class ChargeForm(ActionForm):
    """Who appraises what, in which sheets."""

    official = OfficialField(label=_("Appraiser"))
    code = forms.ChoiceField(label=_("Field or criterion"), required=False)
    group = forms.ChoiceField(label=_("Group of units"), required=False)
    sheet = forms.ChoiceField(label=_("Or one unit alone"), required=False)
    instead_of = OfficialField(
        label=_("Stands in for"), required=False, help_text=_("Where that one may not judge the own unit.")
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, criteria: CriteriaSet, sheets: Sequence[Sheet], **given: Any) -> None:
        super().__init__(*args, **given)
        language = current_language()
        nodes = ((node.code, f"{node.code} {node.title.in_language(language)}") for node, _depth in criteria.nodes())
        self.fields["code"].choices = [("", _("all criteria")), *nodes]
        groups = dict.fromkeys(sheet.group for sheet in sheets if sheet.group)
        self.fields["group"].choices = [("", _("all groups")), *((one, one) for one in groups)]
        self.fields["sheet"].choices = [("", _("all units")), *((str(one.pk), one.name) for one in sheets)]


class QuestionForm(ActionForm):
    """What a unit is to explain."""

    keeps_draft = True

    text = forms.CharField(
        label=_("What is to be explained"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
    )


class ExplanationForm(ActionForm):
    """What the unit answers."""

    keeps_draft = True

    text = forms.CharField(label=_("Explanation"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}))


class AnswerForm(ActionForm):
    """What is said about one criterion at one stage. The inputs' fields are made of the set; the box for taking it out
    is there only where that may be, points only where somebody may type them.
    """

    keeps_draft = True

    not_applicable = forms.BooleanField(label=_("Does not apply to the unit"), required=False)
    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea(attrs=_WORDS))
    note = forms.CharField(label=_("Note, explanation"), required=False, widget=forms.Textarea(attrs=_WORDS))
    version = forms.IntegerField(widget=forms.HiddenInput(), initial=0)

    def __init__(self, criterion: Criterion, stage: Stage, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.criterion, self.stage = criterion, stage
        language = current_language()
        made = {_FIGURE + name: field for name, field in _figures(criterion, stage, language)}
        for name, field in made.items():
            self.fields[name] = field
        for name, item in criterion.inputs.items():
            if isinstance(text := self.initial.get(_FIGURE + name), str):
                self.initial[_FIGURE + name] = day_as_read(item, text)
        self.order_fields([*made, "not_applicable", "reason", "note"])
        if criterion.not_applicable == "never":
            del self.fields["not_applicable"]
        self.fields["reason"].label = _("Reason for not applying") if stage == "self" else _("Why deducted, reason")
        if stage == "self" and criterion.not_applicable == "never" and not isinstance(criterion.rule, Given):
            del self.fields["reason"]

    @property
    def typed(self) -> Mapping[str, str]:
        """The texts alone, without those that say nothing."""
        return {name: text.strip() for name, text in self.said.texts.items() if text.strip()}

    def add_refusals(self, error: DomainError, unreadable: Mapping[str, Sequence[Problem]]) -> None:
        """What was refused, at the field of the input that cannot be read, or of the reason that is missing; the rest
        at the top.
        """
        at = {one.message: name for name, problems in unreadable.items() for one in problems}
        for one in error.problems:
            name = _FIELDS.get(one.code) or at.get(one.message, "")
            field = next((known for known in (name, _FIGURE + name) if known in self.fields), None)
            self.add_error(field, told(DomainError(one)))

    @property
    def said(self) -> Said:
        """As typed."""
        texts = dict(_texts(self.cleaned_data))
        if self.cleaned_data.get("not_applicable"):
            texts["applicable"] = "no"
        texts["reason"] = self.cleaned_data.get("reason") or ""
        return Said(texts, self.cleaned_data["note"])


class RowForm(AnswerForm):
    """The same in one row of a criterion's grid, where a reason may be kept for equal cases."""

    keep = forms.BooleanField(label=_("Keep this reason for equal cases"), required=False)


def initial_of_answer(answer: Answer | None) -> dict[str, Any]:
    """What stands there at that stage."""
    if answer is None:
        return {}
    said = dict(answer.said)
    initial = {"note": answer.note, "version": answer.version, "reason": said.pop("reason", "")}
    initial["not_applicable"] = said.pop("applicable", "") != ""
    return initial | {_FIGURE + name: text.split(_TICKS) if _TICKS in text else text for name, text in said.items()}


def _figures(criterion: Criterion, stage: Stage, language: Language) -> Iterator[tuple[str, forms.Field]]:
    for name, item in criterion.inputs.items():
        yield name, field_of(item, item.label.in_language(language), language)
    if isinstance(criterion.rule, Given):
        if criterion.rule.takes_ratio:
            yield "ratio", given_field("ratio")
        yield "points", given_field("points")
    elif stage != "self":
        yield "points", given_field("points")


def _texts(cleaned: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in cleaned.items():
        if name.startswith(_FIGURE):
            yield name.removeprefix(_FIGURE), _TICKS.join(value) if isinstance(value, list) else value or ""


def _halves() -> Iterator[tuple[str, str]]:
    yield from ((f"{phase}_from", f"{phase}_to") for phase in PHASES)
    yield from ((f"{kind}_number", f"{kind}_on") for kind in FOUNDING_PAPERS)


def _titled(id_: str) -> str:
    return load(id_).title.in_language(current_language())


def _uploaded(file: UploadedFile) -> CriteriaSet:
    return load_uploaded(file.read(), file.name or "")
