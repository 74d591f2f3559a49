"""Opening windows of a day, in minutes from midnight: `07:30-11:30`, up to `24:00`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from cchc.records.errors import refuse

MINUTES_OF_A_DAY: Final = 24 * 60
_TIME: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_BETWEEN: Final = re.compile(r"\s*[-\N{EN DASH}]\s*")


class Window(NamedTuple):
    """Open from minute `start` up to, not including, minute `end` of a day: 0 ≤ start < end ≤ 1440."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{format_time(self.start)}-{format_time(self.end)}"


Windows = tuple[Window, ...]
CLOSED: Final[Windows] = ()


def parse_time(text: str) -> int:
    """`07:30`, `7:30` or `24:00` as minutes from midnight. Raises `worktime.not_a_time`."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise refuse("worktime.not_a_time", text=text)
    hours, minutes = map(int, match.groups())
    if minutes > 59 or hours * 60 + minutes > MINUTES_OF_A_DAY:
        raise refuse("worktime.not_a_time", text=text)
    return hours * 60 + minutes


def format_time(minute: int) -> str:
    """450 → `07:30`; 1440 → `24:00`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def parse_window(text: str) -> Window:
    """`07:30-11:30`. Raises `worktime.not_a_window`, and `worktime.window_ends_early` when it would pass midnight."""
    parts = _BETWEEN.split(text.strip())
    if len(parts) != 2:
        raise refuse("worktime.not_a_window", text=text)
    window = Window(*map(parse_time, parts))
    if window.end <= window.start:
        raise refuse("worktime.window_ends_early", window=str(window))
    return window


def in_order(windows: Iterable[Window]) -> Windows:
    """The windows of one day from early to late; they may touch. Raises `worktime.windows_overlap`."""
    ordered = tuple(sorted(windows))
    for earlier, later in pairwise(ordered):
        if later.start < earlier.end:
            raise refuse("worktime.windows_overlap", earlier=str(earlier), later=str(later))
    return ordered
