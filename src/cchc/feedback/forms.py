"""Forms of this room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cchc.feedback.actions.rating import Given
from cchc.feedback.rating_forms import OVERALL, RatingForm
from cchc.interface.errors import current_language
from cchc.interface.forms import ActionForm

_LONGEST: Final = 2_000
_TOPIC: Final = "tra_loi_"


class RateForm(ActionForm):
    """The rating form of a day: one question a topic, of which the first has to be answered, and free words."""

    keeps_draft = True

    words = forms.CharField(
        label=_("What would you like to say?"), required=False, max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Please write no names, numbers or addresses: what you write is read without your name beside it."),
    )  # fmt: skip

    def __init__(self, form: RatingForm, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        language = current_language()
        for topic in form.topics:
            self.fields[f"{_TOPIC}{topic.id}"] = forms.ChoiceField(
                label=topic.question.in_language(language),
                choices=[(one.id, one.name.in_language(language)) for one in topic.choices],
                required=topic.id == OVERALL,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one answer; the other questions may be left out.")},
            )
        self.order_fields([f"{_TOPIC}{topic.id}" for topic in form.topics])

    def questions(self) -> Iterator[forms.BoundField]:
        """The topics in their order, without the words."""
        return (self[name] for name in self.fields if name.startswith(_TOPIC))

    @property
    def given(self) -> Given:
        """What was answered."""
        typed = self.cleaned_data
        chosen = {name: value for name, value in typed.items() if name.startswith(_TOPIC) and value}
        return Given({name.removeprefix(_TOPIC): value for name, value in chosen.items()}, typed["words"])
