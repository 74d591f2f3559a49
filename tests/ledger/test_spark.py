"""A log on Spark and in this process: the same rows; nothing reachable from outside; refusals instead of traces."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from cchc.ledger import spark
from cchc.ledger.mapping_reading import read_mapping
from cchc.ledger.running import run_log
from cchc.records.errors import DomainError
from cchc.worktime import Calendar
from tests.ledger.logs import AS_OF, BASE, OFFICE
from tests.ledger.test_receipt import BY_END
from tests.support import real_logs, rooms

IS_HERE = find_spec("pyspark") is not None and shutil.which("java") is not None
MAPPING = (
    BASE
    + """
due: due
finished: end
holders: {"chờ*": applicant}
limits: {"ký": {working_minutes: 30}, "*": {working_minutes: 90}}
open_until: 2026-04-20T00:00
"""
)
TABLES = ("dossiers", "spells", "officials", "signals", "hints")
OPEN = MAPPING.replace("open_until", "# ")
# Batches far smaller than a partition; a Java that starts fast.
SETTINGS = """
spark.sql.execution.arrow.maxRecordsPerBatch 40
spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
"""


def generated(dossiers: int = 500) -> str:
    """Dossiers over two months, their rows far apart in the file, many in one minute, some of them unusable."""
    chance = Random(20261123)
    rows = []
    for number in range(dossiers):
        at = chance.randrange(30 * 1440)
        end = "" if number % 11 == 0 else moment(at + (300 if number % 7 == 0 else 6_300 + number % 600))
        due = "" if number % 13 == 0 else moment(at + chance.randrange(9_000))
        for step in ("nhận", "chờ bổ sung", "thẩm định", "ký")[number % 2 :] * (1 + number % 2):
            who = chance.choice(("", "An", "Bình", "Châu", "Dũng"))
            rows.append(f"D{number},{step},{moment(at)},{who},{due},{end}")
            at += chance.choice((0, 20, 700, 1_440))
    rows += [f"D{number},ký,{moment(900)},An,,hỏng" for number in range(0, dossiers, 50)]
    rows += ["D3,ký,2027-01-01 08:00,An,,", ",ký,2026-03-02 08:00,An,,", "D4,,2026-03-02 08:00,An,,"]
    chance.shuffle(rows)
    return "\n".join(["case,step,at,who,due,end", *rows]) + "\n"


def moment(minute: int) -> str:
    day, clock = divmod(minute, 1440)
    return f"2026-{3 + day // 31:02}-{1 + day % 31:02} {clock // 60:02}:{clock % 60:02}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spark")


@pytest.fixture(scope="module")
def runs(folder: Path) -> dict[str, dict[str, str]]:
    """Name → what is run."""
    (folder / "log.csv").write_text(generated(), encoding="utf-8")
    (folder / "empty.csv").write_text("case,step,at,who,due,end\n")
    found = {
        "generated": {"log": str(folder / "log.csv"), "mapping": MAPPING},
        "empty": {"log": str(folder / "empty.csv"), "mapping": MAPPING},
        "undecided": {"log": str(folder / "log.csv"), "mapping": OPEN},
    }
    if real_logs.FOLDER.is_dir():
        found["receipt"] = {"log": str(real_logs.FOLDER / real_logs.NAMES[0]), "mapping": BY_END}
    return {name: one | {"output": str(folder / name)} for name, one in found.items()}


@pytest.fixture(scope="module")
def answer(folder: Path, runs: dict[str, dict[str, str]]) -> dict[str, Any]:
    """What a process with Spark answered, see `spark_child`."""
    if not IS_HERE:
        say = pytest.fail if os.environ.get("CCHC_REQUIRE_SPARK") else pytest.skip
        say("SPARK IS NOT HERE: it needs Java and requirements-spark.lock, see docs/testing.md")
    (folder / "spark-defaults.conf").write_text(SETTINGS)
    done = subprocess.run(
        [sys.executable, "-m", "tests.ledger.spark_child"],
        input=json.dumps(list(runs.values())),
        env=os.environ | {"SPARK_CONF_DIR": str(folder)},
        cwd=rooms.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answered: dict[str, Any] = json.loads(done.stdout)
    return answered | {"refused": dict(zip(runs, answered["refused"], strict=True))}


@pytest.mark.requirement(59, 71)
@pytest.mark.parametrize("name", ["generated", "empty", pytest.param("receipt", marks=real_logs.needs_real_logs)])
def test_the_rows_are_the_same(folder, runs, answer, name):
    assert answer["refused"][name] is None
    made = read_mapping(runs[name]["mapping"], "m.yaml")
    calendar = OFFICE if made.calendar == OFFICE.id else Calendar.load(made.calendar)
    run_log(Path(runs[name]["log"]), made, calendar, folder / "here" / name, as_of=AS_OF)
    here, there = folder / "here" / name, folder / name
    for table in TABLES:
        ours, theirs = (pl.read_parquet(of / f"{table}.parquet") for of in (here, there))
        if table in {"dossiers", "spells"}:  # the order of dossiers is that of partitions; within one nothing moves
            ours, theirs = (rows.sort("dossier", maintain_order=True) for rows in (ours, theirs))
        assert_frame_equal(ours, theirs)
    for file in ("rejects.csv", "summary.json"):
        assert (here / file).read_bytes() == (there / file).read_bytes()
    assert not (folder / f".{name}.working").exists()


def test_the_generated_log_is_worth_comparing(runs, answer, folder):
    """Every kind of row occurs, and dossiers that run into the next month."""
    tables = {table: pl.read_parquet(folder / "generated" / f"{table}.parquet") for table in TABLES}
    assert all(rows.height > 5 for rows in tables.values()), {name: rows.height for name, rows in tables.items()}
    months = tables["spells"].group_by("dossier").agg(pl.col("to_at").dt.month().n_unique())
    assert months.filter(pl.col("to_at") > 1).height > 20
    counts = json.loads((folder / "generated" / "summary.json").read_bytes())["counts"]
    assert counts["rejects"] > 20 and counts["late"] > 100 and counts["late_open"] > 5


def test_what_a_partition_refuses_is_refused_by_the_run(answer):
    assert answer["refused"]["undecided"] == "ledger.open_until_missing"


def test_nothing_can_be_reached_from_outside(answer):
    assert answer["listened_on"] == ["127.0.0.1"]


def test_without_pyspark(monkeypatch):
    monkeypatch.setattr(spark, "find_spec", lambda name: None if name == "pyspark" else object())
    with pytest.raises(DomainError) as refused:
        spark.spark_engine()
    assert refused.value.code == "ledger.spark_missing" and refused.value.exit_code == 2
    assert refused.value.problems[0].message.params == {"names": ["pyspark"]}


@pytest.mark.parametrize("home", [None, "java-home"])
def test_without_java(monkeypatch, tmp_path, home):
    monkeypatch.setattr(spark, "find_spec", lambda _: object())
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    if home:
        monkeypatch.setenv("JAVA_HOME", str(tmp_path / home))
    with pytest.raises(DomainError) as refused:
        spark.spark_engine()
    assert refused.value.code == "ledger.java_missing" and refused.value.exit_code == 2
