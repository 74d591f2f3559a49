"""Many dossiers at once: a file, or rows typed for one procedure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cchc.dossiers.forms.fields import line
from cchc.interface.forms import ActionForm

ROWS: Final = 20
_COLUMNS: Final = ("name", "number", "phone", "address")


class CarryOutForm(ActionForm):
    """A file is carried out as it was shown."""

    skips_faulty = forms.BooleanField(
        label=gettext_lazy("Leave out the rows that are wrong, receive the others"), required=False
    )


class SeveralForm(ActionForm):
    """Dossiers of one procedure, a row each: the owner alone is typed, all papers are there as the version asks."""

    confirms_papers = forms.BooleanField(
        label=gettext_lazy("All papers of every row are here, in the number that the procedure asks for"),
        error_messages={"required": gettext_lazy("Receive those with missing papers one by one, or from a file.")},
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._names = labels = {
            "name": _("Owner of the dossier"), "number": _("Identity number"), "phone": _("Phone"),
            "address": _("Address"),
        }  # fmt: skip
        longest = {"name": 200, "number": 30, "phone": 30, "address": 500}
        for row in range(1, ROWS + 1):
            for key, label in labels.items():
                self.fields[f"{key}_{row}"] = line(f"{label}, {row}", longest=longest[key])
            self.fields[f"twice_{row}"] = forms.BooleanField(label=f"{_('No duplicate')}, {row}", required=False)

    def clean(self) -> None:
        """A row that says anything names its owner; one row at least does."""
        for row in range(1, ROWS + 1):
            given = [self.cleaned_data.get(f"{key}_{row}") for key in _COLUMNS]
            if any(given) and not given[0]:
                self.add_error(f"name_{row}", _("Name the owner, or empty the row."))
        if not self.rows_of(""):
            self.add_error(None, _("Fill in one row at least."))

    @property
    def grid(self) -> list[tuple[int, list[tuple[str, forms.BoundField]], forms.BoundField]]:
        """Each row with its fields, each with the name of its column."""
        return [
            (row, [(name, self[f"{key}_{row}"]) for key, name in self._names.items()], self[f"twice_{row}"])
            for row in range(1, ROWS + 1)
        ]  # fmt: skip

    def rows_of(self, procedure: str) -> Sequence[Mapping[str, Any]]:
        """What was typed, as rows of a file say it."""
        rows = []
        for row in range(1, ROWS + 1):
            said = {key: self.cleaned_data.get(f"{key}_{row}") or "" for key in _COLUMNS}
            if said["name"]:
                twice = {"is_no_duplicate": True} if self.cleaned_data.get(f"twice_{row}") else {}
                rows.append({"procedure": procedure, **{key: value for key, value in said.items() if value}, **twice})
        return rows
