"""What is handed in at the counter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cchc.dossiers.actions.intake import Intake, Paper, Person
from cchc.dossiers.forms.fields import MOST_COPIES, line, reason_choices, words
from cchc.dossiers.forms.filing import FiledForm, FilesField
from cchc.dossiers.models import Channel, Component
from cchc.dossiers.queries.filing import earlier_papers
from cchc.files.models import StoredFile
from cchc.interface.errors import current_language
from cchc.organizations.viewers import Viewer
from cchc.procedures.versions import Component as AskedPaper
from cchc.procedures.versions import Version
from cchc.records.dates import format_date

_ELSEWHERE: Final = "elsewhere"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper asked for: how many came, its files to upload and those kept, whether it is known already and where."""

    name: str
    counts: Sequence[forms.BoundField]
    upload: forms.BoundField
    kept_as: str
    kept: Sequence[StoredFile]
    reused: forms.BoundField
    source: forms.BoundField | None


class IntakeForm(FiledForm):
    """What is handed in at the counter: the owner, who hands it in, the papers by the list of the version. A paper that
    the office has already may be taken from an earlier dossier of the same owner (`offer_earlier`).
    """

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
        self._earlier: Mapping[str, Sequence[Component]] = {}
        self.fields["refuse_code"].choices = [("", "–"), *reason_choices("refuse")]
        if not has_fee:
            del self.fields["receipt"]
        for paper in asked:
            for kind in ("originals", "certified", "copies"):
                self.fields[f"{kind}_{paper.id}"] = _count(getattr(paper, kind))
            self.fields[f"file_{paper.id}"] = FilesField()
            self.fields[f"reused_{paper.id}"] = forms.BooleanField(required=False)

    @property
    def papers(self) -> list[PaperRow]:
        """Each paper asked for with its fields, by its name."""
        language = current_language()
        return [
            PaperRow(
                one.name.in_language(language),
                [self[f"{kind}_{one.id}"] for kind in ("originals", "certified", "copies")],
                self[f"file_{one.id}"], self.kept_as(f"file_{one.id}"), self.files_of(f"file_{one.id}"),
                self[f"reused_{one.id}"], self[_source(one.id)] if _source(one.id) in self.fields else None,
            )
            for one in self._asked
        ]  # fmt: skip

    def offer_earlier(self, viewer: Viewer) -> None:
        """Where a paper is said to be known already: papers of that name or place in earlier dossiers of the same owner
        that the viewer may see. Which of them it is has to be chosen, or that it is none.
        """
        number = " ".join(str(self.data.get("owner_number", "")).split()) if self.is_bound else ""
        reused = [one for one in self._asked if number and self.data.get(f"reused_{one.id}")]
        if not reused:
            return
        self._earlier = earlier_papers(viewer, number, reused)
        for one in reused:
            if found := self._earlier.get(one.id):
                offered = [(str(paper.pk), _earlier_name(paper)) for paper in found]
                choices = [("", "–"), *offered, (_ELSEWHERE, _("Data that the office has elsewhere"))]
                wrong = {"required": _("It was handed in before: choose where it is, or that it is elsewhere.")}
                label = f"{one.name.in_language(current_language())}: {_('reused from')}"
                self.fields[_source(one.id)] = forms.ChoiceField(label=label, choices=choices, error_messages=wrong)

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
                given[f"copies_{one.id}"] or 0, False, given[f"reused_{one.id}"], self.files_of(f"file_{one.id}"),
                self._chosen(one.id),
            )
            for one in self._asked
        ]  # fmt: skip
        receipt = given.get("receipt", "")
        return Intake(person, papers, given["channel"], given["subject"], receipt, given["is_no_duplicate"])

    def _chosen(self, id_: str) -> Component | None:
        chosen = self.cleaned_data.get(_source(id_), "")
        return next((one for one in self._earlier.get(id_, ()) if str(one.pk) == chosen), None)


def _source(id_: str) -> str:
    return f"source_{id_}"


def _earlier_name(paper: Component) -> str:
    return f"{paper.dossier.code}, {format_date(localdate(paper.dossier.submitted_at))}: {paper.name}"


def _count(wanted: int) -> forms.IntegerField:
    """How many came; as many as are asked for to begin with."""
    widget = forms.NumberInput(attrs={"class": "count"})
    return forms.IntegerField(required=False, min_value=0, max_value=MOST_COPIES, initial=wanted or None, widget=widget)


def intake_form(request: HttpRequest, version: Version) -> IntakeForm:
    """As it was posted, if it was: files kept, earlier papers offered."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = IntakeForm(version.components, *posted, has_fee=bool(version.fees))
    form.offer_earlier(request.viewer)
    form.take_in(request.viewer)
    return form
