"""Forms of procedures: what stands in the catalogue, and what becomes of a version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.interface.forms import ActionForm, DayField, VersionedReasonForm
from cchc.organizations.fields import UnitField
from cchc.organizations.forms import ImportForm
from cchc.procedures.actions.catalogue import ProcedureFacts
from cchc.procedures.coding import LONGEST_CODE
from cchc.procedures.models import Procedure
from cchc.procedures.reviewing import OUTCOMES
from cchc.procedures.shown import level_name, outcome_name
from cchc.procedures.versions import LEVELS, Level
from cchc.records.text import LocalText

LONGEST: Final = 1_000


class ProcedureForm(ActionForm):
    """What is known of a procedure whatever its version."""

    keeps_draft = True

    name_vi = forms.CharField(label=_("Name"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
    name_en = forms.CharField(
        label=_("Name in English"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_vi = forms.CharField(label=_("Field of work"), max_length=LONGEST)
    field_en = forms.CharField(label=_("Field in English"), max_length=LONGEST, required=False)
    level = forms.ChoiceField(label=_("Level"))
    authority_vi = forms.CharField(label=_("Who decides"), max_length=LONGEST)
    authority_en = forms.CharField(label=_("Who decides, in English"), max_length=LONGEST, required=False)
    settled_by = UnitField(
        label=_("Settled by one unit alone"),
        required=False,
        help_text=_("Leave it out where each unit of the level settles it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["level"].choices = [(id_, level_name(id_)) for id_ in LEVELS]

    @property
    def facts(self) -> ProcedureFacts:
        """As typed."""
        given = self.cleaned_data
        name, field, authority = (
            LocalText(given[f"{what}_vi"], given[f"{what}_en"] or None) for what in ("name", "field", "authority")
        )
        return ProcedureFacts(name, field, cast(Level, given["level"]), authority, given["settled_by"])


class RecordForm(ProcedureForm):
    """A procedure that is not in the catalogue yet."""

    code = forms.CharField(label=_("National code"), max_length=LONGEST_CODE, help_text=_("As 2.000635."))
    field_order = ("code",)


class PublishForm(ActionForm):
    """A draft is published as it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput())


class EndForm(VersionedReasonForm):
    """The last day on which a version holds, and why."""

    last_day = DayField(label=_("Last day in force"))
    field_order: Sequence[str] = ("last_day", "reason")


def initial_of(procedure: Procedure) -> dict[str, Any]:
    """What stands there, for changing it."""
    names = ("name_vi", "name_en", "field_vi", "field_en", "level", "authority_vi", "authority_en", "version")
    settled_by = procedure.settled_by.code if procedure.settled_by else ""
    return {name: getattr(procedure, name) for name in names} | {"settled_by": settled_by}


class PublicationForm(ActionForm):
    """Where a version stands open."""

    keeps_draft = True

    unit = UnitField(label=_("Posted by"))
    place = forms.CharField(
        label=_("Where"), max_length=LONGEST, help_text=_("As the notice board of the one-stop, the web site.")
    )
    link = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    posted_on = DayField(label=_("Posted on"))


class ReviewForm(ActionForm):
    """When a procedure was reviewed and what came of it."""

    keeps_draft = True

    reviewed_on = DayField(label=_("Reviewed on"))
    outcome = forms.ChoiceField(label=_("What came of it"), widget=forms.RadioSelect())
    text = forms.CharField(label=_("What was found"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["outcome"].choices = [(id_, outcome_name(id_)) for id_ in OUTCOMES]


class CatalogueFileForm(ImportForm):
    """A file of procedures."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["file"].label = _("File (XLSX, CSV or YAML)")
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv,.yaml,.yml"
