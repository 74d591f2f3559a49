"""The form of a task given because of a delay: everything is proposed, one press gives it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.dossiers.forms.fields import words
from cchc.interface.forms import ActionForm, DayField
from cchc.organizations.models import Official

_PERSON, _HEAD = "person", "head"
_BY_HEAD: Final = (_HEAD, _("The head of the unit"))


class DelayTaskForm(ActionForm):
    """What is to be done, by when, and whether the person charged leads it, or the head of the unit."""

    keeps_draft = True
    what = words(_("What is to be done"))
    due_on = DayField(label=_("Deadline (date)"))
    led_by = forms.ChoiceField(label=_("Leader"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, person: Official | None, **given: Any) -> None:
        super().__init__(*args, **given)
        self._person = person
        named = [] if person is None else [(_PERSON, person.name)]
        self.fields["led_by"].choices = [*named, _BY_HEAD]
        self.fields["led_by"].initial = _HEAD if person is None else _PERSON

    @property
    def leader(self) -> Official | None:
        """The person; None for the head, whoever that is."""
        return self._person if self.cleaned_data["led_by"] == _PERSON else None
