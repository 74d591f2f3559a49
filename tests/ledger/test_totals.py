"""The tables of counts that a run writes: each agrees with the spells and dossiers beside it."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from cchc.ledger import staging
from cchc.ledger.counting import DOSSIER_COUNTS, SPELL_COUNTS
from cchc.ledger.totals import TABLES
from tests.ledger.logs import Written, mapping, run

# Monday 2 March 2026, an office open 08–12 and 13–17. A is sent back once; B runs into April, An slow twice in it.
LOG = """
case,step,at,who,unit,proc,due
A,Nhận,2026-03-02 08:00,An,U1,P,2026-03-02 09:00
A,Thẩm định,2026-03-02 10:00,Bình,U2,P,2026-03-02 09:00
A,Nhận,2026-03-02 10:30,An,U1,P,2026-03-02 09:00
A,Thẩm định,2026-03-02 11:00,Bình,U2,P,2026-03-02 09:00
B,Nhận,2026-03-30 08:00,An,U1,P,2026-03-30 12:00
B,Thẩm định,2026-03-31 08:00,An,U1,P,2026-03-30 12:00
B,Ký,2026-04-01 09:00,An,U1,P,2026-03-30 12:00
C,Nhận,2026-03-03 08:00,,U1,Q,
C,Ký,2026-03-03 09:00,Bình,U2,Q,
"""
MADE = mapping(unit="unit", procedure="proc", due="due", limits='{"*": {working_minutes: 60}}')


@pytest.fixture
def written(tmp_path: Path) -> Written:
    return run(tmp_path, LOG, MADE)


@pytest.mark.requirement(71)
def test_every_table_agrees_with_the_spells(written):
    spells = written.spells
    for name in ("steps", "bottlenecks"):
        for column in ("working_minutes", "late_minutes", "overrun_minutes"):
            assert getattr(written, name)[column].sum() == spells[column].sum(), (name, column)
    named = spells.filter(pl.col("holder_kind") == "official")
    for name in ("officials", "officials_fairness", "people"):
        for column in ("late_minutes", "late_overrun", "late_holder"):
            assert getattr(written, name)[column].sum() == named[column].sum(), (name, column)
    of_units = written.units_fairness.select(pl.sum_horizontal(pl.selectors.starts_with("late_").sum())).item()
    assert of_units == spells["late_minutes"].sum() == written.dossiers["late_minutes"].sum()


@pytest.mark.requirement(71)
def test_dossiers_are_counted_by_unit_procedure_and_month(written):
    columns = ("unit", "procedure", "month", "dossiers", "late_dossiers", "late_minutes")
    assert written.dossier_counts.select(columns).rows() == [
        ("U1", "P", "2026-04", 1, 1, 240 + 480 + 60),
        ("U2", "P", "2026-03", 1, 1, 120),
        ("U2", "Q", "2026-03", 1, 0, 0),
    ]
    assert set(DOSSIER_COUNTS) <= set(written.dossier_counts.columns)


@pytest.mark.requirement(71)
def test_a_dossier_late_in_two_months_is_one_dossier_of_a_person(written):
    """Charged to An in March (until 31/3 08:00) and in April."""
    months = written.officials_fairness.filter(pl.col("official") == "An")
    assert months.select("month", "dossiers_late_overrun", "rank").rows() == [
        ("2026-03", 1, None),
        ("2026-04", 1, None),
    ]
    (an,) = written.people.filter(pl.col("official") == "An").rows(named=True)
    assert an["dossiers_late_overrun"] == 1 and an["steps"] == months["steps"].sum() == 5
    assert an["is_compared"] is False and "month" not in an and "rank" not in an
    assert set(SPELL_COUNTS) <= set(an)


def test_the_process_view_is_written(written):
    passed = written.hand_overs.select("from_holder", "to_holder", "hand_overs")
    assert passed.rows() == [("An", "Bình", 2), ("Bình", "An", 1), ("U1", "Bình", 1)]
    assert written.returns.select("from_step", "to_step", "returns").rows() == [
        ("Nhận", "Thẩm định", 1),
        ("Thẩm định", "Nhận", 1),
    ]
    repeated = written.steps.filter(pl.col("repeated_steps") > 0)
    assert repeated.select("step", "repeated_steps", "repeated_minutes").rows() == [
        ("Nhận", 1, 30),
        ("Thẩm định", 1, 30),
    ]
    assert written.bottlenecks["rank"].min() == 1


def test_the_limit_stands_beside_each_step(tmp_path):
    limits = '{"a": {working_minutes: 90}, "b": {working_days: 1}, "c": {calendar_days: 400}}'
    begun = {"r": "08:00", "a": "10:00", "b": "11:00", "c": "14:00"}
    rows = "\n".join(["case,step,at,who", *(f"D,{step},2026-03-02 {at},An" for step, at in begun.items())])
    spells = run(tmp_path, rows, mapping(limits=limits)).spells
    # The day's limit of b, begun at 10:00, ends at 10:00 of the next day; that of c after the calendar.
    assert spells.select("step", "working_minutes", "limit_minutes").rows() == [
        ("r", 0, None),
        ("a", 120, 90),
        ("b", 60, 480),
        ("c", 120, None),
    ]


@pytest.mark.crossing
@pytest.mark.parametrize("at_once", [2, 5])
def test_however_the_log_is_cut_the_tables_are_the_same(tmp_path, monkeypatch, at_once):
    whole = {name: getattr(run(tmp_path, LOG, MADE), name) for name in TABLES}
    monkeypatch.setattr(staging, "AT_ONCE", at_once)
    cut = run(tmp_path, LOG, MADE)
    for name, table in whole.items():
        assert getattr(cut, name).equals(table), name


def test_an_empty_log_has_empty_tables(tmp_path):
    full = run(tmp_path, LOG, MADE)
    schemas = {name: getattr(full, name).schema for name in TABLES}
    empty = run(tmp_path, LOG.splitlines()[1] + "\n", MADE)
    assert {name: getattr(empty, name).schema for name in TABLES} == schemas
    assert all(getattr(empty, name).is_empty() for name in TABLES)
    assert json.loads((tmp_path / "out" / "summary.json").read_bytes())["minutes"] == []
