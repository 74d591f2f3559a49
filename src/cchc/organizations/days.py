"""Days that are taken already, in a sentence that also fits a record without a last day. Pure."""

from __future__ import annotations

from datetime import date

from cchc.records.errors import DomainError, Message, refuse


def days_taken(start: date, end: date | None) -> DomainError:
    """`organizations.days_taken`, by a record on these days; `end` is None where no end is known."""
    return refuse("organizations.days_taken", days=days_said(start, end))


def days_said(start: date, end: date | None) -> Message:
    """These days as a part of a sentence."""
    if end is None:
        return Message("organizations.days_open", {"start": start})
    return Message("organizations.days_closed", {"start": start, "end": end})
