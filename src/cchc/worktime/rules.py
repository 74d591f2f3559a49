"""A calendar as somebody wrote it: weeks, exceptions and intake, each with its days and its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, get_args

from cchc.records.errors import Place
from cchc.records.sources import Source, Validity, Verification
from cchc.records.text import LocalText
from cchc.worktime.windows import Windows

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DayZero = Literal["counted", "not_counted"]
AfterCutOff = Literal["next_working_day"]
WEEKDAYS: Final[tuple[Weekday, ...]] = get_args(Weekday)
DAY_ZERO: Final[tuple[DayZero, ...]] = get_args(DayZero)
AFTER_CUT_OFF: Final[tuple[AfterCutOff, ...]] = get_args(AfterCutOff)


@dataclass(frozen=True, slots=True)
class Week:
    """The usual hours from the day `start` on, until a later week starts; `days` from Monday to Sunday."""

    start: date
    days: tuple[Windows, Windows, Windows, Windows, Windows, Windows, Windows]
    source: Source | None = None
    verification: Verification | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class DayException:
    """One day with other hours than its week gives: windows, none when closed, or the hours of a weekday."""

    on: date
    open: Windows | Weekday
    name: LocalText
    source: Source
    verification: Verification
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Intake:
    """When counting starts for a dossier that is received, for appointments only.

    `cut_off` is the last minute (from midnight) received for today: later ones count from the next working day's
    opening. With `day_zero` not counted every dossier does.
    """

    cut_off: int | None = None
    after_cut_off: AfterCutOff = "next_working_day"
    day_zero: DayZero = "counted"
    source: Source | None = None
    verification: Verification | None = None


@dataclass(frozen=True, slots=True)
class CalendarRules:
    """One calendar file. What is None or empty is taken from the calendar that it extends.

    Without `extends`: `time_zone`, `validity` with an end, and a week that holds on the first day are all there.
    Only made by `worktime.loading`, or checked by `worktime.lineage.settle`.
    """

    id: str
    title: LocalText
    extends: str | None = None
    time_zone: str | None = None
    validity: Validity | None = None
    weeks: tuple[Week, ...] = ()
    exceptions: tuple[DayException, ...] = ()
    intake: Intake | None = None
    source: Source | None = None
    verification: Verification | None = None
    place: Place | None = field(default=None, compare=False)
