"""The clock of a dossier whose calendar changed, against one that walks minute by minute."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.dossiers.clock import Extension, Pause, clock
from cchc.worktime.calendar import Calendar
from cchc.worktime.limits import Limit
from cchc.worktime.splicing import SplicedCalendar
from tests.dossiers.test_clock import LATER, lives, said
from tests.support.examples import share_of_examples
from tests.worktime.oracle import DAY
from tests.worktime.test_limits import JANUARY, MONTH, at
from tests.worktime.test_splicing import MORNINGS, OTHER

LIMIT = Limit(700, "working_minutes")
BEGUN = at("6 08:00")


def changed_on(day: int) -> tuple[Calendar, bytes]:
    """Mornings alone from that day of January on."""
    change = at(f"{day} 00:00").date()
    cut = (change - MONTH.first).days * DAY
    return SplicedCalendar(JANUARY, [(change, OTHER)]), MONTH.is_open[:cut] + MORNINGS.is_open[cut:]


def test_the_first_promise_stays_and_the_appointment_moves_with_the_calendar():
    promised = clock(JANUARY, BEGUN, LIMIT, LATER).due_at
    calendar, _ = changed_on(8)
    found = clock(calendar, BEGUN, LIMIT, LATER, promised=promised)
    assert said(found) == "7 13:10 → 7 13:10" and not found.moves, "due before the day of the change"
    calendar, _ = changed_on(7)
    assert said(clock(calendar, BEGUN, LIMIT, LATER, promised=promised)) == "7 13:10 → 8 07:40"
    calendar, _ = changed_on(6)
    found = clock(calendar, BEGUN, LIMIT, LATER, promised=promised)
    assert said(found) == "7 13:10 → 9 07:40" and [move.kind for move in found.moves] == ["recount"]
    assert found.moves[0].minutes == 250


def test_a_calendar_with_more_hours_brings_no_first_appointment_forward():
    promised = clock(OTHER, BEGUN, LIMIT, LATER).due_at
    found = clock(JANUARY, BEGUN, LIMIT, LATER, promised=promised)
    assert found.first_due_at == found.due_at == promised and found.moves == ()
    one = Pause(at("6 09:00"), at("6 10:00"), "suspend")
    paused = clock(JANUARY, BEGUN, LIMIT, LATER, [one], promised=promised)
    assert paused.due_at == promised + timedelta(hours=1)


def test_a_decision_that_the_calendar_overtook_moves_nothing():
    promised = clock(JANUARY, BEGUN, LIMIT, LATER).due_at
    put_off = Extension(at("6 14:00"), at("7 14:00"))
    calendar, _ = changed_on(6)
    found = clock(calendar, BEGUN, LIMIT, LATER, [], [put_off], promised)
    assert said(found) == "7 13:10 → 9 07:40"
    assert said(clock(JANUARY, BEGUN, LIMIT, LATER, [], [put_off], promised)) == "7 13:10 → 7 14:00"


def walked(calendar: Calendar, is_open: bytes, promised: int, pauses: list[Pause], extensions: list[Extension]) -> int:
    """Minute by minute: what is left is used up by open minutes in which nothing is suspended, and is at least what
    leads to the first promise.
    """
    begins = {calendar.minute_of(one.at): calendar.minute_of(one.due_at) for one in extensions}
    at_ = calendar.minute_of(BEGUN)
    left, due, rests_until = max(LIMIT.amount, sum(is_open[at_:promised])), None, 0
    last = max([at_, *begins, *begins.values(), *(calendar.minute_of(one.end) for one in pauses if one.end)])
    while due is None or at_ <= last:
        now_due = due if due is not None else used_up(is_open, max(at_, rests_until), left)
        if at_ in begins and begins[at_] >= now_due:
            left, rests_until = sum(is_open[at_ : begins[at_]]), 0
            due = None if left else begins[at_]
        for one in pauses:
            if due is None and one.effect == "restart" and calendar.minute_of(one.start) == at_:
                rests_until = calendar.minute_of(calendar.counting_start(one.end))
                left = max(LIMIT.amount, sum(is_open[rests_until : used_up(is_open, at_, left)]))
        paused = any(calendar.minute_of(one.start) <= at_ < calendar.minute_of(one.end) for one in pauses)
        if due is None and is_open[at_] and not paused and at_ >= rests_until:
            left -= 1
            if left == 0:
                due = at_ + 1
        at_ += 1
    return due


def used_up(is_open: bytes, minute: int, left: int) -> int:
    while left:
        left -= is_open[minute]
        minute += 1
    return minute


@pytest.mark.requirement(48)
@settings(max_examples=share_of_examples(0.5))
@given(lives(), st.integers(5, 15))
def test_the_recounted_clock_agrees_with_one_that_walks(life: tuple[list[Pause], list[Extension]], day: int):
    pauses, extensions = life
    promised = clock(JANUARY, BEGUN, LIMIT, LATER).due_at
    calendar, is_open = changed_on(day)
    found = clock(calendar, BEGUN, LIMIT, LATER, pauses, extensions, promised)
    due = walked(calendar, is_open, calendar.minute_of(promised), pauses, extensions)
    assert calendar.elapsed_minutes(calendar.moment_at(due), found.due_at) == 0
    assert found.first_due_at == promised <= found.due_at
    assert all(before.due_at <= after.due_at for before, after in zip(found.moves, found.moves[1:], strict=False))
