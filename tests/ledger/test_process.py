"""The process view: a worked example each, and small oracles that walk the spells one by one."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.ledger.compute import Ledger, compute
from cchc.ledger.counting import add_up, with_dossiers
from cchc.ledger.process import (
    BOTTLENECK_KEYS,
    HAND_OVER_KEYS,
    RETURN_KEYS,
    STEP_KEYS,
    events_of,
    hand_overs,
    returns,
    rework,
    step_records,
    with_ranks,
)
from tests.ledger.frames import counted_spells, tables
from tests.ledger.oracle import Dossier, Step
from tests.ledger.strategies import BASE, GAPS, calendars, dossiers
from tests.ledger.tiny_calendar import TinyCalendar
from tests.support.examples import share_of_examples

HANOI = "Asia/Ho_Chi_Minh"
ALWAYS_OPEN = TinyCalendar(windows=((0, 1440),))
SEVERAL = st.lists(dossiers(), min_size=1, max_size=3)
FEWER = settings(max_examples=share_of_examples(0.2))


def ledger_of(several: list[Dossier], calendar: TinyCalendar = ALWAYS_OPEN, gap: Any = "official") -> Ledger:
    return compute(*tables(several), calendar, gap)


def tables_of(ledger: Ledger) -> dict[str, tuple[tuple[str, ...], pl.DataFrame]]:
    events = events_of(with_dossiers(ledger.spells, ledger.dossiers).lazy())
    return {
        "hand_overs": (HAND_OVER_KEYS, add_up([hand_overs(events)], HAND_OVER_KEYS)),
        "rework": (STEP_KEYS, add_up([rework(events)], STEP_KEYS)),
        "returns": (RETURN_KEYS, add_up([returns(events)], RETURN_KEYS)),
        "bottlenecks": (BOTTLENECK_KEYS, counted_spells(ledger, BOTTLENECK_KEYS, HANOI)),
    }


def step(name: str, start: int, end: int, official: str | None = "An", kind: str = "official", **more: Any) -> Step:
    return Step(name, BASE + start, BASE + end, kind, official, "U1", **more)


SENT_BACK = Dossier(
    BASE,
    BASE + 500,
    (
        step("Nhận", 0, 100),
        step("Thẩm định", 150, 250, "Bình"),
        step("Nhận", 250, 300),
        step("Bổ sung", 300, 350, None, "applicant"),
        step("Thẩm định", 360, 400, "Bình", limit_kind="working_minutes", limit=30),
        step("Ký", 400, 480, "Bình"),
    ),
    due=BASE + 390,
)


@pytest.mark.requirement(71)
@pytest.mark.parametrize("gap", ["official", "unit"])
def test_a_dossier_sent_back_shows_in_every_table(gap: str) -> None:
    """Whoever a gap is charged to, no step ran in it: it was waiting."""
    ledger = ledger_of([SENT_BACK], gap=gap)
    made = {name: table for name, (_, table) in tables_of(ledger).items()}
    passed = made["hand_overs"].select("from_holder", "to_holder", "hand_overs", "waiting_minutes").rows()
    assert passed == [(None, "Bình", 1, 10), ("An", None, 1, 0), ("An", "Bình", 1, 50), ("Bình", "An", 1, 0)]
    columns = ("step", "steps", "working_minutes", "waiting_minutes", "outside_minutes", "overrun_minutes")
    assert step_records(made["bottlenecks"], made["rework"]).select(columns).rows() == [
        ("Bổ sung", 1, 50, 0, 50, 0),
        ("Ký", 1, 80, 0, 0, 0),
        ("Nhận", 2, 150, 0, 0, 0),
        ("Thẩm định", 2, 200, 60, 0, 10),
        ("after_last_event", 0, 20, 20, 0, 0),
    ]
    again = made["rework"].filter(pl.col("repeated_steps") > 0)
    assert again.drop("procedure").rows() == [("Nhận", 2, 1, 1, 1, 50), ("Thẩm định", 2, 1, 1, 1, 40)]
    assert made["returns"].drop("procedure").rows() == [
        ("Bổ sung", "Thẩm định", 1),
        ("Thẩm định", "Nhận", 1),
    ]


def test_bottlenecks_are_ranked_by_lateness_within_their_month() -> None:
    """110 late minutes: 10 by the limit of Thẩm định, the other 100 where they were held."""
    ledger = ledger_of([SENT_BACK], gap="unit")
    ranked = with_ranks(counted_spells(ledger, BOTTLENECK_KEYS, HANOI))
    assert ranked.sort("rank", "step").select("month", "step", "late_minutes", "rank").rows() == [
        ("2026-01", "Ký", 80, 1),
        ("2026-01", "after_last_event", 20, 2),
        ("2026-01", "Thẩm định", 10, 3),
        ("2026-01", "Bổ sung", 0, 4),
        ("2026-01", "Nhận", 0, 4),
    ]


def test_of_equally_late_steps_the_one_that_overran_more_comes_first() -> None:
    counted = pl.DataFrame({"month": ["2026-01"] * 3, "late_minutes": [5, 5, 9], "overrun_minutes": [1, 2, 0]})
    assert with_ranks(counted)["rank"].to_list() == [3, 2, 1]


def walked(ledger: Ledger) -> list[list[dict[str, Any]]]:
    """The events of each dossier, each with what was waited for it."""
    dossiers = []
    for _, spells in ledger.spells.group_by("dossier", maintain_order=True):
        events: list[dict[str, Any]] = []
        waited = 0
        for row in spells.rows(named=True):
            waited += 0 if row["is_event"] else row["working_minutes"]
            if row["is_event"]:
                events.append(row | {"waited": waited})
                waited = 0
        dossiers.append(events)
    return dossiers


@FEWER
@given(SEVERAL, calendars(), GAPS)
def test_the_tables_agree_with_walking_the_spells(several: list[Dossier], calendar: TinyCalendar, gap: str) -> None:
    ledger = ledger_of(several, calendar, gap)
    passed: Counter[tuple[Any, ...]] = Counter()
    waited: Counter[tuple[Any, ...]] = Counter()
    went_back: Counter[tuple[Any, ...]] = Counter()
    repeated: Counter[str] = Counter()
    for events in walked(ledger):
        seen: set[str] = set()
        for before, after in pairwise([None, *events]):
            assert after is not None
            if after["step"] in seen:
                repeated[after["step"]] += 1
                went_back[before and before["step"], after["step"]] += 1
            seen.add(after["step"])
            sides = [(one["unit"], one["holder_kind"], one["holder"]) for one in (before, after) if one]
            if len(set(sides)) == 2:
                passed["P", *sides[0], *sides[1]] += 1
                waited["P", *sides[0], *sides[1]] += after["waited"]
    made = tables_of(ledger)
    got = made["hand_overs"][1]
    assert {row[:-2]: row[-2] for row in got.rows()} == dict(passed)
    assert {row[:-2]: row[-1] for row in got.rows()} == dict(waited)
    assert {row[1:3]: row[3] for row in made["returns"][1].rows()} == dict(went_back)
    steps = made["rework"][1].select("step", "repeated_steps").rows()
    assert {name: number for name, number in steps if number} == dict(repeated)


@FEWER
@given(SEVERAL, calendars(), GAPS)
def test_no_minute_is_lost(several: list[Dossier], calendar: TinyCalendar, gap: str) -> None:
    ledger = ledger_of(several, calendar, gap)
    made = tables_of(ledger)
    by_month, repeated = made["bottlenecks"][1], made["rework"][1]
    for counted in (by_month, step_records(by_month, repeated)):
        for column in ("working_minutes", "late_minutes", "overrun_minutes"):
            assert counted[column].sum() == ledger.spells[column].sum()
        assert ((counted["waiting_minutes"] + counted["outside_minutes"]) <= counted["working_minutes"]).all()


@FEWER
@given(st.lists(dossiers(), min_size=1, max_size=5), calendars(), st.integers(1, 3))
@pytest.mark.long
def test_partitions_add_up(several: list[Dossier], calendar: TinyCalendar, number: int) -> None:
    whole = tables_of(ledger_of(several, calendar))
    parts = [tables_of(ledger_of(several[n::number], calendar)) for n in range(number) if several[n::number]]
    for name, (keys, table) in whole.items():
        assert add_up([part[name][1] for part in parts], keys).equals(table)
