"""A stored value in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeAlias

from django.utils.translation import gettext as _

from cchc.audit.canonical import canonical_json
from cchc.audit.fields import Field, FieldClass
from cchc.interface.errors import current_language
from cchc.interface.templatetags.figures import day, until
from cchc.records.errors import DomainError
from cchc.records.numbers import format_number

Named: TypeAlias = Mapping[tuple[str, int], str]
_LONGEST: Final = 500


def say_value(field: Field | None, value: Any) -> str:
    """The value as people read it. What nobody has classified, and what is secret, is only said to be there."""
    if field is None or field.kind is FieldClass.SECRET:
        return _("not shown")
    if field.say is not None and isinstance(value, str):
        return _said(field, value)
    text = _plain(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _said(field: Field, value: str) -> str:
    assert field.say is not None
    try:
        return field.say(value)
    except DomainError:  # a role or kind that the product no longer knows keeps its id
        return value


def _plain(value: Any) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return until(value)  # deadlines are among them: a day ends at 24:00
        case date():
            return day(value)
        case Fraction() | Decimal():
            return format_number(value, current_language())
        case int() | str():
            return str(value)  # a year has no thousands
        case list():
            return ", ".join(_plain(one) for one in value)
    return canonical_json(value)
