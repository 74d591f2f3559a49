"""Filling any form as somebody would who means harm: its texts hostile, everything else as it should be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from cchc.interface.forms import ClockField, DayField
from cchc.interface.hosting.picking import get_pick_kind
from cchc.interface.picking import PickField, PickManyField
from cchc.papers.forms import TextField
from tests.files.samples import pdf
from tests.markup.payloads import fitted

_BETTER_GIVEN: Final = {"working_days": "10", "units": "xa"}
"""Optional fields without which an action refuses."""
_DAY: Final = "23/11/2026"


def forms_of(answer: Any) -> Iterator[forms.BaseForm]:
    """Every form that a page was made with, each once."""
    seen = set()
    for layer in answer.context or ():
        for value in layer.flatten().values():
            if isinstance(value, forms.BaseForm) and id(value) not in seen:
                seen.add(id(value))
                yield value


def is_free_text(field: forms.Field) -> bool:
    """Whether people put words of their own into it."""
    kept_apart = DayField | ClockField | PickField | forms.SlugField | forms.EmailField | forms.RegexField
    return isinstance(field, forms.CharField) and not isinstance(field, kept_apart)


def filled(form: forms.BaseForm, payload: str) -> dict[str, Any]:
    """What is posted: the payload wherever words may stand, else what stood there, or the first that fits."""
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = _value(form, name, field, payload)
        if value is not None:
            data[form.add_prefix(name)] = value
    return data


def _value(form: forms.BaseForm, name: str, field: forms.Field, payload: str) -> Any:
    given = form[name].value()
    if isinstance(field, forms.URLField):
        return payload[: field.max_length] if ":" in payload[:12] else f"https://mau.vn/?{payload}"[: field.max_length]
    if isinstance(field, TextField):
        return payload.replace("{", "{{").replace("}", "}}")
    if is_free_text(field) and not field.widget.is_hidden and not field.disabled:
        return fitted(payload, getattr(field, "max_length", None))
    if given not in (None, "", []):
        return field.prepare_value(given) if not isinstance(given, bool) else ("on" if given else None)
    return _BETTER_GIVEN.get(name) or _made(field)


def _made(field: forms.Field) -> Any:
    match field:
        case DayField():
            return _DAY
        case ClockField():
            return "16:30"
        case PickField() | PickManyField():
            return _picked(field) if field.required else None
        case forms.FileField():
            return SimpleUploadedFile("bao-cao.pdf", pdf(), "application/pdf")
        case forms.BooleanField():
            return "on"
        case forms.ModelMultipleChoiceField() | forms.ModelChoiceField():
            return None
        case forms.MultipleChoiceField() | forms.ChoiceField():
            choices = _keys(field)
            return choices[0] if choices else None
        case forms.EmailField():
            return "ten@mau.gov.vn"
        case forms.SlugField():
            return "ma-moi"
        case forms.IntegerField() | forms.DecimalField():
            return "10"
    return None


def _picked(field: Any) -> str | None:
    """The last that is offered: the first is often what the page is about."""
    offered = get_pick_kind(field.kind).find(field.viewer, "", 20)
    return offered[-1].value if offered else None


def _keys(field: Any) -> list[str]:
    keys = []
    for key, label in field.choices:
        keys += [inner for inner, _ in label] if isinstance(label, list | tuple) else [key]
    return [str(key) for key in keys if key not in (None, "")]
