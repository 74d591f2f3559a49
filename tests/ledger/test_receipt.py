"""A real log of 1,434 permits, kept outside the project: the facts that were measured on it, from CSV and from XES.

Where they lie says `tests.support.real_logs`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl
import pytest

from cchc.ledger.mapping_reading import read_mapping
from cchc.ledger.running import run_log
from cchc.ledger.suggesting import suggest_mapping
from cchc.worktime import Calendar
from tests.ledger.logs import AS_OF, Written
from tests.support.real_logs import FOLDER, NAMES, needs_real_logs

pytestmark = [pytest.mark.requirement(59, 71, 72), needs_real_logs]
BASE = """
case: "case:concept:name"
activity: "concept:name"
time: "time:timestamp"
official: "org:resource"
unit: "org:group"
nulls: ["", "EMPTY", "nil"]
due: "case:deadline"
limits: {"Confirmation*": {working_minutes: 480}, "T0*": {working_days: 2}, "*": {working_days: 1}}
system_accounts: [admin1, admin2]
calendar: nl
max_rejects: 0
"""
BY_END = BASE + 'finished: "case:enddate"\nopen_until: 2013-06-30T00:00\n'
TABLES = ("dossiers", "spells", "officials", "signals", "hints")


@cache
def result(folder: Path, file: str, mapping: str) -> Written:
    made = read_mapping(mapping, "m.yaml")
    calendar = Calendar.load(made.calendar)
    return Written(run_log(FOLDER / file, made, calendar, folder / f"{file}-{made.hash[:8]}", as_of=AS_OF))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("receipt")


@pytest.mark.parametrize("mapping", [BASE, BY_END])
def test_csv_and_xes_give_the_same(folder, mapping):
    of_csv, of_xes = (result(folder, file, mapping) for file in NAMES)
    for name in TABLES:
        assert getattr(of_csv, name).equals(getattr(of_xes, name)), name
    assert of_csv.rejects == of_xes.rejects == []
    assert of_csv.counts == of_xes.counts
    assert (of_csv.counts["rows"], of_csv.counts["dossiers"]) == (8_577, 1_434)


def test_92_have_an_event_after_their_deadline(folder):
    written = result(folder, NAMES[0], BASE)
    assert written.counts["late"] == 92
    assert written.dossiers.filter("late").height == 92


def test_375_of_1329_closed_ones_end_after_it_and_105_are_open(folder):
    dossiers = result(folder, NAMES[0], BY_END).dossiers
    closed = dossiers.filter(~pl.col("open"))
    assert (closed.height, closed.filter("late").height, dossiers["open"].sum()) == (1_329, 375, 105)


def test_60_have_a_deadline_before_their_first_event(folder):
    assert result(folder, NAMES[0], BASE).signals.filter(signal="due_before_receipt").height == 60


def test_the_account_that_would_lead_a_naive_list_is_not_named(folder):
    written = result(folder, NAMES[0], BASE)
    for name in TABLES:
        assert "admin2" not in str(getattr(written, name).to_dict(as_series=False)), name
    late = written.dossiers.filter("late")["dossier"].implode()
    last = written.spells.filter(pl.col("dossier").is_in(late)).group_by("dossier", maintain_order=True).last()
    assert last.filter(holder_kind="system").height >= 29


@pytest.mark.long
def test_judged_by_end_date_most_late_minutes_lie_where_nobody_is_seen_working(folder):
    spells = result(folder, NAMES[0], BY_END).spells
    unseen = spells.filter(step="after_last_event")
    assert unseen["late_minutes"].sum() * 2 > spells["late_minutes"].sum()
    assert set(unseen["holder_kind"]) == {"queue"}


@pytest.mark.parametrize("mapping", [BASE, BY_END])
def test_charges_add_up_to_the_minute(folder, mapping):
    written = result(folder, NAMES[0], mapping)
    by_dossier = written.spells.group_by("dossier").agg(pl.col("late_minutes", "late_holder").sum())
    joined = written.dossiers.join(by_dossier, on="dossier", suffix="_of_spells")
    assert joined.height == 1_434
    assert (joined["late_minutes"] == joined["late_minutes_of_spells"]).all()
    assert (joined["late_minutes"] == joined["late_holder"]).all()


@pytest.mark.parametrize("file", NAMES)
@pytest.mark.long
def test_the_proposed_mapping_judges_by_the_end_date(tmp_path, file):
    made = read_mapping(suggest_mapping(FOLDER / file).to_yaml("vi"), "m.yaml")
    written = Written(run_log(FOLDER / file, made, Calendar.load(made.calendar), tmp_path / "out", as_of=AS_OF))
    closed = written.dossiers.filter(~pl.col("open"))
    assert (closed.height, closed.filter("late").height, written.counts["open"]) == (1_329, 375, 105)
    assert written.counts["after_open_until"] == 0 and "admin2" in made.system_accounts
