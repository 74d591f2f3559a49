"""Forms of the visits: a day beside each of several units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from cchc.assessments.halves import AT_THE_OFFICE, HALVES
from cchc.assessments.models import Sheet
from cchc.assessments.models.visits import LONGEST_NOTE, LONGEST_PLACE
from cchc.assessments.visits import Planned, standing
from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm, DayField, told
from cchc.records.errors import DomainError

VERSION = "version_"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One unit on the page, with its fields."""

    sheet: Sheet
    fields: Sequence[BoundField]


class VisitsForm(ActionForm):
    """Units in their order, each with a day, half of the day, place and note; a unit without a day is left alone."""

    keeps_draft = True

    def __init__(self, *args: Any, sheets: Sequence[Sheet], **given: Any) -> None:
        super().__init__(*args, **given)
        self.sheets = sheets
        language = current_language()
        self._halves = [(id_, name.in_language(language)) for id_, name in HALVES.items()]
        self._office = AT_THE_OFFICE.in_language(language)
        for sheet in sheets:
            self._add(sheet)

    def _add(self, sheet: Sheet) -> None:
        known, fields, key = standing(sheet), self.fields, sheet.pk
        fields[f"day_{key}"] = DayField(label=_("Day"), required=False, initial=known.visit_on if known else None)
        fields[f"half_{key}"] = forms.ChoiceField(
            label=_("Half of the day"), required=False, choices=self._halves, initial=known.half if known else ""
        )
        fields[f"place_{key}"] = forms.CharField(
            label=_("Place of the visit"), required=False, max_length=LONGEST_PLACE,
            initial=known.place if known else "", widget=forms.TextInput(attrs={"placeholder": self._office}),
        )  # fmt: skip
        fields[f"note_{key}"] = forms.CharField(
            label=_("Hour, note"), required=False, max_length=LONGEST_NOTE, initial=known.note if known else ""
        )
        fields[f"{VERSION}{key}"] = forms.IntegerField(widget=forms.HiddenInput(), initial=versions_of([sheet])[key])

    def clean(self) -> dict[str, Any]:
        """What stands beside a unit needs a day; a day that stands there is not emptied."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for sheet in self.sheets:
            name = f"day_{sheet.pk}"
            if cleaned.get(name) is not None or name in self.errors:
                continue
            if standing(sheet) is not None:
                self.add_error(
                    name, _("To take the day back, press “Take the visit back” on the calendar and say why.")
                )
            elif any(cleaned.get(f"{one}_{sheet.pk}") for one in ("half", "place", "note")):
                self.add_error(name, _("Fill in the day."))
        return cleaned

    @property
    def rows(self) -> Iterator[PlanRow]:
        """A row for each unit."""
        for sheet in self.sheets:
            yield PlanRow(sheet, [self[f"{name}_{sheet.pk}"] for name in ("day", "half", "place", "note")])

    @property
    def planned(self) -> list[Planned]:
        """Of the units beside which a day stands."""
        return [self._planned(sheet, day) for sheet in self.sheets if (day := self.cleaned_data[f"day_{sheet.pk}"])]

    def _planned(self, sheet: Sheet, day: date) -> Planned:
        given, key = self.cleaned_data, sheet.pk
        version = given[f"{VERSION}{key}"] or 0
        return Planned(sheet, day, given[f"half_{key}"], given[f"place_{key}"], given[f"note_{key}"], version)

    def add_refusal(self, error: DomainError) -> None:
        """What was refused of a unit stands at its day."""
        fields = {sheet.name: f"day_{sheet.pk}" for sheet in self.sheets}
        for one in error.problems:
            self.add_error(fields.get(str(one.message.params.get("unit"))), told(DomainError(one)))


def versions_of(sheets: Sequence[Sheet]) -> dict[int, int]:
    """By sheet's key the version of the visit that stands there, taken back or not; 0 for none."""
    found = {sheet.pk: getattr(sheet, "visit", None) for sheet in sheets}
    return {key: visit.version if visit is not None else 0 for key, visit in found.items()}
