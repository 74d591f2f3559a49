"""Calendars and moments for properties, with the edges that break calculators: lunch, midnight, half days, swaps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from cchc.worktime import Calendar
from cchc.worktime.loading import with_parents
from cchc.worktime.reading import read_rules
from tests.worktime.oracle import DAY, WEEKDAYS, Hours, Plain

FIRST = date(2026, 1, 1)
DAYS = 16
OFFICE: Hours = ((450, 690), (780, 1020))
COMMON: tuple[Hours, ...] = (
    OFFICE,
    (),
    ((450, 690),),
    ((0, DAY),),
    ((0, 1),),
    ((DAY - 1, DAY),),
    ((480, 720), (720, 1000)),
)


@st.composite
def odd_hours(draw: st.DrawFn) -> Hours:
    """Any windows of a day; some touch."""
    cuts = sorted(draw(st.sets(st.integers(0, DAY), min_size=2, max_size=6)))
    return tuple(pair for pair in pairwise(cuts) if draw(st.booleans()))


hours = st.one_of(st.sampled_from(COMMON), odd_hours())
weeks = st.tuples(*[hours] * 7)
office_week = st.just((OFFICE,) * 5 + ((), ()))


@st.composite
def calendars(draw: st.DrawFn, *, with_parent: bool = True, first: date = FIRST, days: int = DAYS) -> Plain:
    """One of a few weeks, perhaps with a parent of more days."""
    last = first + timedelta(days=days - 1)
    parent = None
    if with_parent and draw(st.booleans()):
        earlier = first - timedelta(days=draw(st.integers(0, 3)))
        parent = draw(calendars(with_parent=False, first=earlier, days=(last - earlier).days + 1))
        parent = Plain(**{**vars_of(parent), "id": "parent"})
    in_span = st.dates(first, last)
    starts = draw(st.sets(in_span, max_size=2)) | (set() if parent and draw(st.booleans()) else {first})
    starts = set() if parent and draw(st.booleans()) else starts
    return Plain(
        first=first,
        last=last,
        weeks={start: draw(st.one_of(office_week, weeks)) for start in sorted(starts)},
        exceptions=draw(st.dictionaries(in_span, st.one_of(hours, st.sampled_from(WEEKDAYS)), max_size=5)),
        parent=parent,
        cut_off=draw(st.one_of(st.none(), st.integers(0, DAY))),
        day_zero=draw(st.sampled_from(("counted", "counted", "not_counted"))),
    )


def vars_of(plain: Plain) -> dict[str, Any]:
    """The fields, without what was computed from them."""
    return {name: getattr(plain, name) for name in Plain.__dataclass_fields__}


def loaded(plain: Plain) -> Calendar:
    """The calendar under test, by way of its text."""
    parents = {}
    ancestor = plain.parent
    while ancestor is not None:
        parents[ancestor.id] = read_rules(ancestor.yaml(), f"{ancestor.id}.yaml")
        ancestor = ancestor.parent
    return Calendar(with_parents(read_rules(plain.yaml(), "test.yaml"), parents.get))


def edges(plain: Plain) -> list[int]:
    """Minutes at which something opens or closes, midnights, and those beside them."""
    marks = set(range(0, len(plain.is_open) + 1, DAY))
    for sought in (b"\0\1", b"\1\0"):
        at = plain.is_open.find(sought)
        while at >= 0:
            marks.add(at + 1)
            at = plain.is_open.find(sought, at + 1)
    return sorted({near for at in marks for near in (at - 1, at, at + 1) if 0 <= near <= len(plain.is_open)})


@st.composite
def cases(draw: st.DrawFn) -> tuple[Plain, int, int, int]:
    """A calendar, two minutes of its span (half of them at edges) and an amount."""
    plain = draw(calendars())
    minute = st.one_of(st.sampled_from(edges(plain)), st.integers(0, len(plain.is_open)))
    amount = draw(st.one_of(st.integers(0, 30), st.integers(0, 6 * 480), st.sampled_from((1, 240, 480, 960, 10**9))))
    return plain, draw(minute), draw(minute), amount


def moment(plain: Plain, minute: int) -> datetime:
    """An aware moment in that minute, in UTC: Asia/Ho_Chi_Minh has kept +07:00 since 1975."""
    midnight = datetime(plain.first.year, plain.first.month, plain.first.day, tzinfo=UTC) - timedelta(hours=7)
    return midnight + timedelta(minutes=minute, seconds=minute % 60)


def minute_of(plain: Plain, at: datetime) -> int:
    """The minute of an answer, which has no seconds."""
    minutes, rest = divmod(at - moment(plain, 0), timedelta(minutes=1))
    assert not rest
    return minutes
