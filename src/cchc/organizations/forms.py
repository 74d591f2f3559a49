"""Forms of units and people. They say what was typed; whether it holds, the actions decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm, DayField, accepted
from cchc.organizations.bringing_in import MOST_BYTES
from cchc.organizations.calendars import load_calendar
from cchc.organizations.fields import ADMINISTERED, DeputyField, UnitField, UnitsField, pick_fitting
from cchc.organizations.kinds import unit_kinds
from cchc.organizations.models import OwnCalendar, Placement
from cchc.organizations.reorganizing import Fate, NewUnit, fate_of
from cchc.organizations.roles import role_of, roles_over_units
from cchc.organizations.shown import FateLine, shown_calendars
from cchc.records.errors import refuse
from cchc.records.search import fold
from cchc.records.sources import Source, Validity
from cchc.tables.limits import DEFAULT_LIMITS

LONGEST = 300


class DecisionForm(ActionForm):
    """The part of a form that names the day and the decision behind a change."""

    starts_on = DayField(label=_("From (day)"))
    source_document = forms.CharField(label=_("Decision (number)"), max_length=LONGEST, required=False)
    source_on = DayField(label=_("Date of the decision"), required=False)

    def source(self) -> Source | None:
        """The decision, if one was named."""
        return source_in(self.cleaned_data)


class StandingForm(DecisionForm):
    """What a unit is called and which kind it is. `version` is what the reader saw."""

    name_vi = forms.CharField(label=_("Name"), max_length=LONGEST)
    name_en = forms.CharField(label=_("English name"), max_length=LONGEST, required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    symbol = forms.CharField(label=_("Symbol in numbers of papers"), max_length=40, required=False)
    parent = UnitField(label=_("Stands under"), kind=ADMINISTERED, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    field_order: tuple[str, ...] = (
        "name_vi",
        "kind",
        "parent",
        "starts_on",
        "source_document",
        "source_on",
        "symbol",
        "name_en",
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        language = current_language()
        kinds = [(id_, dated.value.name.in_language(language)) for id_, dated in unit_kinds().items()]
        self.fields["kind"].choices = kinds


class NewUnitForm(StandingForm):
    """A unit that is not there yet."""

    code = forms.SlugField(
        label=_("Code"), max_length=80, help_text=_("Lower-case letters without marks, digits, hyphens. Never changes.")
    )
    field_order = (
        "name_vi",
        "code",
        "kind",
        "parent",
        "starts_on",
        "source_document",
        "source_on",
        "symbol",
        "name_en",
    )


class ArrangementForm(DecisionForm):
    """A decision by which units turn into others. `reason` is what the last step asks for: it is not lost while the
    decision is mended.
    """

    keeps_draft = True

    reason = forms.CharField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["source_document"].required = True


class MergerForm(ArrangementForm):
    """Other units go into this one."""

    predecessors = UnitsField(label=_("Units that go into it"), required=True)
    new_name = forms.CharField(
        label=_("New name, if it changes"), max_length=LONGEST, required=False,
        help_text=_("As in the decision; empty: it keeps its name."),
    )  # fmt: skip
    field_order = ("predecessors", "new_name", "starts_on", "source_document", "source_on")

    def __init__(self, *args: Any, kind: str, **given: Any) -> None:
        super().__init__(*args, **given)
        pick_fitting(self.fields["predecessors"], kind)


class SplitForm(ArrangementForm):
    """A unit of that kind turns into several."""

    into = UnitsField(label=_("Into existing units"), required=False)
    founded = forms.CharField(
        label=_("Into new units"), max_length=20 * LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One name a line. They are of the same kind and stand in the same place."),
    )  # fmt: skip
    goes_on = forms.BooleanField(label=_("The unit itself goes on, with a part of what it was"), required=False)
    field_order = ("into", "founded", "goes_on", "starts_on", "source_document", "source_on")

    def __init__(self, *args: Any, kind: str, **given: Any) -> None:
        super().__init__(*args, **given)
        pick_fitting(self.fields["into"], kind)

    def new_units(self) -> list[NewUnit]:
        """Those named, each with a code made of its name and of the year in which it begins."""
        names = [" ".join(line.split()) for line in self.cleaned_data["founded"].splitlines()]
        year = self.cleaned_data["starts_on"].year
        return [NewUnit(f"{slugify(fold(name))[:70]}-{year}", name) for name in names if name]


class EndForm(ArrangementForm):
    """A unit is no more from a day on, and nobody carries it on."""


class FatesForm(ActionForm):
    """What becomes of each posting, role and part of units that go: a choice for every line."""

    def __init__(self, *args: Any, lines: Sequence[FateLine], **given: Any) -> None:
        super().__init__(*args, **given)
        self.lines = lines
        for line in lines:
            choices = line.choices if line.initial else [("", _("Choose…")), *line.choices]
            self.fields[line.key] = forms.ChoiceField(label=line.said, choices=choices, initial=line.initial)

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [
            (heading, [self[line.key] for line in lines])
            for heading, lines in groupby(self.lines, key=lambda line: line.heading)
        ]

    def fates(self) -> dict[str, Fate]:
        """What was chosen, by line."""
        return {line.key: fate_of(self.cleaned_data[line.key]) for line in self.lines}


class OfficialForm(ActionForm):
    """An official, and where they work from when on."""

    name = forms.CharField(label=_("Full name"), max_length=LONGEST)
    code = forms.SlugField(label=_("Number in the personnel list"), max_length=40)
    post = forms.CharField(label=_("Post"), max_length=LONGEST)
    starts_on = DayField(label=_("From (day)"))
    is_head = forms.BooleanField(label=_("Heads the unit"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)


class OfficialChangeForm(ActionForm):
    """Name and contact of an official. `version` is what the reader saw."""

    name = forms.CharField(label=_("Full name"), max_length=LONGEST)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)


class AccountForm(ActionForm):
    """The sign-in name of an account that is opened."""

    username = forms.CharField(
        label=_("Sign-in name"), max_length=LONGEST, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class ImportForm(ActionForm):
    """A file of units and officials."""

    file = forms.FileField(
        label=_("File (XLSX or CSV)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}), max_length=255
    )

    def clean_file(self) -> UploadedFile:
        """Not larger than what is read."""
        return accepted(lambda: _readable(self.cleaned_data["file"]))


class RetentionForm(ActionForm):
    """Why what is past its time is ended now."""

    keeps_draft = True

    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the audit chain with your name."),
    )  # fmt: skip


class CalendarForm(DecisionForm):
    """Which calendar a unit works by from a day on. `version` is what the reader saw of the unit."""

    calendar = forms.ChoiceField(label=_("Working calendar"))
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    field_order = ("calendar", "starts_on", "source_document", "source_on")

    def __init__(self, *args: Any, kept: Sequence[OwnCalendar], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["calendar"].choices = shown_calendars(kept)

    def clean_starts_on(self) -> date:
        """A day on which there is such a calendar."""
        day: date = self.cleaned_data["starts_on"]
        if code := self.cleaned_data.get("calendar", ""):
            calendar = load_calendar(code)
            accepted(lambda: Validity(calendar.first, calendar.last).require(day, calendar.title))
        return day


class OwnCalendarForm(ActionForm):
    """A file with a calendar, and what it rests on."""

    file = forms.FileField(
        label=_("File (YAML or XLSX)"), max_length=255,
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.xlsx"}),
        help_text=_("A whole calendar, as `cchc worktime export` writes it; or one that extends a shipped one."),
    )  # fmt: skip
    source_document = forms.CharField(label=_("Decision (number)"), max_length=LONGEST)
    source_on = DayField(label=_("Date of the decision"), required=False)


class KeptCalendarForm(ActionForm):
    """The calendar that was looked at, as its text came out of the file, to be kept."""

    content = forms.CharField(max_length=MOST_BYTES, strip=False, widget=forms.HiddenInput())
    name = forms.CharField(max_length=255, widget=forms.HiddenInput())
    source_document = forms.CharField(max_length=LONGEST, widget=forms.HiddenInput())
    source_on = DayField(label=_("Date of the decision"), required=False)


class SupervisionForm(DecisionForm):
    """Which unit follows and urges another, from when until when."""

    supervisor = UnitField(label=_("Followed by (unit)"), kind=ADMINISTERED)
    ends_on = DayField(label=_("Until (day), if known"), required=False)
    field_order = ("supervisor", "starts_on", "ends_on", "source_document", "source_on")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["source_document"].required = True


class DelegationForm(ActionForm):
    """Who acts for an official, in which role, until when and why."""

    keeps_draft = True

    deputy = DeputyField(label=_("Deputy"))
    role = forms.ChoiceField(label=_("Role"), required=False)
    starts_on = DayField(label=_("From (day)"))
    ends_on = DayField(label=_("Until (day)"))
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST)

    def __init__(self, *args: Any, held: Iterable[str] = (), **given: Any) -> None:
        super().__init__(*args, **given)
        language = current_language()
        one_role = [(id_, role_of(id_).name.in_language(language)) for id_ in sorted(set(held))]
        self.fields["role"].choices = [("", _("All roles")), *one_role]


class GrantForm(DecisionForm):
    """A role over a unit."""

    role = forms.ChoiceField(label=_("Role"))
    unit = UnitField(label=_("Unit"), kind=ADMINISTERED)
    covers_subtree = forms.BooleanField(label=_("Also over what stands under it"), required=False)
    ends_on = DayField(label=_("Until (day), if known"), required=False)
    field_order = ("role", "unit", "covers_subtree", "starts_on", "ends_on", "source_document", "source_on")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        language = current_language()
        self.fields["role"].choices = [(role.id, role.name.in_language(language)) for role in roles_over_units()]


def standing_of(placement: Placement) -> dict[str, Any]:
    """What a form shows of a unit as it is."""
    return {
        "name_vi": placement.name_vi,
        "name_en": placement.name_en,
        "kind": placement.kind,
        "symbol": placement.symbol,
        "parent": "" if placement.parent is None else placement.parent.code,
        "version": placement.unit.version,
    }


def source_in(given: dict[str, Any]) -> Source | None:
    """The decision that a form names, if it names one."""
    document = given.get("source_document")
    return Source(document, given.get("source_on")) if document else None


def _readable(file: UploadedFile) -> UploadedFile:
    if (file.size or 0) > DEFAULT_LIMITS.file_bytes:
        raise refuse("tables.file_too_large", limit=DEFAULT_LIMITS.file_bytes // 1_000_000)
    return file
