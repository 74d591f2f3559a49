"""Days that were typed into a sheet. They are kept as typed; officials read day, month, year."""

from __future__ import annotations

from cchc.records.dates import format_date, parse_date
from cchc.records.errors import DomainError
from cchc.scoring.rules.base import Input


def day_as_read(item: Input | None, text: str) -> str:
    """`2026-01-31` as `31/01/2026`; what says no day, or belongs to no input of days, as it stands."""
    if item is None or item.kind != "date":
        return text
    try:
        return format_date(parse_date(text), "vi")
    except DomainError:
        return text
