"""What forms of all rooms share. A form says what was typed; whether it holds, the action behind it decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any, ClassVar, Final, TypeVar

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cchc.interface.errors import in_words
from cchc.records.dates import format_date, parse_clock, parse_near_date
from cchc.records.errors import DomainError, Problem
from cchc.records.text import visible

T = TypeVar("T")
_LONGEST_REASON: Final = 2_000


class DayField(forms.CharField):
    """A day, typed as 01/07/2025 or 2025-07-01; `clean` answers a `date`, or None when it may be left out."""

    def __init__(self, *, label: str | Promise, required: bool = True, **given: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(label=label, required=required, max_length=20, widget=widget, **given)

    def prepare_value(self, value: Any) -> Any:
        """A date is shown as people write it."""
        return format_date(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """Raises `ValidationError` with our sentence."""
        text = super().clean(value)
        return accepted(lambda: parse_near_date(text)) if text else None


class MeasuredField(forms.CharField):
    """A line of text beside which stands in what it is measured; empty: in nothing."""

    def __init__(self, *, unit: str | Promise = "", **given: Any) -> None:
        super().__init__(**given)
        self.unit = unit


class ClockField(forms.CharField):
    """An hour of the day, typed as 10:30 or 10 giờ 30; `clean` answers a `time`, or None when it may be left out."""

    def __init__(self, *, label: str | Promise, required: bool = True, **given: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(label=label, required=required, max_length=20, widget=widget, **given)

    def prepare_value(self, value: Any) -> Any:
        """A time is shown as people write it."""
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        """Raises `ValidationError` with our sentence."""
        text = super().clean(value)
        return accepted(lambda: parse_clock(text)) if text else None


class Picks:
    """A field in which things are picked by name (`interface.picking`). `viewer` is who looks."""

    viewer: Any = None

    def show(self, value: Any) -> None:
        """Draw what stands there by its name, without judging it."""
        raise NotImplementedError

    def look_up(self, value: Any) -> None:
        """Offer what may be meant. Raises `ValidationError` when there is nothing."""
        raise NotImplementedError


class ActionForm(forms.Form):
    """A form that an action stands behind. With `keeps_draft` the device keeps what is typed until it is saved
    (`interface.drafts`): for long texts and reasons, not for what is known of a person.
    """

    keeps_draft: ClassVar[bool] = False
    data: QueryDict

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **given: Any) -> None:
        super().__init__(_without_what_nobody_sees(data), *args, **given)

    def see(self, **seen: object) -> None:
        """What is saved next is meant for the thing as it is now: whoever was told of the change may save again."""
        self.data = self.data.copy()
        self.data.update({name: str(value) for name, value in seen.items()})

    cleaned_data: dict[str, Any]

    @property
    def has_picks(self) -> bool:
        """Whether things are picked by name in it."""
        return any(isinstance(field, Picks) for field in self.fields.values())

    def pick_as(self, viewer: Any) -> None:
        """Tell the fields in which things are picked who looks; what they begin with is shown by its name."""
        for name, field in self.fields.items():
            if isinstance(field, Picks):
                field.viewer = viewer
                if not self.is_bound:
                    field.show(self.get_initial_for_field(field, name))

    def look_up(self, asked: str) -> None:
        """Offer what may be meant in one field, instead of judging the form; everything typed stays."""
        self.cleaned_data, self._errors = {}, ErrorDict()
        for name, field in self.fields.items():
            if isinstance(field, Picks):
                try:
                    (field.look_up if self.add_prefix(name) == asked else field.show)(self[name].data)
                except forms.ValidationError as error:
                    self.add_error(name, error)

    def add_refusal(self, error: DomainError) -> None:
        """Show at the top what the action refused, with its next step; what was typed stays."""
        for problem in error.problems:
            self.add_error(None, _sentence(problem))


class ReasonForm(ActionForm):
    """Why something is done that was asked about first."""

    keeps_draft = True

    reason = forms.CharField(
        label=_("State the reason"), max_length=_LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )


class VersionedReasonForm(ReasonForm):
    """Why, about a thing as the reader saw it: `version`, after a refusal the newest, for a second try."""

    version = forms.IntegerField(widget=forms.HiddenInput())


def _without_what_nobody_sees(data: Mapping[str, Any] | None) -> Any:
    """What is copied out of other programs brings zero-width and control characters along; nobody typed them."""
    if not isinstance(data, QueryDict):
        return data  # put together by a view
    kept = data.copy()
    for name, values in data.lists():
        kept.setlist(name, [visible(one) for one in values])
    return kept


def accepted(ask: Callable[[], T]) -> T:
    """What `ask` answers; what it refuses becomes the field's error."""
    try:
        return ask()
    except DomainError as error:
        raise told(error) from error


def told(error: DomainError) -> forms.ValidationError:
    """A refusal as a field's error."""
    return forms.ValidationError(_sentence(error.problems[0]))


def _sentence(problem: Problem) -> str:
    said = in_words(problem)
    return f"{said['sentence']} {said['next_step']}".strip()
