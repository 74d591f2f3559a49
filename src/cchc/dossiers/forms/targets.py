"""The form in which targets of units are set."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.dossiers.actions.targets import Decided
from cchc.dossiers.forms.fields import line, words
from cchc.dossiers.targets import Target, read_percent
from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm, DayField, MeasuredField, accepted
from cchc.organizations.fields import UnitsField
from cchc.organizations.kinds import unit_kinds
from cchc.papers.fields import BasesField

_MOST: Final = 10_000_000


class TargetForm(ActionForm):
    """For which units, of which year, how much, and by which decision."""

    keeps_draft = True
    kind = forms.ChoiceField(label=_("For a whole group of units"), required=False)
    units = UnitsField(label=_("Units by name"))
    year = forms.ChoiceField(label=_("Year"))
    percent = MeasuredField(label=_("Share received online"), max_length=20, unit="%", help_text=_("As 80 or 82.5."))
    volume = forms.IntegerField(
        label=_("Dossiers received online in the year"), min_value=1, max_value=_MOST, required=False,
        help_text=_("Where the decision names a number."),
    )  # fmt: skip
    number = line(_("Number of the decision"), longest=100)
    issued_on = DayField(label=_("Date of the decision"), required=False)
    basis = BasesField(label=_("Legal basis of the library"))
    reason = words(_("Why another target, where one is set already"), required=False)

    def __init__(self, *args: Any, day: date, **given: Any) -> None:
        super().__init__(*args, **given)
        kinds = [(id_, one.value) for id_, one in unit_kinds().items() if one.value.level]
        named = [(id_, kind.name.in_language(current_language())) for id_, kind in kinds]
        self.fields["kind"].choices = [("", _("No group, only the units named")), *named]
        self.fields["year"].choices = [(str(year), str(year)) for year in (day.year + 1, day.year, day.year - 1)]

    def clean_percent(self) -> Any:
        """Raises `ValidationError` with our sentence."""
        return accepted(lambda: read_percent(self.cleaned_data["percent"]))

    def clean_basis(self) -> Any:
        """One at the most. Raises `ValidationError`."""
        picked = self.cleaned_data["basis"]
        if len(picked) > 1:
            raise forms.ValidationError(_("Choose one basis."))
        return picked[0] if picked else None

    def decided(self) -> Decided:
        """As typed."""
        given = self.cleaned_data
        target = Target(given["percent"], given["volume"])
        return Decided(int(given["year"]), target, given["number"], given["issued_on"], given["basis"])
