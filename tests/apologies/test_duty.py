"""What is owed, since when, by when: on each side of every edge, and against a walk through every minute."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cchc.apologies.duty import (
    About,
    Duty,
    Facts,
    Found,
    Promise,
    Standing,
    Why,
    days_before,
    duties,
    first_reaching,
)
from cchc.apologies.rules import Rules, read_rules, rules_on
from cchc.records.errors import DomainError
from cchc.worktime import Calendar
from cchc.worktime.limits import Limit
from tests.factories.dossiers import at
from tests.worktime.oracle import DAY, Plain
from tests.worktime.strategies import calendars, loaded

VN = Calendar.load("vn")
RULES = Rules(1, (3, 1), ("reception_mistake",), 3)
RECEIVED, DUE, WARNED, OWED_BY = at("2 08:00"), at("16 08:00"), at("11 08:00"), at("13 08:00")
FIRST = Promise(RECEIVED, DUE)
PUT_OFF = Promise(at("12 10:00"), at("19 17:00"), 7)
LAST, DECIDED, MISTAKE = About(Why.NOT_KEPT, 0), About(Why.PUT_OFF, 7), About(Why.MISTAKE, 3)


def owed(now: str, *promises: Promise, **facts: object) -> list[Duty]:
    return list(duties(VN, RULES, Facts(promises or (FIRST,), **facts), at(now)))  # type: ignore[arg-type]


def test_rules_are_dated_sourced_and_said_to_be_unverified():
    old, new = rules_on(date(2025, 6, 30)), rules_on(date(2025, 7, 1))
    assert (old.source.document, new.source.document) == ("Nghị định 61/2018/NĐ-CP", "Nghị định 118/2025/NĐ-CP")
    assert not old.verification.verified and not new.verification.verified
    assert (new.value.before, new.value.warn, new.value.first_warning) == (1, (3, 1), 3)


@pytest.mark.parametrize(
    ("due", "days", "before"),
    [
        ("16 08:00", 1, "13 08:00"),  # a Monday: the Friday before
        ("16 08:00", 3, "11 08:00"),
        ("25 17:00", 1, "23 17:00"),  # the 24th is off
        ("22 09:00", 1, "19 17:00"),  # a Sunday stands for the end of Friday
        ("13 07:00", 1, "11 17:00"),  # before opening stands for the evening before
        ("13 12:00", 1, "12 11:30"),  # the lunch hour stands for its beginning
        ("13 09:00", 0, "13 09:00"),
    ],
)
def test_so_many_working_days_before(due: str, days: int, before: str):
    assert days_before(VN, at(due), days) == at(before)


@pytest.mark.requirement(14)
@pytest.mark.requirement(89)
@pytest.mark.parametrize(
    ("now", "standing", "is_late", "is_overdue"),
    [
        ("11 07:59", None, False, False),
        ("11 08:00", Standing.FORESEEN, False, False),
        ("13 07:59", Standing.FORESEEN, False, False),
        ("13 08:00", Standing.OWED, False, False),
        ("13 08:01", Standing.OWED, True, False),
        ("16 08:00", Standing.OWED, True, False),
        ("16 08:01", Standing.OWED, True, True),
    ],
)
def test_a_running_dossier_will_owe_then_owes_then_is_late(
    now: str, standing: Standing | None, is_late: bool, is_overdue: bool
):
    found = owed(now)
    assert [one.standing for one in found] == [standing] * bool(standing)
    for one in found:
        assert (one.about, one.since, one.owed_by, one.due_at) == (LAST, WARNED, OWED_BY, DUE)
        assert (one.is_late(at(now)), one.is_overdue) == (is_late, is_overdue)


@pytest.mark.parametrize(("ended", "owes"), [("16 08:00", False), ("16 08:01", True)])
def test_whatever_ended_by_its_minute_kept_the_appointment(ended: str, owes: bool):
    found = owed("20 08:00", ended_at=at(ended))
    assert [one.standing for one in found] == [Standing.OWED] * owes


@pytest.mark.parametrize(("ended", "owes"), [("16 08:00", False), ("16 08:01", True)])
def test_an_appointment_that_was_put_off_owes_unless_it_was_kept_after_all(ended: str, owes: bool):
    found = owed("20 08:00", FIRST, PUT_OFF, ended_at=at(ended))
    assert [one.about for one in found] == [DECIDED] * owes


def test_what_was_put_off_owes_from_the_decision_on_and_the_next_appointment_by_itself():
    (duty,) = owed("12 10:00", FIRST, PUT_OFF)
    assert (duty.about, duty.since, duty.owed_by) == (DECIDED, at("12 10:00"), OWED_BY)
    assert duty.standing == Standing.OWED and not duty.is_late(at("12 10:00"))
    both = owed("18 17:00", FIRST, PUT_OFF)
    assert [(one.about, one.standing) for one in both] == [
        (DECIDED, Standing.OWED),
        (About(Why.NOT_KEPT, 1), Standing.OWED),
    ]


@pytest.mark.parametrize(("paused", "owes"), [("16 08:00", False), ("16 08:01", True)])
def test_while_others_are_waited_for_only_what_was_missed_before_is_owed(paused: str, owes: bool):
    assert [one.is_overdue for one in owed("27 08:00", paused_at=at(paused))] == [True] * owes


@pytest.mark.requirement(14)
@pytest.mark.parametrize(("sent", "in_time"), [("13 07:59", True), ("13 08:00", True), ("13 08:01", False)])
def test_a_letter_is_in_time_up_to_the_minute_of_its_deadline(sent: str, in_time: bool):
    for facts, about in (((FIRST,), LAST), ((FIRST, PUT_OFF), DECIDED)):
        (duty,) = (one for one in owed("17 08:00", *facts, sent=[(about, at(sent))]) if one.about == about)
        assert (duty.standing, duty.is_in_time, duty.is_late(at("17 08:00"))) == (Standing.SENT, in_time, not in_time)


@pytest.mark.requirement(14)
def test_a_mistake_owes_once_whatever_became_of_the_dossier():
    mistakes = [Found(3, at("9 08:00")), Found(4, at("10 08:00"))]
    found = owed("10 08:00", ended_at=at("6 08:00"), mistakes=mistakes, sent=[(MISTAKE, at("12 08:00"))])
    assert [(one.about.key, one.owed_by, one.standing) for one in found] == [
        (3, at("12 08:00"), Standing.SENT),
        (4, at("13 08:00"), Standing.OWED),
    ]
    assert found[0].is_in_time


@pytest.mark.parametrize(
    ("now", "standing", "is_late"),
    [("16 07:59", None, False), ("16 08:00", Standing.OWED, False), ("16 08:01", Standing.OWED, True)],
)
def test_where_the_limit_leaves_no_day_before_the_letter_is_sent_by_the_appointment(
    now: str, standing: Standing | None, is_late: bool
):
    found = owed(now, is_short=True)
    assert [(one.standing, one.owed_by, one.is_late(at(now))) for one in found] == [(standing, DUE, is_late)] * bool(
        standing
    )
    assert [one.owed_by for one in owed("12 10:00", FIRST, PUT_OFF, is_short=True)] == [DUE]


@pytest.mark.parametrize(
    ("amount", "unit", "is_short"),
    [
        (1, "working_days", True), (2, "working_days", False), (8, "working_hours", True), (9, "working_hours", False),
        (480, "working_minutes", True), (481, "working_minutes", False), (1, "calendar_days", True),
    ],
)  # fmt: skip
def test_which_limits_leave_no_day_before(amount: int, unit: Any, is_short: bool):
    assert RULES.leaves_no_day(Limit(amount, unit)) is is_short
    assert not RULES.leaves_no_day(None)


def test_a_dossier_without_appointment_owes_for_mistakes_alone():
    assert not list(duties(VN, RULES, Facts(()), at("27 08:00")))


def test_files_of_rules_are_refused_with_their_line():
    with pytest.raises(DomainError, match="x:2"):
        read_rules(b"rules:\n  - {valid: {from: 2020-01-01}, source: {document: X}, verified: true, warn: [1]}\n", "x")


def walked_back(plain: Plain, minute: int, days: int) -> int | None:
    """Day by day: where in its working day a minute stands, and the same place so many working days before."""
    day, worked = minute // DAY, 0
    worked = sum(plain.is_open[day * DAY : minute])
    while not worked:
        day -= 1
        if day < 0:
            return None
        worked = sum(plain.is_open[day * DAY : (day + 1) * DAY])
    while days:
        day -= 1
        if day < 0:
            return None
        days -= any(plain.is_open[day * DAY : (day + 1) * DAY])
    left, at_ = worked, day * DAY
    while left and at_ < (day + 1) * DAY:
        left -= plain.is_open[at_]
        at_ += 1
    while at_ > day * DAY and not plain.is_open[at_ - 1]:
        at_ -= 1
    return at_


@given(plain=calendars(), minute=st.integers(0, 16 * DAY), days=st.integers(0, 3))
def test_days_before_are_those_of_a_walk_through_every_day(plain: Plain, minute: int, days: int):
    expected = walked_back(plain, minute, days)
    assume(expected is not None and minute <= len(plain.is_open))
    calendar = loaded(plain)
    assert expected is not None
    assert calendar.minute_of(days_before(calendar, calendar.moment_at(minute), days)) == expected


@given(hours=st.integers(0, 24 * 40 * 60), days=st.integers(1, 3))
def test_the_first_to_reach_a_moment_is_the_first(hours: int, days: int):
    rule = partial(days_before, VN)
    moment = at("2 00:00") + timedelta(minutes=hours)
    found = first_reaching(lambda due_at: rule(due_at, days), moment)
    assert rule(found, days) >= moment > rule(found - timedelta(minutes=1), days)


def walk(promises: list[Promise], facts: Facts, now: datetime) -> dict[About, tuple[Standing, bool]]:
    """Minute by minute from the first appointment to now: what holds, what is missed, what is put off."""
    found, minute, decided = {}, promises[0].made_at, 0
    ends = facts.ended_at or facts.paused_at
    pending = list(promises[1:])
    holds = promises[0].due_at
    missed = set()
    while minute <= now:
        while pending and pending[0].made_at <= minute:
            missed.add((About(Why.PUT_OFF, pending[0].decision or 0), holds))
            holds = pending.pop(0).due_at
            decided += 1
        minute += timedelta(minutes=30)
    for about, due_at in missed:
        if not (facts.ended_at and facts.ended_at <= due_at):
            found[about] = (Standing.OWED, (facts.ended_at or facts.paused_at or now) > due_at)
    if ends is not None:
        if ends > holds:
            found[About(Why.NOT_KEPT, decided)] = (Standing.OWED, True)
    else:
        left, day = 0, holds
        moments = {}
        while left <= 3:  # a working day back at a time, by the clock: moments here lie within working hours
            moments[left] = day
            day -= timedelta(days=1)
            while not VN.windows_on(day.date()):
                day -= timedelta(days=1)
            left += 1
        if now >= moments[3]:
            standing = Standing.OWED if now >= moments[1] else Standing.FORESEEN
            found[About(Why.NOT_KEPT, decided)] = (standing, now > holds)
    for about, _moment in facts.sent:
        if about in found:
            found[about] = (Standing.SENT, found[about][1])
    return found


half_hours = st.builds(
    lambda day, hour: datetime(2026, 10, day, hour, 30, tzinfo=RECEIVED.tzinfo),
    st.integers(1, 31),
    st.sampled_from([8, 10, 14, 16]),
)


worked = half_hours.filter(lambda moment: bool(VN.windows_on(moment.date())))


@given(
    dues=st.lists(worked, min_size=2, max_size=2, unique=True).map(sorted),
    moments=st.lists(half_hours, min_size=3, max_size=3).map(sorted),
    ends=st.sampled_from(["", "ended_at", "paused_at"]),
    puts_off=st.booleans(),
    sends=st.sampled_from([(), (LAST,), (DECIDED,), (About(Why.NOT_KEPT, 1),)]),
)
def test_what_is_owed_is_what_a_walk_through_time_finds(
    dues: list[datetime], moments: list[datetime], ends: str, puts_off: bool, sends: tuple[About, ...]
):
    (first, second), (made, over, now) = dues, moments
    promises = [Promise(datetime(2026, 9, 1, 8, 0, tzinfo=RECEIVED.tzinfo), first)]
    if puts_off:
        promises.append(Promise(made, second, 7))
    facts = Facts(promises, sent=[(about, over) for about in sends], **({ends: over} if ends else {}))
    found = {one.about: (one.standing, one.is_overdue) for one in duties(VN, RULES, facts, now)}
    assert found == walk(promises, facts, now)
