"""Counts at every grain: equal to counting row by row, and adding up over partitions."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.ledger.compute import Ledger, compute
from cchc.ledger.counting import (
    DOSSIER_COUNTS,
    DOSSIER_KEYS,
    SPELL_COUNTS,
    SPELL_KEYS,
    add_up,
    count_dossiers,
)
from tests.ledger.frames import counted_spells, tables
from tests.ledger.oracle import Dossier
from tests.ledger.strategies import GAPS, calendars, dossiers
from tests.ledger.tiny_calendar import TinyCalendar
from tests.support.examples import share_of_examples

HANOI = "Asia/Ho_Chi_Minh"
SEVERAL = st.lists(dossiers(), min_size=1, max_size=4)
FEWER = settings(max_examples=share_of_examples(0.2))


def grains(keys: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True)


def ledger_of(several: list[Dossier], calendar: TinyCalendar, gap: Any = "official") -> Ledger:
    return compute(*tables(several), calendar, gap)


def month_of(moment: Any) -> str | None:
    return None if moment is None else f"{moment.astimezone(ZoneInfo(HANOI)):%Y-%m}"


def spell_counts_by_hand(ledger: Ledger, keys: list[str]) -> dict[tuple[Any, ...], dict[str, int]]:
    dossier_of = {row["dossier"]: row for row in ledger.dossiers.rows(named=True)}
    sums: dict[tuple[Any, ...], dict[str, int]] = defaultdict(lambda: dict.fromkeys(SPELL_COUNTS, 0))
    for row in ledger.spells.rows(named=True):
        dossier, kind = dossier_of[row["dossier"]], row["holder_kind"]
        known = row | {
            "official": row["holder"] if kind == "official" else None,
            "procedure": "P",
            "field": "Đất đai",
            "month": month_of(row["to_at"]),
        }
        is_waiting = not row["is_event"] or kind == "queue"
        counts = row | {
            "steps": int(row["is_event"]),
            "late_steps": int(row["is_event"] and row["late_minutes"] > 0),
            "waiting_minutes": row["working_minutes"] if is_waiting else 0,
            "outside_minutes": (
                row["working_minutes"] if not is_waiting and kind in {"applicant", "agency", "payment"} else 0
            ),
            "late_open_minutes": row["late_minutes"] if dossier["open"] else 0,
            "slow_minutes": row["overrun_minutes"] if dossier["late_minutes"] == 0 else 0,
        }
        of_key = sums[tuple(known[key] for key in keys)]
        for name in SPELL_COUNTS:
            of_key[name] += counts[name]
    return dict(sums)


@FEWER
@given(SEVERAL, calendars(), GAPS, grains(SPELL_KEYS))
def test_spells_are_counted_as_row_by_row(
    several: list[Dossier], calendar: TinyCalendar, gap: str, keys: list[str]
) -> None:
    ledger = ledger_of(several, calendar, gap)
    counted = counted_spells(ledger, keys, HANOI)
    assert counted.columns == [*keys, *SPELL_COUNTS]
    got = {tuple(row[key] for key in keys): {n: row[n] for n in SPELL_COUNTS} for row in counted.rows(named=True)}
    assert got == spell_counts_by_hand(ledger, keys)


@FEWER
@given(SEVERAL, calendars(), grains(DOSSIER_KEYS))
def test_dossiers_are_counted_as_row_by_row(several: list[Dossier], calendar: TinyCalendar, keys: list[str]) -> None:
    ledger = ledger_of(several, calendar)
    sums: dict[tuple[Any, ...], dict[str, int]] = defaultdict(lambda: dict.fromkeys(DOSSIER_COUNTS, 0))
    for row in ledger.dossiers.rows(named=True):
        known = row | {"field": "Đất đai", "month": month_of(row["finished_at"])}
        counts = row | {
            "dossiers": 1,
            "open_dossiers": int(row["open"]),
            "without_due": int(row["due_at"] is None),
            "late_dossiers": int(bool(row["late"])),
            "late_open_dossiers": int(bool(row["late"]) and row["open"]),
            "late_first_dossiers": int(row["late_first_minutes"] > 0),
        }
        of_key = sums[tuple(known[key] for key in keys)]
        for name in DOSSIER_COUNTS:
            of_key[name] += counts[name]
    counted = add_up([count_dossiers(ledger.dossiers.lazy(), keys, HANOI)], keys)
    assert {
        tuple(row[key] for key in keys): {n: row[n] for n in DOSSIER_COUNTS} for row in counted.rows(named=True)
    } == dict(sums)


@FEWER
@given(st.lists(dossiers(), min_size=1, max_size=6), calendars(), st.integers(1, 4), st.data())
@pytest.mark.requirement(127)
@pytest.mark.long
def test_partitions_in_any_number_add_up(
    several: list[Dossier], calendar: TinyCalendar, number: int, data: st.DataObject
) -> None:
    names = [f"D{n}" for n in range(len(several))]
    parts = [
        compute(*tables(several[n::number], names[n::number]), calendar) for n in range(number) if several[n::number]
    ]
    whole = ledger_of(several, calendar)
    keys = data.draw(grains(SPELL_KEYS))
    counted = [counted_spells(one, keys, HANOI) for one in parts]
    assert add_up(counted, keys).equals(counted_spells(whole, keys, HANOI))
    keys = data.draw(grains(DOSSIER_KEYS))
    of_parts, of_whole = (
        [count_dossiers(one.dossiers.lazy(), keys, HANOI) for one in some] for some in (parts, [whole])
    )
    assert add_up(of_parts, keys).equals(add_up(of_whole, keys))


def test_a_dossier_of_no_field_keeps_its_row() -> None:
    ledger = ledger_of([Dossier(0, 0, ())], TinyCalendar(first_day=-5))
    nameless = ledger.dossiers.lazy().with_columns(field=pl.lit(None, pl.String))
    assert count_dossiers(nameless, ["field"], HANOI)["field"].to_list() == [None]
