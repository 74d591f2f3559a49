"""The clock of a dossier, against one that walks minute by minute."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.dossiers.clock import Clock, Extension, Pause, clock, step_due
from cchc.records.errors import DomainError
from cchc.worktime.limits import Limit
from tests.support.examples import share_of_examples
from tests.worktime.test_limits import JANUARY, MONTH, at

LATER = at("28 00:00")
DAY = Limit(480, "working_minutes")


def said(found: Clock) -> str:
    return f"{found.first_due_at:%-d %H:%M} → {found.due_at:%-d %H:%M}"


def test_without_anything_beside_it_both_appointments_are_one():
    assert said(clock(JANUARY, at("5 09:15"), Limit(5, "working_days"), LATER)) == "10 09:15 → 10 09:15"
    assert said(clock(JANUARY, at("5 15:01"), Limit(5, "working_days"), LATER)) == "10 17:00 → 10 17:00"


@pytest.mark.requirement(89)
def test_a_suspension_moves_the_appointment_and_keeps_the_first():
    found = clock(JANUARY, at("5 07:30"), DAY, LATER, [Pause(at("5 09:00"), at("5 10:00"), "suspend")])
    assert said(found) == "5 17:00 → 6 08:30"
    (move,) = found.moves
    assert (move.kind, move.minutes, move.due_at) == ("suspend", 60, at("6 08:30"))


def test_a_restart_counts_from_zero_by_the_intake_rule():
    found = clock(JANUARY, at("5 07:30"), DAY, LATER, [Pause(at("5 09:00"), at("6 15:01"), "restart")])
    assert said(found) == "5 17:00 → 7 17:00"
    assert found.counted_from == at("7 07:30") and found.starts_at == at("5 07:30")


def test_what_begins_when_the_time_has_run_out_undoes_no_delay():
    for effect in ("suspend", "restart"):
        found = clock(JANUARY, at("5 07:30"), DAY, LATER, [Pause(at("5 17:00"), at("7 08:00"), effect)])
        assert said(found) == "5 17:00 → 5 17:00" and not found.moves


def test_one_that_still_lasts_moves_the_appointment_until_now_alone():
    open_ended = Pause(at("5 09:00"), None, "restart")
    assert said(clock(JANUARY, at("5 07:30"), DAY, at("5 10:00"), [open_ended])) == "5 17:00 → 6 08:30"
    assert said(clock(JANUARY, at("5 07:30"), DAY, at("5 08:00"), [open_ended])) == "5 17:00 → 5 17:00"


def test_another_appointment_replaces_what_was_due_and_is_moved_by_later_suspensions():
    put_off = Extension(at("5 14:00"), at("8 17:00"))
    assert said(clock(JANUARY, at("5 07:30"), DAY, LATER, [], [put_off])) == "5 17:00 → 8 17:00"
    later = Pause(at("7 08:00"), at("7 09:00"), "suspend")
    found = clock(JANUARY, at("5 07:30"), DAY, LATER, [later], [put_off])
    assert said(found) == "5 17:00 → 9 08:30"
    assert [move.kind for move in found.moves] == ["extend", "suspend"]


def test_an_appointment_is_not_brought_forward():
    with pytest.raises(DomainError) as refused:
        clock(JANUARY, at("5 07:30"), DAY, LATER, [], [Extension(at("5 08:00"), at("5 16:00"))])
    assert refused.value.code == "dossiers.extension_earlier"


def test_a_step_has_its_own_limit_and_is_moved_as_its_dossier_is():
    hour = Limit(60, "working_minutes")
    assert step_due(JANUARY, at("5 15:30"), hour, LATER) == at("5 16:30"), "no intake rule within a dossier"
    pause = Pause(at("5 16:00"), at("6 08:00"), "suspend")
    assert step_due(JANUARY, at("5 15:30"), hour, LATER, [pause]) == at("6 08:00") + timedelta(minutes=30)
    again = Pause(at("5 16:00"), at("6 08:00"), "restart")
    assert step_due(JANUARY, at("5 15:30"), hour, LATER, [again]) == at("6 09:00")
    assert step_due(JANUARY, at("5 15:30"), hour, LATER, [Pause(at("5 08:00"), at("5 09:00"), "suspend")]) == at(
        "5 16:30"
    ), "what was over when it began moves nothing"


def walked(start: datetime, minutes: int, pauses: list[Pause], extensions: list[Extension]) -> datetime:
    """Minute by minute from the start: what is left is used up by open minutes in which nothing is suspended."""
    begins = {JANUARY.minute_of(one.at): JANUARY.minute_of(one.due_at) for one in extensions}
    at_, left, due, rests_until = JANUARY.minute_of(start), minutes, None, 0
    last = max([at_, *begins, *begins.values(), *(JANUARY.minute_of(one.end) for one in pauses if one.end)])
    while due is None or at_ <= last:
        if at_ in begins:
            left, rests_until = sum(MONTH.is_open[at_ : begins[at_]]), 0
            due = None if left else begins[at_]
        for one in pauses:
            if due is None and one.effect == "restart" and JANUARY.minute_of(one.start) == at_:
                rests_until = JANUARY.minute_of(JANUARY.counting_start(one.end))
                promised = sum(MONTH.is_open[rests_until : used_up(at_, left)])
                left = max(minutes, promised)
        paused = any(JANUARY.minute_of(one.start) <= at_ < JANUARY.minute_of(one.end) for one in pauses)
        if due is None and MONTH.is_open[at_] and not paused and at_ >= rests_until:
            left -= 1
            if left == 0:
                due = at_ + 1
        at_ += 1
    return JANUARY.moment_at(due)


def used_up(minute: int, left: int) -> int:
    """When so many open minutes have passed."""
    while left:
        left -= MONTH.is_open[minute]
        minute += 1
    return minute


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[Pause], list[Extension]]:
    """Pauses and appointments one after another, as the states of a dossier let them happen."""
    moment = at("6 08:00")
    pauses: list[Pause] = []
    extensions: list[Extension] = []
    due_at = clock(JANUARY, moment, Limit(700, "working_minutes"), LATER).due_at
    for kind in draw(st.lists(st.sampled_from(["suspend", "restart", "extend"]), max_size=4)):
        moment += timedelta(minutes=draw(st.integers(1, 900)))
        if kind == "extend":
            due_at = max(due_at, moment) + timedelta(minutes=draw(st.integers(1, 600)))
            extensions.append(Extension(moment, due_at))
        else:
            end = moment + timedelta(minutes=draw(st.integers(1, 900)))
            pauses.append(Pause(moment, end, kind))  # type: ignore[arg-type]
            moment = end
        due_at = clock(JANUARY, at("6 08:00"), Limit(700, "working_minutes"), LATER, pauses, extensions).due_at
    return pauses, extensions


@pytest.mark.requirement(48)
@settings(max_examples=share_of_examples(0.5))
@given(lives(), st.randoms(use_true_random=False))
def test_the_clock_agrees_with_one_that_walks(life: tuple[list[Pause], list[Extension]], random: object):
    pauses, extensions = life
    limit = Limit(700, "working_minutes")
    found = clock(JANUARY, at("6 08:00"), limit, LATER, pauses, extensions)
    assert found.first_due_at == walked(at("6 08:00"), 700, [], [])
    assert JANUARY.elapsed_minutes(walked(at("6 08:00"), 700, pauses, extensions), found.due_at) == 0
    shuffled = list(pauses)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert clock(JANUARY, at("6 08:00"), limit, LATER, shuffled, extensions) == found
    assert all(before.due_at <= after.due_at for before, after in zip(found.moves, found.moves[1:], strict=False))
