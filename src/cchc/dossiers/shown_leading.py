"""The page of leaders: who has what, the worst first; the weeks; every number with the address of its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cchc.audit.actors import Capacity
from cchc.dossiers.queries.leading import (
    FLOWS,
    KINDS,
    LATE,
    ON_TIME,
    OPEN,
    OVERDUE,
    QUEUE,
    RECEIVED,
    SETTLED,
    SOON,
    TODAY,
    WAITING,
    AskedRows,
    Tally,
)
from cchc.interface.shapes import Panel
from cchc.records.dates import format_date


@dataclass(frozen=True, slots=True)
class Number:
    """How many of what, and the address of exactly these rows."""

    name: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class LedRow:
    """An official, or a queue, with each kind of steps in the order of `KINDS`."""

    name: str
    is_queue: bool
    numbers: Sequence[Number]
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class LedOffice:
    """An office with its officials, the worst first; `numbers` are those of all of them."""

    name: str
    numbers: Sequence[int]
    rows: Sequence[LedRow]

    @property
    def sums(self) -> list[tuple[str, int]]:
        """Each with what it counts."""
        names = kind_names()
        return [(names[kind], number) for kind, number in zip(KINDS, self.numbers, strict=True)]


@dataclass(frozen=True, slots=True)
class ShownWeek:
    """What came and went in a week; `share` of those with an appointment were settled on time, None without any."""

    monday: date
    numbers: Mapping[str, Number]
    share: Fraction | None
    settled_due: int


def offices_of(
    tallies: Sequence[Tally], works: Mapping[int, Capacity], names: Mapping[int, tuple[str, str]]
) -> list[LedOffice]:
    """Officials stand in the office where they work on the day, queues and those who work nowhere in the unit of the
    steps (`names`: its code and name). Whoever has steps in two units has one row.
    """
    by_office = defaultdict[str, dict[object, list[Tally]]](dict)
    for one in tallies:
        work = works.get(one.holder) if one.holder is not None else None
        office = work.unit if work is not None else names[one.unit][1]
        whose = one.holder if one.holder is not None else (QUEUE, one.unit)
        by_office[office].setdefault(whose, []).append(one)
    offices = [_office(name, list(rows.values()), names) for name, rows in by_office.items()]
    return sorted(offices, key=lambda one: (_worst(one.numbers), one.name))


def _office(name: str, groups: Sequence[Sequence[Tally]], names: Mapping[int, tuple[str, str]]) -> LedOffice:
    rows = sorted((_row(group, names) for group in groups), key=lambda row: (_worst(_plain(row)), row.name))
    return LedOffice(name, [sum(column) for column in zip(*map(_plain, rows), strict=True)], rows)


def _row(group: Sequence[Tally], names: Mapping[int, tuple[str, str]]) -> LedRow:
    first = group[0]
    is_queue = first.holder is None
    asked = {"nguoi": QUEUE, "don-vi": names[first.unit][0]} if is_queue else {"nguoi": first.code}
    called = kind_names()
    numbers = [
        Number(called[kind], sum(one.numbers[kind] for one in group), _address(xem=kind, **asked)) for kind in KINDS
    ]
    oldest = min((one.oldest for one in group if one.oldest is not None), default=None)
    return LedRow(_("Shared queue") if is_queue else first.name, is_queue, numbers, oldest)


def _plain(row: LedRow) -> list[int]:
    return [number.count for number in row.numbers]


def _worst(numbers: Sequence[int]) -> tuple[int, ...]:
    """The most overdue first, then what is due today, soon, open at all."""
    at = dict(zip(KINDS, numbers, strict=True))
    return tuple(-at[kind] for kind in (OVERDUE, TODAY, SOON, OPEN))


def shown_weeks(weeks: Sequence[tuple[date, Mapping[str, int]]]) -> list[ShownWeek]:
    """The newest first."""
    called = kind_names()
    return [
        ShownWeek(
            monday,
            {
                flow.replace("-", "_"): Number(called[flow], counts[flow], _address(tuan=monday.isoformat(), gi=flow))
                for flow in FLOWS
            },
            Fraction(counts[ON_TIME], counts[ON_TIME] + counts[LATE]) if counts[ON_TIME] + counts[LATE] else None,
            counts[ON_TIME] + counts[LATE],
        )
        for monday, counts in reversed(weeks)
    ]


def panels_of(weeks: Sequence[tuple[date, Mapping[str, int]]]) -> tuple[list[Panel], list[str], int]:
    """Received and settled as drawings on one scale, the weeks, and the top of the scale."""
    names = {RECEIVED: _("Received"), SETTLED: _("Settled")}
    panels = [Panel(name, [Fraction(counts[flow]) for _monday, counts in weeks]) for flow, name in names.items()]
    most = max((counts[flow] for _monday, counts in weeks for flow in names), default=0)
    return panels, [f"{monday:%d/%m}" for monday, _counts in weeks], max(most, 1)


def kind_names() -> Mapping[str, str]:
    """What each kind of steps and each flow is called."""
    return {
        OPEN: _("At work"),
        OVERDUE: _("Overdue"),
        TODAY: _("Due today"),
        SOON: _("Due within 3 working days"),
        WAITING: _("Waiting for others"),
        RECEIVED: _("Received"),
        SETTLED: _("Settled"),
        ON_TIME: _("Settled on time"),
        LATE: _("Settled late"),
    }


def title_of(asked: AskedRows) -> str:
    """Which rows these are."""
    names = kind_names()
    if asked.week is not None:
        return f"{names[asked.flow]} · {_('week of')} {format_date(asked.week)}"
    return names[asked.kind]


def _address(**asked: str) -> str:
    return (
        f"{reverse('dossiers:leader-rows')}?{urlencode({name.replace('_', '-'): text for name, text in asked.items()})}"
    )
