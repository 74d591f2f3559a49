"""Directives as pages show them: how they stand, and what was corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cchc.audit.canonical import read_canonical
from cchc.audit.fields import field_of
from cchc.followups.history import change_name
from cchc.followups.models import Directive, DirectiveEntry, WebPosting
from cchc.followups.states import DIRECTIVE
from cchc.interface.errors import current_language
from cchc.records.dates import format_date


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what it said before, and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A line of a directive's history."""

    entry: DirectiveEntry
    name: str
    changes: Sequence[Change]


def state_name(directive: Directive) -> str:
    """In the reader's language."""
    return DIRECTIVE.state(directive.state).name.in_language(current_language())


def with_state(directive: Directive) -> str:
    """The number, and where it does not stand any more that it does not."""
    if directive.is_in_force:
        return directive.number
    return f"{directive.number} ({state_name(directive).lower()})"


def shown_changes(entries: Iterable[DirectiveEntry]) -> list[ShownChange]:
    """In the order given."""
    language = current_language()
    return [
        ShownChange(
            entry,
            change_name(entry.step).in_language(language),
            [Change(_field_name(name), _said(old), _said(new)) for name, old, new in read_canonical(entry.changes)],
        )
        for entry in entries
    ]


def _field_name(name: str) -> str:
    field = field_of(Directive._meta.label, name) or field_of(WebPosting._meta.label, name)
    return name if field is None else field.name.in_language(current_language())


def _said(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return format_date(value, current_language())
    return str(value or "")
