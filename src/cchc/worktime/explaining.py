"""Why a stretch of time counts or not: the open and the closed spans between two moments, with reason and source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from cchc.records.errors import Message
from cchc.records.sources import Source, Verification
from cchc.worktime.full_rules import FullRules
from cchc.worktime.rules import DayException, Week
from cchc.worktime.windows import MINUTES_OF_A_DAY, Windows

_HOURS: Final = Message("worktime.open_hours")
_BREAK: Final = Message("worktime.break")
_OUTSIDE_HOURS: Final = Message("worktime.outside_hours")
_REST_DAY: Final = Message("worktime.rest_day")


@dataclass(frozen=True, slots=True)
class Span:
    """Time from `start` up to `end` that counts as `minutes` of work, or is skipped (0), for one reason.

    `source` is the document behind the week or the exception, None where the calendar names none.
    """

    start: datetime
    end: datetime
    minutes: int
    reason: Message
    source: Source | None
    verification: Verification | None

    @property
    def is_counted(self) -> bool:
        """Whether the span is working time."""
        return self.minutes > 0


@dataclass(frozen=True, slots=True)
class _Piece:
    """A span in minutes from the first midnight."""

    start: int
    end: int
    is_open: bool
    reason: Message
    rule: Week | DayException


def explain(rules: FullRules, moment_at: Callable[[int], datetime], start: int, end: int) -> tuple[Span, ...]:
    """The spans from minute `start` to minute `end` of the calendar, one after another without a gap."""
    return tuple(
        Span(
            moment_at(piece.start),
            moment_at(piece.end),
            piece.end - piece.start if piece.is_open else 0,
            piece.reason,
            piece.rule.source,
            piece.rule.verification,
        )
        for piece in _joined(_clipped(_pieces(rules, start, end), start, end))
    )


def _pieces(rules: FullRules, start: int, end: int) -> Iterator[_Piece]:
    """The pieces of every day that `start` … `end` touches, uncut."""
    for number in range(start // MINUTES_OF_A_DAY, -(-end // MINUTES_OF_A_DAY)):
        day = rules.first + timedelta(days=number)
        midnight = number * MINUTES_OF_A_DAY
        rule = rules.exceptions.get(day) or rules.week_on(day)
        for piece in _pieces_of_day(rule, rules.windows_on(day)):
            yield replace(piece, start=midnight + piece.start, end=midnight + piece.end)


def _pieces_of_day(rule: Week | DayException, windows: Windows) -> Iterator[_Piece]:
    """What one day is made of, from 0 to 1440."""
    if not windows:
        yield _Piece(0, MINUTES_OF_A_DAY, False, _closed(rule), rule)
        return
    at = 0
    for window in windows:
        if window.start > at:
            yield _Piece(at, window.start, False, _BREAK if at else _OUTSIDE_HOURS, rule)
        yield _Piece(window.start, window.end, True, _open(rule), rule)
        at = window.end
    if at < MINUTES_OF_A_DAY:
        yield _Piece(at, MINUTES_OF_A_DAY, False, _OUTSIDE_HOURS, rule)


def _open(rule: Week | DayException) -> Message:
    return Message("worktime.open_day", {"name": rule.name}) if isinstance(rule, DayException) else _HOURS


def _closed(rule: Week | DayException) -> Message:
    return Message("worktime.closed_day", {"name": rule.name}) if isinstance(rule, DayException) else _REST_DAY


def _clipped(pieces: Iterator[_Piece], start: int, end: int) -> Iterator[_Piece]:
    for piece in pieces:
        begin, stop = max(piece.start, start), min(piece.end, end)
        if begin < stop:
            yield replace(piece, start=begin, end=stop)


def _joined(pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    """Neighbours for the same reason and of the same rule become one: a night, a weekend, windows that touch."""
    last: _Piece | None = None
    for piece in pieces:
        if last is not None and (last.is_open, last.reason, last.rule) == (piece.is_open, piece.reason, piece.rule):
            last = replace(last, end=piece.end)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
