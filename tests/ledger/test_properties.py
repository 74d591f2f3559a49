"""The ledger against its oracle, and what must hold whatever the log."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cchc.ledger.compute import Ledger, compute
from cchc.ledger.totals import count_all
from tests.ledger.frames import expected_rows, minute_of, spell_rows, tables
from tests.ledger.oracle import Dossier, Step, judge
from tests.ledger.strategies import BASE, FIRST_DAY, GAPS, calendars, dossiers
from tests.ledger.tiny_calendar import TinyCalendar
from tests.support.examples import share_of_examples

SEVERAL = st.lists(dossiers(), min_size=1, max_size=3)
FEWER = settings(max_examples=share_of_examples(0.2))
ALWAYS_OPEN = TinyCalendar(windows=((0, 1440),))


def ledger_of(several: list[Dossier], calendar: TinyCalendar, gap: str = "official") -> Ledger:
    return compute(*tables(several), calendar, gap)


def one(ledger: Ledger, number: int = 0) -> dict[str, Any]:
    return ledger.dossiers.row(by_predicate=pl.col("dossier") == f"D{number}", named=True)


def official(start: int, end: int, limit: int | None = None, name: str = "An", **more: Any) -> Step:
    """Minutes counted from BASE."""
    kind = None if limit is None else "working_minutes"
    return Step("Thẩm định", BASE + start, BASE + end, official=name, limit_kind=kind, limit=limit, **more)


@given(SEVERAL, calendars(), GAPS)
@pytest.mark.long
def test_the_ledger_and_its_oracle_agree(several: list[Dossier], calendar: TinyCalendar, gap: str) -> None:
    ledger = ledger_of(several, calendar, gap)
    for number, dossier in enumerate(several):
        expected, got = judge(dossier, calendar, gap), one(ledger, number)
        assert spell_rows(ledger.spells, f"D{number}") == expected_rows(expected)
        assert got["unit"] == expected.unit
        assert got["late"] is expected.late
        assert got["late_minutes"] == expected.late_minutes
        assert got["late_first_minutes"] == expected.late_first_minutes
        assert got["open"] is dossier.is_open


@FEWER
@given(SEVERAL, calendars(), GAPS)
def test_spells_cover_each_dossier_without_gap_or_overlap(
    several: list[Dossier], calendar: TinyCalendar, gap: str
) -> None:
    ledger = ledger_of(several, calendar, gap)
    for number, dossier in enumerate(several):
        spells = ledger.spells.filter(pl.col("dossier") == f"D{number}", pl.col("from_at") < pl.col("to_at"))
        times = [(minute_of(start), minute_of(end)) for start, end in spells.select("from_at", "to_at").iter_rows()]
        cuts = [dossier.received, *(end for _, end in times)]
        assert [start for start, _ in times] == cuts[:-1]
        assert cuts[-1] == max(dossier.judged, dossier.received)


@FEWER
@given(SEVERAL, calendars(), GAPS)
def test_late_minutes_add_up_to_the_minute_under_every_rule(
    several: list[Dossier], calendar: TinyCalendar, gap: str
) -> None:
    ledger = ledger_of(several, calendar, gap)
    sums = ledger.spells.group_by("dossier").agg(pl.col("late_minutes", "late_holder", "late_overrun").sum())
    for row in ledger.dossiers.join(sums, on="dossier", how="left").iter_rows(named=True):
        charged = row["late_minutes_right"] or 0
        assert charged == (row["late_holder"] or 0) == row["late_minutes"]
        assert (row["late_overrun"] or 0) <= charged


@FEWER
@given(SEVERAL, calendars(), GAPS)
def test_no_spell_is_charged_more_than_it_worked(several: list[Dossier], calendar: TinyCalendar, gap: str) -> None:
    spells = ledger_of(several, calendar, gap).spells
    for charged in ("late_minutes", "late_overrun", "late_holder"):
        assert spells.filter((pl.col(charged) > pl.col("working_minutes")) | (pl.col(charged) < 0)).is_empty()
    assert spells.filter(pl.col("late_overrun") > pl.col("late_minutes")).is_empty()


@FEWER
@given(SEVERAL, calendars(), GAPS)
def test_the_first_appointment_charges_as_if_it_were_the_only_one(
    several: list[Dossier], calendar: TinyCalendar, gap: str
) -> None:
    only_first = [replace(dossier, due=dossier.first_due) for dossier in several]
    spells, expected = ledger_of(several, calendar, gap).spells, ledger_of(only_first, calendar, gap).spells
    for rule in ("overrun", "holder"):
        assert spells[f"late_first_{rule}"].to_list() == expected[f"late_{rule}"].to_list()


@FEWER
@given(dossiers(), calendars(), GAPS, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant_but_for_steps_that_begin_together(
    dossier: Dossier, calendar: TinyCalendar, gap: str, random: Any
) -> None:
    assume(len({step.start for step in dossier.steps}) == len(dossier.steps))
    shuffled = list(dossier.steps)
    random.shuffle(shuffled)
    ledger, other = (
        ledger_of([replace(dossier, steps=tuple(order))], calendar, gap) for order in (dossier.steps, shuffled)
    )
    assert ledger.dossiers.equals(other.dossiers)
    assert ledger.spells.equals(other.spells)


@FEWER
@given(dossiers(), calendars(), GAPS, st.data())
def test_splitting_a_step_without_limit_changes_no_ones_minutes(
    dossier: Dossier, calendar: TinyCalendar, gap: str, data: st.DataObject
) -> None:
    free = [replace(step, limit_kind=None, limit=None) for step in dossier.steps]
    number = data.draw(st.integers(0, len(free) - 1))
    step = free[number]
    cut = data.draw(st.integers(step.start, step.end))
    assume(all(other is step or cut >= other.end or cut <= other.start for other in free))
    halves = [*free[:number], replace(step, end=cut), replace(step, start=cut), *free[number + 1 :]]
    whole, split = (ledger_of([replace(dossier, steps=tuple(parts))], calendar, gap) for parts in (free, halves))
    assert whole.dossiers.equals(split.dossiers)
    assert _minutes_by_holder(whole) == _minutes_by_holder(split)


def _minutes_by_holder(ledger: Ledger) -> Counter[tuple[Any, ...]]:
    minutes: Counter[tuple[Any, ...]] = Counter()
    columns = ("holder_kind", "holder", "unit", "working_minutes", "late_minutes", "late_holder")
    for kind, holder, unit, *counted in ledger.spells.select(columns).iter_rows():
        for name, number in zip(columns[3:], counted, strict=True):
            minutes[kind, holder, unit, name] += number
    return +minutes


@FEWER
@given(SEVERAL, calendars(), GAPS, st.integers(FIRST_DAY - 1, FIRST_DAY + 3))
def test_a_holiday_more_adds_no_lateness(
    several: list[Dossier], calendar: TinyCalendar, gap: str, holiday: int
) -> None:
    with_holiday = replace(calendar, days_off=calendar.days_off | {holiday})
    before, after = ledger_of(several, calendar, gap), ledger_of(several, with_holiday, gap)
    for column in ("late_minutes", "late_first_minutes"):
        assert (after.dossiers[column] <= before.dossiers[column]).all()
    for column in ("working_minutes", "overrun_minutes", "late_holder"):
        assert (after.spells[column] <= before.spells[column]).all()
    assert before.dossiers["late"].equals(after.dossiers["late"])


@FEWER
@given(st.lists(dossiers(), min_size=1, max_size=6), calendars(), GAPS, st.integers(1, 4))
@pytest.mark.long
def test_partitions_in_any_number_give_the_same_rows(
    several: list[Dossier], calendar: TinyCalendar, gap: str, number: int
) -> None:
    whole = ledger_of(several, calendar, gap)
    names = [f"D{n}" for n in range(len(several))]
    parts = [
        compute(*tables(several[n::number], names[n::number]), calendar, gap)
        for n in range(number)
        if several[n::number]
    ]
    for table in ("dossiers", "spells"):
        together = pl.concat([getattr(part, table) for part in parts]).sort("dossier", maintain_order=True)
        assert together.drop("position", strict=False).equals(getattr(whole, table).drop("position", strict=False))
    for one in (*parts, whole):
        assert one.dossiers["dossier"][one.spells["position"]].to_list() == one.spells["dossier"].to_list()


@FEWER
@given(SEVERAL, calendars(), GAPS)
def test_officials_get_exactly_what_their_spells_were_charged(
    several: list[Dossier], calendar: TinyCalendar, gap: str
) -> None:
    ledger = ledger_of(several, calendar, gap)
    officials = count_all(ledger, calendar.time_zone)["officials"]
    named = ledger.spells.filter(pl.col("holder_kind") == "official")
    for column in ("late_minutes", "late_overrun", "late_holder"):
        assert officials[column].sum() == named[column].sum()
    assert officials["steps"].sum() == named["is_event"].sum()


@pytest.mark.requirement(71, 72)
@pytest.mark.parametrize("neighbours", [0, 1, 2])
def test_the_worked_example_of_the_contract(neighbours: int) -> None:
    """Limits 100, 100, 100, worked 200, 50, 130: L = 80, over-limit 100, 0, 30, charged 61, 0, 19; alone or not."""
    steps = (official(0, 200, 100, "An"), official(200, 250, 100, "Bình"), official(250, 380, 100, "Châu"))
    other = Dossier(BASE, BASE + 150, (official(0, 150, 100),), due=BASE + 120)
    several = [*[other] * neighbours, Dossier(BASE, BASE + 380, steps, due=BASE + 300)]
    spells = ledger_of(several, ALWAYS_OPEN).spells[neighbours:]
    assert spells["overrun_minutes"].to_list() == [100, 0, 30]
    assert spells["late_minutes"].to_list() == spells["late_overrun"].to_list() == [61, 0, 19]
    assert spells["late_holder"].to_list() == [0, 0, 80]
    assert spells["rule"].to_list() == ["overrun", "holder_after_due", "overrun"]


def test_an_instant_step_after_a_running_one_that_begins_with_it_keeps_its_place() -> None:
    several = [Dossier(BASE, BASE + 10, (official(0, 10, name="An"), official(0, 0, name="Bình")))]
    assert ledger_of(several, ALWAYS_OPEN).spells["holder"].to_list() == ["An", "Bình"]


def test_time_before_the_first_event_belongs_to_the_queue_of_the_dossiers_unit() -> None:
    steps = (official(100, 110, unit="U2"), official(110, 400, unit="U1"))
    spells = ledger_of([Dossier(BASE, BASE + 400, steps)], ALWAYS_OPEN).spells
    assert spells.select("step", "holder_kind", "holder", "unit").row(0) == ("before_first_event", "queue", "U1", "U1")


def test_a_suspension_owes_nothing_though_it_has_a_limit() -> None:
    """Suspension does not count at all: no working minutes, no overrun, no lateness."""
    suspension = replace(official(0, 200, 50), holder_kind="suspension", official=None)
    several = [Dossier(BASE, BASE + 300, (suspension, official(200, 300)), due=BASE + 100)]
    ledger = ledger_of(several, ALWAYS_OPEN)
    assert ledger.spells["working_minutes"].to_list() == [0, 100]
    assert ledger.spells["overrun_minutes"].to_list() == [0, 0]
    assert ledger.spells["late_minutes"].to_list() == [0, 100]
    assert one(ledger)["late_minutes"] == 100


def test_a_step_that_never_held_the_dossier_keeps_the_month_in_which_it_ended() -> None:
    """Both begin together; the second ends later, so the first one holds nothing: empty, at its own end."""
    several = [Dossier(BASE, BASE + 300, (official(0, 100, 40, "An"), official(0, 300, None, "Bình")))]
    spells = ledger_of(several, ALWAYS_OPEN).spells
    by_name = {row["holder"]: row for row in spells.iter_rows(named=True)}
    assert minute_of(by_name["An"]["from_at"]) == minute_of(by_name["An"]["to_at"]) == BASE + 100
    assert by_name["An"]["working_minutes"] == 0
    assert by_name["An"]["overrun_minutes"] == 60, "measured on its own span even in a parallel block"
