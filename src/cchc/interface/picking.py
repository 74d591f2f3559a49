"""Fields of forms in which things are picked by name. Without JavaScript: type, look up, choose; with it a combobox.

A form of `forms.ActionForm` tells its fields who looks (`pick_as`); `answering.answer_form` does so for every page.
What a name means is decided on the server either way, so that what was typed whole needs no click at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from cchc.interface.forms import Picks, accepted, told
from cchc.interface.hosting.picking import Choice, PickKind, Unclear, get_pick_kind, likely, meant
from cchc.records.errors import DomainError, refuse

LONGEST: Final = 300
MANY_LONGEST: Final = 100_000
_BETWEEN: Final = re.compile(r"[;\n\r]+")
_TEMPLATE: Final = "interface/components/picker.html"


class PickInput(forms.TextInput):
    """One line. `offered` stands below it to choose from; `line` stands in it in place of what was typed."""

    is_many = False

    def __init__(self, kind: str, *, can_look_up: bool = True) -> None:
        super().__init__()
        self.kind = kind
        self.can_look_up = can_look_up
        self.offered: Sequence[Choice] = ()
        self.line: str | None = None
        self.picked: Sequence[Choice] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was chosen below the line, unless the line was changed since; else what was typed."""
        text = data.get(name) or ""
        chosen = data.get(f"{name}__choice")
        return chosen if chosen and data.get(f"{name}__sought") == text else text

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The line, what is offered, and what the script needs."""
        shown = self.build_attrs(self.attrs, attrs)
        id_ = str(shown.pop("id", f"id_{name}"))
        shown.pop("maxlength", None)
        context = {
            "name": name,
            "id": id_,
            "text": self._text(value),
            "attrs": SafeString(flatatt(shown)),
            "address": reverse("interface:pick", args=[self.kind]),
            "offered": self.offered,
            "picked": self.picked,
            "is_many": self.is_many,
            "can_look_up": self.can_look_up,
            "longest": MANY_LONGEST if self.is_many else LONGEST,
        }
        return SafeString(render_to_string(_TEMPLATE, context))

    def _text(self, value: Any) -> str:
        return self.line if self.line is not None else str(value or "")


class PickManyInput(PickInput):
    """Those picked as ticked boxes, and a line for more, several apart by `;`."""

    is_many = True
    sought: frozenset[str] = frozenset()
    """What was typed when the page last offered what may be meant."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All that was ticked, then all that was typed."""
        self.sought = frozenset(_parts(data.get(f"{name}__sought") or ""))
        ticked = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        ticked = [ticked] if isinstance(ticked, str) else ticked
        return [part for text in (*ticked, data.get(f"{name}__text") or "") for part in _parts(text)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Never: nothing ticked is an answer."""
        return False

    def id_for_label(self, id_: str) -> str:
        """The line."""
        return id_

    def _text(self, value: Any) -> str:
        """Only what could not be understood stays in the line."""
        return self.line or ""


class PickField(Picks, forms.CharField):
    """One thing by name or value. `clean` answers what `take` makes of it, or None when it may be left out."""

    widget: PickInput

    def __init__(
        self, kind: str, *, label: str | Promise, required: bool = True, can_look_up: bool = True, **given: Any
    ) -> None:
        widget = PickInput(kind, can_look_up=can_look_up)
        super().__init__(label=label, required=required, max_length=LONGEST, widget=widget, **given)
        self.kind = kind

    def take(self, choice: Choice) -> Any:
        """What the form wants for a choice: its value, unless a room says otherwise."""
        return choice.value

    def clean(self, value: Any) -> Any:
        """Raises `ValidationError` that says which are likely; they are offered below the line."""
        text = super().clean(value)
        return self.take(accepted(lambda: self._meant(text))) if text else None

    def show(self, value: Any) -> None:
        """Before it is drawn without being cleaned: a value is shown as its line."""
        text = str(value or "")
        found = self._kind.known(self.viewer, [text]) if text else ()
        if found:
            self.widget.line = found[0].line

    def look_up(self, value: Any) -> None:
        """Offer what the text may mean. Raises `ValidationError` when there is nothing."""
        text = str(value or "")
        self.show(text)
        self.widget.offered = accepted(lambda: _found(self._kind, self.viewer, text))

    @property
    def _kind(self) -> PickKind:
        return get_pick_kind(self.kind)

    def _meant(self, text: str) -> Choice:
        try:
            choice = meant(self._kind, self.viewer, text)
        except Unclear as unclear:
            self.widget.offered = unclear.choices
            raise
        self.widget.line = choice.line
        return choice


class PickManyField(Picks, forms.Field):
    """Several things by name or value, in the order picked, each once."""

    widget: PickManyInput

    def __init__(self, kind: str, *, label: str | Promise, required: bool = False, **given: Any) -> None:
        super().__init__(label=label, required=required, widget=PickManyInput(kind), **given)
        self.kind = kind

    def take(self, choices: Sequence[Choice]) -> Any:
        """What the form wants for the choices: their values, unless a room says otherwise."""
        return [choice.value for choice in choices]

    def clean(self, value: Any) -> Any:
        """Raises `ValidationError` for each text that means nothing or too much; the others stay picked."""
        errors = self._sort(value)
        if errors:
            raise forms.ValidationError(errors)
        super().clean([choice.value for choice in self.widget.picked])
        return self.take(self.widget.picked)

    def show(self, value: Any) -> None:
        """Before it is drawn without being cleaned: values are shown by their names."""
        values = [text for part in ([value] if isinstance(value, str) else value or ()) for text in _parts(str(part))]
        self._sort(values)
        self.widget.offered = ()

    def look_up(self, value: Any) -> None:
        """Offer what the first text that is not understood may mean. Raises `ValidationError` when there is nothing."""
        self._sort(value)
        text = self.widget.line or ""
        have = {one.value for one in self.widget.picked}
        found = accepted(lambda: _found(self._kind, self.viewer, _parts(text)[0] if text else ""))
        self.widget.offered = [one for one in found if one.value not in have]

    @property
    def _kind(self) -> PickKind:
        return get_pick_kind(self.kind)

    def _sort(self, texts: Sequence[str]) -> list[forms.ValidationError]:
        """Into what is understood, what is offered, and what is left in the line with its errors. A text of which one
        of those offered was ticked has been answered.
        """
        by_value = {one.value: one for one in self._kind.known(self.viewer, list(texts or ()))}
        picked: dict[str, Choice] = {}
        offered: dict[str, Choice] = {}
        left, errors = [], []
        for text in texts or ():
            try:
                one = by_value.get(text) or meant(self._kind, self.viewer, text)
                picked[one.value] = one
            except DomainError as error:
                likely_ones = {one.value: one for one in (error.choices if isinstance(error, Unclear) else ())}
                if text in self.widget.sought and likely_ones.keys() & by_value.keys():
                    continue
                left.append(text)
                errors.append(told(error))
                offered |= likely_ones
        self.widget.picked = list(picked.values())
        self.widget.offered = [one for one in offered.values() if one.value not in picked]
        self.widget.line = "; ".join(left)
        return errors


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(text[:MANY_LONGEST]) if part.strip()]


def _found(kind: PickKind, viewer: Any, text: str) -> Sequence[Choice]:
    found = likely(kind, viewer, text)
    if not found:
        raise refuse("interface.pick_unknown", what=kind.name, text=text)
    return found
