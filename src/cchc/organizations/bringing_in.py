"""A calendar out of a file, before it is kept: read, made whole, compared with the one in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from cchc.records.errors import Message, Place, refuse, unreadable
from cchc.records.sources import Validity
from cchc.worktime import Calendar
from cchc.worktime.comparison import Totals, compare
from cchc.worktime.comparison_words import differences
from cchc.worktime.exchange import calendar_of, found_in, whole, written
from cchc.worktime.loading import packaged, with_parents
from cchc.worktime.reading import read_rules

MOST_BYTES: Final = 1_000_000
VIETNAM: Final = "Asia/Ho_Chi_Minh"
ENDINGS: Final = (".yaml", ".yml", ".xlsx")
_MOST_SHOWN: Final = 200


def calendar_in(content: bytes, file: str) -> Calendar:
    """The calendar in a YAML file or a workbook; what it extends comes with the product. All that is wrong is told.

    Raises `organizations.calendar_too_large`, `organizations.calendar_file_unknown`, `organizations.calendar_shipped`
    for a code that a calendar of the product has, `organizations.calendar_elsewhere` for another time zone than
    Vietnam's, and what the readers raise.
    """
    ending, place = PurePath(file).suffix.lower(), Place(file)
    if len(content) > MOST_BYTES:
        raise unreadable("organizations.calendar_too_large", place, limit=MOST_BYTES // 1_000)
    if ending not in ENDINGS:
        raise unreadable("organizations.calendar_file_unknown", place, known=list(ENDINGS))
    rules = calendar_of(found_in(content, file)) if ending == ".xlsx" else read_rules(content, file)
    if packaged(rules.id) is not None:
        raise refuse("organizations.calendar_shipped", rules.place or place, code=rules.id)
    calendar = Calendar(with_parents(rules, packaged))
    if calendar.time_zone != VIETNAM:
        raise refuse("organizations.calendar_elsewhere", rules.place or place, zone=calendar.time_zone)
    return calendar


def text_of(calendar: Calendar) -> str:
    """The whole calendar as it is kept."""
    return written(whole(calendar), ".yaml").decode()


@dataclass(frozen=True, slots=True)
class Look:
    """How a calendar differs from the one in force, on the days that both cover: each difference with how it was and
    is, the first of them; `count` is how many there are.
    """

    days: Validity
    told: Sequence[tuple[Message, ...]]
    count: int
    before: Totals
    after: Totals


def look_at(calendar: Calendar, in_force: Calendar) -> Look:
    """Raises `worktime.no_day_in_both`."""
    found = compare(in_force.rules, calendar.rules)
    told = list(differences(found))
    return Look(Validity(found.first, found.last), told[:_MOST_SHOWN], len(told), found.before, found.after)
