"""A calendar as iCalendar (RFC 5545): which property holds which part.

Every calendar program shows the all-day events. The properties that start with `X-CCHC-` hold what it does not know,
so that our own file reads back without loss.
"""

from __future__ import annotations

from typing import Final

from cchc.records.trees import DOUBT, DOUBT_EN
from cchc.worktime.rules import WEEKDAYS

CALENDAR_PROPERTY: Final = "X-CCHC-CALENDAR"
"""On the calendar: its own keys and weeks, as JSON."""
OPEN_PROPERTY: Final = "X-CCHC-OPEN"
"""On an event: `closed`, a weekday whose hours count, or windows with `;` between them."""
CLOSED: Final = "closed"
BETWEEN_WINDOWS: Final = "; "
_PATHS: Final = (
    "name.en", "source.document", "source.on", "source.article", "source.url", "verified", DOUBT, DOUBT_EN,
)  # fmt: skip
PROPERTIES: Final = {path: f"X-CCHC-{path.replace('.', '-').upper()}" for path in _PATHS}
"""On an event, by the path of the part."""


def open_text(hours: str | list[str]) -> str:
    """The key `open` as one text."""
    return hours if isinstance(hours, str) else BETWEEN_WINDOWS.join(hours) or CLOSED


def open_tree(text: str) -> str | list[str]:
    """`open_text` undone."""
    if text == CLOSED:
        return []
    return text if text in WEEKDAYS else [part.strip() for part in text.split(BETWEEN_WINDOWS.strip())]
