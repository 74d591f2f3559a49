"""Forms of papers, templates and legal bases. They say what was typed; whether it holds, the actions decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.documents.model import KindId
from cchc.interface.errors import current_language, in_words
from cchc.interface.forms import ActionForm, DayField, ReasonForm, accepted
from cchc.papers.actions.bases import BasisFacts
from cchc.papers.actions.drafts import Frame
from cchc.papers.actions.issuing import Issuing
from cchc.papers.composing import Texts, on_behalf_of
from cchc.papers.examples import Example
from cchc.papers.kinds import BASIS_KINDS, PAPER_KINDS
from cchc.papers.models import LegalBasis, Paper, TemplateVersion
from cchc.papers.queries.bases import doubts
from cchc.papers.states import APPROVED, REFUSED
from cchc.papers.texts import LONGEST, parse
from cchc.papers.vocabulary import Vocabulary, known_vocabularies
from cchc.records.errors import DomainError, Problem
from cchc.records.sources import Source, Validity
from cchc.records.words import say

_LONG = 300
_SEVERAL_LINES = {"rows": 3, "spellcheck": "false"}


class TextField(forms.CharField):
    """A text in the language of `texts`; what is wrong with it stands at the field, each fault with its line."""

    def __init__(self, *, rows: int, vocabulary: Vocabulary | None = None, **given: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "spellcheck": "false"})
        super().__init__(widget=widget, max_length=LONGEST, strip=False, **given)
        self.vocabulary = vocabulary

    def clean(self, value: Any) -> str:
        """The text as typed. Raises `ValidationError` with a sentence for each fault."""
        text = super().clean(value)
        try:
            lines = parse(text)
            if self.vocabulary is not None:
                self.vocabulary.check(lines)
        except DomainError as error:
            raise forms.ValidationError([_told(problem) for problem in error.problems]) from error
        return text


class WritingForm(ActionForm):
    """The four texts of a template or a draft, checked against the names of a vocabulary."""

    keeps_draft = True

    summary = TextField(label=_("Summary"), rows=2, required=False, help_text=_("What the paper is about."))
    addressees = TextField(label=_("Addressees"), rows=2, required=False, help_text=_("One on each line."))
    text = TextField(label=_("Content"), rows=18)
    recipients = TextField(label=_("Recipients"), rows=3, required=False, help_text=_("One on each line."))
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, vocabulary: Vocabulary, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for field in self.fields.values():
            if isinstance(field, TextField):
                field.vocabulary = vocabulary

    @property
    def texts(self) -> Texts:
        """As typed."""
        given = self.cleaned_data
        return Texts(given["summary"], given["addressees"], given["text"], given["recipients"])


class TemplateForm(WritingForm):
    """A version of a template."""

    name = forms.CharField(label=_("Name of the template"), max_length=_LONG)
    starts_on = DayField(label=_("From (day)"))
    source_document = forms.CharField(label=_("Decision (number)"), max_length=_LONG, required=False)
    source_on = DayField(label=_("Date of the decision"), required=False)
    field_order = (
        "name", "code", "kind", "vocabulary", "starts_on", "source_document", "source_on", "summary", "addressees",
        "text", "recipients",
    )  # fmt: skip

    def source(self) -> Source | None:
        """The decision, if one was named."""
        document = self.cleaned_data["source_document"]
        return Source(document, self.cleaned_data["source_on"]) if document else None


class NewTemplateForm(TemplateForm):
    """A template that is not there yet."""

    code = forms.SlugField(
        label=_("Code"), max_length=80, help_text=_("Lower-case letters without marks, digits, hyphens. Never changes.")
    )
    kind = forms.ChoiceField(label=_("Kind of paper"))
    vocabulary = forms.ChoiceField(label=_("Written about"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        language = current_language()
        self.fields["kind"].choices = kind_choices()
        self.fields["vocabulary"].choices = [
            (name, one.title.in_language(language)) for name, one in known_vocabularies().items()
        ]


def initial_of(version: TemplateVersion) -> dict[str, Any]:
    """What the template says now, for the form of its next version."""
    same = ("name", "summary", "addressees", "text", "recipients")
    return {field: getattr(version, field) for field in same} | {"version": version.template.version}


def initial_of_example(example: Example) -> dict[str, Any]:
    """A sample text, for the form of a new template: all of it may be changed before it is saved."""
    same = {name: getattr(example, name) for name in ("name", "code", "kind", "vocabulary")}
    return {**same, **asdict(example.texts), "source_document": example.source}


class BasesField(forms.ModelMultipleChoiceField):
    """Bases to choose from, each with what it is about and, where it is so, that it is not in force on `day`."""

    day: date

    def label_from_instance(self, obj: Any) -> str:
        """`Nghị định số 110/2004/NĐ-CP về công tác văn thư · hết hiệu lực …`."""
        told = [say(doubt.what, current_language()) for doubt in doubts(obj, self.day) if doubt.is_out_of_force]
        return " · ".join([f"{obj.name} {obj.title}" if obj.title not in obj.name else obj.name, *told])


class DraftForm(WritingForm):
    """A draft: its texts, the frame around them, the bases it names."""

    issuer = forms.CharField(label=_("Issuing body"), max_length=_LONG)
    superior = forms.CharField(label=_("Body above it"), max_length=_LONG, required=False)
    symbol = forms.CharField(label=_("Symbol"), max_length=40, help_text=_("Such as BC-UBND; the number comes later."))
    place = forms.CharField(label=_("Place of issue"), max_length=100, required=False)
    on_behalf = forms.CharField(
        label=_("Signs on behalf of"), widget=forms.Textarea(attrs=_SEVERAL_LINES), max_length=1_000, required=False,
        help_text=_("A line each, beginning with TM., KT., TL. or TUQ."),
    )  # fmt: skip
    signer_title = forms.CharField(label=_("Signer's title"), max_length=_LONG, required=False)
    signer_post = forms.CharField(label=_("Signer's post elsewhere"), max_length=_LONG, required=False)
    signer_name = forms.CharField(label=_("Signer's name"), max_length=_LONG, required=False)
    bases = BasesField(
        label=_("Legal bases"), queryset=LegalBasis.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("Those chosen stand where the content has the line {bases}, in the order of their force."),
    )  # fmt: skip

    def __init__(self, vocabulary: Vocabulary, bases: Any, day: date, *args: Any, **given: Any) -> None:
        super().__init__(vocabulary, *args, **given)
        self.fields["bases"].day = day
        self.fields["bases"].queryset = bases

    def clean_on_behalf(self) -> str:
        """Each line says for whom."""
        text = self.cleaned_data["on_behalf"]
        accepted(lambda: on_behalf_of(text))
        return text

    @property
    def frame(self) -> Frame:
        """As typed."""
        names = ("issuer", "superior", "symbol", "place", "on_behalf", "signer_title", "signer_post", "signer_name")
        return Frame(**{name: self.cleaned_data[name] for name in names})


def initial_of_draft(paper: Paper, bases: Sequence[LegalBasis]) -> dict[str, Any]:
    """The draft as it is."""
    same = (
        "summary", "addressees", "text", "recipients", "issuer", "superior", "symbol", "place", "on_behalf",
        "signer_title", "signer_post", "signer_name", "version",
    )  # fmt: skip
    return {field: getattr(paper, field) for field in same} | {"bases": [basis.pk for basis in bases]}


class SignedForm(ActionForm):
    """The signed file, and that it holds no state secret."""

    file = forms.FileField(
        label=_("Signed file"), max_length=None, help_text=_("The PDF with its digital signatures, or a scan.")
    )
    denies_state_secret = forms.BooleanField(
        label=_("I confirm that the file holds no state secret"),
        error_messages={"required": _("Files with state secrets must not be kept here. Confirm that it holds none.")},
    )


class IssuingForm(ActionForm):
    """Number and day of a paper that was signed."""

    on = DayField(label=_("Day of issue"))
    number = forms.IntegerField(
        label=_("Number"), min_value=1, max_value=999_999, required=False,
        help_text=_("Leave it empty: the system gives the next one. Enter it where the records office has given it."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    leaves_gap = forms.BooleanField(label=_("The numbers in between were given elsewhere"), required=False)
    accepts_expired = forms.BooleanField(
        label=_("Issue it although a basis is not in force on that day"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    @property
    def issuing(self) -> Issuing:
        """As entered."""
        given = self.cleaned_data
        return Issuing(given["on"], given["number"], given["leaves_gap"], given["accepts_expired"])


class ReplacingForm(ReasonForm):
    """Which paper stands in its place."""

    by = forms.ModelChoiceField(label=_("Replaced by"), queryset=Paper.objects.none())
    field_order = ("by", "reason")

    def __init__(self, others: Any, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["by"].queryset = others


class DecidingForm(ActionForm):
    """What the unit decides."""

    keeps_draft = True

    verdict = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect(),
        choices=[(APPROVED, _("Approve")), (REFUSED, _("Do not approve"))],
    )
    words = forms.CharField(
        label=_("Words of the decision"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4_000, required=False,
        help_text=_("Conditions, or why it is not approved."),
    )  # fmt: skip
    decision = forms.ModelChoiceField(
        label=_("Paper of the decision"), queryset=Paper.objects.none(), required=False,
        help_text=_("An issued paper of the unit, if there is one."),
    )  # fmt: skip

    def __init__(self, decisions: Any, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["decision"].queryset = decisions


class BasisForm(ActionForm):
    """A law or document in the library."""

    keeps_draft = True

    kind = forms.ChoiceField(label=_("Kind"))
    number = forms.CharField(label=_("Number and symbol"), max_length=60, required=False)
    issued_on = DayField(label=_("Issued on"))
    issuer = forms.CharField(label=_("Issued by"), max_length=_LONG)
    title = forms.CharField(
        label=_("Title"),
        max_length=_LONG,
        help_text=_("Of a law its name; otherwise what it is about: “về công tác văn thư”."),
    )
    starts_on = DayField(label=_("In force from"))
    ends_on = DayField(label=_("In force until"), required=False)
    source_document = forms.CharField(
        label=_("Where it can be read"), max_length=500, required=False, help_text=_("Address or gazette.")
    )
    source_on = DayField(label=_("Looked up on"), required=False)
    verified = forms.BooleanField(label=_("Compared with the source"), required=False)
    doubt = forms.CharField(label=_("Open question"), max_length=500, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        language = current_language()
        self.fields["kind"].choices = [(id_, name.in_language(language)) for id_, name in BASIS_KINDS.items()]

    @property
    def facts(self) -> BasisFacts:
        """As typed. Raises `records.ends_before_start`."""
        given = self.cleaned_data
        same = {name: given[name] for name in ("kind", "number", "issued_on", "issuer", "title", "verified", "doubt")}
        source = Source(given["source_document"], given["source_on"])
        return BasisFacts(**same, validity=Validity(given["starts_on"], given["ends_on"]), source=source)


class BasisChangeForm(BasisForm):
    """A basis that is there; `replaced_by` is chosen among the others that its unit may cite."""

    replaced_by = forms.ModelChoiceField(label=_("Replaced by"), queryset=LegalBasis.objects.none(), required=False)
    field_order = (
        "kind", "number", "issued_on", "issuer", "title", "starts_on", "ends_on", "replaced_by", "source_document",
        "source_on", "verified", "doubt",
    )  # fmt: skip

    def __init__(self, others: Any, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["replaced_by"].queryset = others


def initial_of_basis(basis: LegalBasis) -> dict[str, Any]:
    """The basis as it is."""
    names = (
        "kind", "number", "issued_on", "issuer", "title", "starts_on", "ends_on", "source_document", "source_on",
        "verified", "doubt", "version",
    )  # fmt: skip
    return {name: getattr(basis, name) for name in names} | {"replaced_by": basis.replaced_by_id}


def kind_choices() -> list[tuple[KindId, str]]:
    """Every kind of paper with its name in the reader's language."""
    language = current_language()
    return [(id_, name.in_language(language)) for id_, name in PAPER_KINDS.items()]


def _told(problem: Problem) -> str:
    said = in_words(problem)
    return f"{said['sentence']} {said['next_step']}".strip()
