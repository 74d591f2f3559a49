"""Every answer against the minute-by-minute oracle, and the laws that hold whatever the calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cchc.records.errors import DomainError
from cchc.worktime import Calendar
from tests.support.examples import share_of_examples
from tests.worktime.oracle import DAY, Plain
from tests.worktime.strategies import calendars, cases, edges, loaded, minute_of, moment

Case = tuple[Plain, int, int, int]
LIMITS: dict[str, tuple[Callable[..., Any], Callable[[Plain, int, int], int | None]]] = {
    "minutes": (Calendar.due, Plain.due),
    "working_days": (Calendar.due_in_working_days, Plain.due_in_working_days),
    "calendar_days": (Calendar.due_in_calendar_days, Plain.due_in_calendar_days),
}
# Laws follow from the answers that agree with the oracle: fewer examples suffice for them. Thousands of cases more are
# judged in `test_bench`.
some = settings(max_examples=share_of_examples(0.6))
few = settings(max_examples=share_of_examples(0.2))
every_limit = pytest.mark.parametrize("unit", LIMITS)


def civil(plain: Plain, minute: int) -> np.datetime64:
    return np.datetime64(plain.first, "m") + np.timedelta64(minute, "m")


def in_civil_time(plain: Plain, minute: int | None) -> datetime | None:
    """As numpy gives it back; None for NaT."""
    return None if minute is None else datetime.combine(plain.first, datetime.min.time()) + timedelta(minutes=minute)


def answer(plain: Plain, ask: Callable[[], datetime]) -> int | None:
    """The minute of the answer; None when it lies after the span."""
    try:
        return minute_of(plain, ask())
    except DomainError as error:
        if error.code != "worktime.ends_outside_span":
            raise
        return None


@some
@given(cases())
def test_elapsed_minutes_are_those_counted_one_by_one(case: Case) -> None:
    plain, a, b, _ = case
    calendar = loaded(plain)
    counted = plain.elapsed(a, b)
    assert calendar.elapsed_minutes(moment(plain, a), moment(plain, b)) == counted
    assert calendar.elapsed_minutes(np.array([civil(plain, a)]), np.array([civil(plain, b)])).tolist() == [counted]


@some
@every_limit
@given(case=cases())
def test_a_limit_ends_where_walking_ends(unit: str, case: Case) -> None:
    plain, start, _, amount = case
    due, walked = LIMITS[unit]
    amount = amount if unit == "minutes" else amount % 12
    end = walked(plain, start, amount)
    calendar = loaded(plain)
    assert answer(plain, lambda: due(calendar, moment(plain, start), amount)) == end
    in_bulk = due(calendar, np.array([civil(plain, start)]), amount, beyond="nat")
    assert in_bulk.tolist() == [in_civil_time(plain, end)]


@some
@given(cases())
def test_counting_starts_where_the_intake_rule_says(case: Case) -> None:
    plain, received, _, _ = case
    calendar = loaded(plain)
    start = plain.counting_start(received)
    assert answer(plain, lambda: calendar.counting_start(moment(plain, received))) == start
    in_bulk = calendar.counting_start(np.array([civil(plain, received)]), beyond="nat")
    assert in_bulk.tolist() == [in_civil_time(plain, start)]


@few
@given(cases())
def test_due_is_the_inverse_of_elapsed(case: Case) -> None:
    plain, start, _, minutes = case
    calendar, begin = loaded(plain), moment(plain, start)
    assume(minutes <= plain.elapsed(start, len(plain.is_open)))
    end = calendar.due(begin, minutes)
    assert calendar.elapsed_minutes(begin, end) == minutes
    if minutes:
        assert calendar.elapsed_minutes(begin, end - timedelta(minutes=1)) == minutes - 1, "not the earliest"


@few
@given(cases(), st.data())
def test_elapsed_minutes_add_up(case: Case, data: st.DataObject) -> None:
    plain, a, b, _ = case
    c = data.draw(st.sampled_from(edges(plain)))
    calendar = loaded(plain)
    at = [moment(plain, minute) for minute in (a, b, c)]
    assert calendar.elapsed_minutes(at[0], at[2]) == (
        calendar.elapsed_minutes(at[0], at[1]) + calendar.elapsed_minutes(at[1], at[2])
    )
    assert calendar.elapsed_minutes(at[0], at[1]) == -calendar.elapsed_minutes(at[1], at[0])
    assert calendar.elapsed_minutes(at[0], at[0]) == 0


@few
@every_limit
@given(case=cases())
def test_later_starts_and_longer_limits_never_end_sooner(unit: str, case: Case) -> None:
    plain, a, b, amount = case
    calendar = loaded(plain)
    earlier, later = sorted((a, b))
    short = amount % (481 if unit == "minutes" else 9)
    starts = np.array([civil(plain, earlier), civil(plain, later), civil(plain, earlier)])
    # Nothing at all ends at the start itself, which may lie in closed time: not compared with limits.
    ends = LIMITS[unit][0](calendar, starts, np.array([short + 1, short + 1, short + 2]), beyond="nat")
    ends = np.where(np.isnat(ends), np.datetime64("9999-12-31"), ends)
    assert ends[0] <= ends[1]
    assert ends[0] <= ends[2]


@few
@every_limit
@given(case=cases())
def test_a_due_time_never_falls_in_closed_time(unit: str, case: Case) -> None:
    plain, start, _, amount = case
    amount = amount % (500 if unit == "minutes" else 9) + 1
    end = answer(plain, lambda: LIMITS[unit][0](loaded(plain), moment(plain, start), amount))
    if end is None:
        return  # after the span; whether rightly, the comparison with the oracle tells
    is_open = end < len(plain.is_open) and plain.is_open[end]
    closes = end > 0 and plain.is_open[end - 1]
    assert is_open or closes


@few
@every_limit
@given(case=cases())
def test_no_limit_ends_at_once(unit: str, case: Case) -> None:
    plain, start, _, _ = case
    assert answer(plain, lambda: LIMITS[unit][0](loaded(plain), moment(plain, start), 0)) == start


@few
@given(cases(), st.integers(0, 2000))
def test_suspended_minutes_move_a_due_date_by_exactly_themselves(case: Case, suspended: int) -> None:
    plain, start, _, minutes = case
    calendar, begin = loaded(plain), moment(plain, start)
    minutes = minutes % 2000
    assume(minutes + suspended <= plain.elapsed(start, len(plain.is_open)))
    due = calendar.due(begin, minutes)
    moved = calendar.due(due, suspended)
    assert calendar.elapsed_minutes(due, moved) == suspended
    if suspended and minutes:
        assert moved == calendar.due(begin, minutes + suspended)


@few
@every_limit
@given(case=cases(), data=st.data())
def test_an_added_holiday_never_brings_a_date_forward(unit: str, case: Case, data: st.DataObject) -> None:
    plain, start, _, amount = case
    holiday = data.draw(st.dates(plain.first, plain.last))
    with_holiday = replace(plain, exceptions=plain.exceptions | {holiday: ()})
    amount = amount % (2000 if unit == "minutes" else 9)
    due = LIMITS[unit][0]
    before = answer(plain, lambda: due(loaded(plain), moment(plain, start), amount))
    after = answer(plain, lambda: due(loaded(with_holiday), moment(plain, start), amount))
    assert after is None or (before is not None and after >= before)


@few
@given(calendars(), st.data())
def test_arrays_give_what_single_moments_give(plain: Plain, data: st.DataObject) -> None:
    minute = st.one_of(st.sampled_from(edges(plain)), st.integers(0, len(plain.is_open)))
    starts, ends = (data.draw(st.lists(minute, min_size=8, max_size=8)) for _ in range(2))
    amounts = data.draw(st.lists(st.integers(0, 9), min_size=8, max_size=8))
    calendar = loaded(plain)
    first, second = ([moment(plain, minute) for minute in minutes] for minutes in (starts, ends))
    civil_first, civil_second = (np.array([civil(plain, m) for m in minutes]) for minutes in (starts, ends))
    scalar = [calendar.elapsed_minutes(a, b) for a, b in zip(first, second, strict=True)]
    assert calendar.elapsed_minutes(civil_first, civil_second).tolist() == scalar
    assert (calendar.minutes_until(civil_second) - calendar.minutes_until(civil_first)).tolist() == scalar
    assert calendar.explain(civil_first, civil_second) == [
        calendar.explain(a, b) for a, b in zip(first, second, strict=True)
    ]
    for due, _ in LIMITS.values():
        one_by_one = [
            in_civil_time(plain, answer(plain, partial(due, calendar, start, amount)))
            for start, amount in zip(first, amounts, strict=True)
        ]
        assert due(calendar, civil_first, np.array(amounts), beyond="nat").tolist() == one_by_one


@some
@given(cases())
def test_an_explanation_leaves_no_gap_and_adds_up(case: Case) -> None:
    plain, a, b, _ = case
    calendar = loaded(plain)
    spans = calendar.explain(moment(plain, a), moment(plain, b))
    minutes = [(minute_of(plain, span.start), minute_of(plain, span.end)) for span in spans]
    assert [start for start, _ in minutes] == [min(a, b), *(end for _, end in minutes[:-1])][: len(minutes)]
    assert (minutes[-1][1] if minutes else max(a, b)) == max(a, b)
    assert [span.minutes for span in spans] == [plain.elapsed(*pair) for pair in minutes]
    assert all(
        set(plain.is_open[start:end]) == {int(span.is_counted)}
        for span, (start, end) in zip(spans, minutes, strict=True)
    )


@few
@given(calendars(), st.integers(-3 * DAY, 3 * DAY))
def test_moments_outside_the_span_are_refused(plain: Plain, beyond: int) -> None:
    calendar = loaded(plain)
    minute = beyond if beyond < 0 else len(plain.is_open) + 1 + beyond
    inside = moment(plain, 0)
    asked: list[Callable[[], object]] = [
        lambda: calendar.elapsed_minutes(moment(plain, minute), inside),
        lambda: calendar.elapsed_minutes(inside, moment(plain, minute)),
        lambda: calendar.due(moment(plain, minute), 0),
        lambda: calendar.elapsed_minutes(np.array([civil(plain, 0)]), np.array([civil(plain, minute)])),
        lambda: calendar.due(np.array([civil(plain, minute)]), 0),
    ]
    for ask in asked:
        with pytest.raises(DomainError) as refused:
            ask()
        assert refused.value.code == "worktime.outside_span"
