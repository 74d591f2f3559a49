"""What a file of legal bases changes, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cchc.interface.errors import current_language
from cchc.papers.importing.planning import BasisChange
from cchc.papers.kinds import BASIS_KINDS
from cchc.records.dates import format_date

_FIELDS: Final = {
    "kind": gettext_lazy("Kind"),
    "number": gettext_lazy("Number and symbol"),
    "issued_on": gettext_lazy("Issued on"),
    "issuer": gettext_lazy("Issued by"),
    "title": gettext_lazy("Title"),
    "starts_on": gettext_lazy("In force from"),
    "ends_on": gettext_lazy("In force until"),
    "replaced_by": gettext_lazy("Replaced by"),
    "source_document": gettext_lazy("Where it can be read"),
    "source_on": gettext_lazy("Looked up on"),
    "verified": gettext_lazy("Compared with the source"),
    "doubt": gettext_lazy("Open question"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field as it was and as it becomes."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One basis that is entered or changed."""

    name: str
    row: int | None
    is_new: bool
    differences: Sequence[Difference]


def shown_changes(changes: Iterable[BasisChange]) -> Iterator[ShownChange]:
    """In the reader's language."""
    for one in changes:
        told = [
            Difference(str(_FIELDS[f]), _value(f, before), _value(f, after)) for f, before, after in one.differences
        ]
        yield ShownChange(one.name, one.place.row, one.basis is None, told)


def _value(field: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return format_date(value, current_language())
    return BASIS_KINDS[value].in_language(current_language()) if field == "kind" else str(value)
