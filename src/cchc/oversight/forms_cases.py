"""Forms of cases of responsibility."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.dossiers.forms.acts import VersionedForm
from cchc.dossiers.forms.fields import line, words
from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm, DayField
from cchc.oversight.actions.cases import Document
from cchc.oversight.consequences import Consequences
from cchc.oversight.forms_lists import ReasonedForm
from cchc.oversight.queries.grounds import Concerned
from cchc.oversight.shown_cases_words import about_name


class OpenCaseForm(ActionForm):
    """A case is opened about somebody."""

    keeps_draft = True
    about = forms.ChoiceField(label=_("About whom"), widget=forms.RadioSelect)
    why = words(_("Why the case is opened"))

    def __init__(self, *args: Any, offered: Sequence[Concerned], **given: Any) -> None:
        super().__init__(*args, **given)
        self._offered = {one.key: one for one in offered}
        self.fields["about"].choices = [(one.key, f"{about_name(one.about)}: {one.name}") for one in offered]

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        return {"about": self._offered[self.cleaned_data["about"]], "why": self.cleaned_data["why"]}


class AskForm(VersionedForm):
    """An explanation is asked for."""

    question = words(_("What is to be explained"))
    due_on = DayField(label=_("Until the end of"))


class ExplainForm(VersionedForm):
    """Whom it is about explains."""

    text = words(_("Explanation"), rows=8)


class ConcludeForm(VersionedForm):
    """What is found, and the measure."""

    conclusion = words(_("Conclusion"), rows=6)
    measure = forms.ChoiceField(label=_("Measure"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, rules: Consequences, about: str, **given: Any) -> None:
        super().__init__(*args, **given)
        language = current_language()
        self.fields["measure"].choices = [(one.id, one.name.in_language(language)) for one in rules.of(about)]


class CloseForm(VersionedForm):
    """The document that carries the measure out."""

    number = line(_("Number of the document"), longest=100)
    on = DayField(label=_("Dated"), required=False)
    by = line(_("Issued by"), longest=300)

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        given = super().given()
        document = Document(given.pop("number"), given.pop("on"), given.pop("by"))
        return given | {"document": document}


FORMS: Final[Mapping[str, type[VersionedForm]]] = {
    "ask": AskForm, "explain": ExplainForm, "close": CloseForm, "withdraw": ReasonedForm,
}  # fmt: skip
