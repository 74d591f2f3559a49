"""Damaged logs: refused in words or read with the rest rejected; what is accepted still adds up to the minute."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.records.errors import DomainError
from cchc.records.words import say_problem
from tests.ledger.logs import mapping, run, write
from tests.ledger.test_running import many
from tests.support.examples import share_of_examples

MAPPING = mapping(due="{working_minutes: 120}", limits='{"*": {working_minutes: 30}}', events="both", lifecycle="lc")


def plain() -> bytes:
    heading, *rows = many(12).splitlines()
    return "\n".join(
        [f"{heading},lc", *(f"{row},{'start' if n % 3 else 'complete'}" for n, row in enumerate(rows))]
    ).encode()


def as_xes() -> bytes:
    heading, *rows = plain().decode().splitlines()
    names = heading.split(",")
    events = "".join(
        "<event>" + "".join(f'<string key="{n}" value="{v}"/>' for n, v in zip(names, row.split(","), strict=True) if v)
        + "</event>"
        for row in rows
    )  # fmt: skip
    return f"<log><trace>{events}</trace></log>".encode()


def as_parquet() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        pl.read_csv(plain(), infer_schema=False).write_parquet(Path(folder) / "log")
        return (Path(folder) / "log").read_bytes()


LOGS = {"csv": plain(), "xes": as_xes(), "xes.gz": gzip.compress(as_xes(), mtime=0), "parquet": as_parquet()}
PIECES = [
    b"", b"\n", b"\r", b",", b";", b'"', b'""', b"\x00", b"\xff", b"\xc3", b"<", b">", b"&", b"</event>", b"<trace>",
    b"2026-03-02 08:00", b"31/02/2026", b"9999-12-31 23:59", b"0001-01-01 00:00", b"99999", b"start", b"complete",
    b"D1", b"case,step,at,who,lc\n", b"\n\n", b" ", b"\xef\xbb\xbf", "Ð".encode(), b"1e308", b"-1",
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A log with pieces put in, taken out or put twice."""
    kind = draw(st.sampled_from(sorted(LOGS)))
    content = LOGS[kind]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        length = draw(st.sampled_from((0, 1, 2, 7, 30, 400)))
        more = draw(st.sampled_from([*PIECES, content[at : at + 60]]) | st.binary(max_size=6))
        content = content[:at] + more + content[at + length :]
    return kind, content


@pytest.mark.requirement(71)
@settings(max_examples=share_of_examples(0.5), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damaged())
@pytest.mark.long
def test_no_damage_is_a_fault_of_ours(tmp_path_factory, found):
    kind, content = found
    folder = tmp_path_factory.mktemp("damaged")
    try:
        written = run(folder, write(folder, content, f"log.{kind}"), MAPPING)
    except DomainError as refused:
        for problem in refused.problems:
            assert say_problem(problem, "vi") and say_problem(problem, "en")
        assert [entry.name for entry in folder.iterdir()] == [f"log.{kind}"]
        return
    check_conservation(written)


def check_conservation(written):
    """Every row is accounted for, and every late minute."""
    counts, ignored = written.counts, sum(written.outcome.summary["ignored"].values())
    assert len(written.rejects) == counts["rejects"]
    rows = [row for row, _ in written.rejects]
    assert rows == sorted(set(rows))
    used = 2 * counts["steps"] - counts["running"] - counts["without_start"]  # a pair is made of two rows
    assert counts["rows"] == counts["rejects"] + ignored + used + counts["after_open_until"]
    dossiers, spells = written.dossiers, written.spells
    by_dossier = spells.group_by("dossier").agg(pl.col("late_minutes", "late_holder").sum())
    joined = dossiers.join(by_dossier, on="dossier", how="left", suffix="_of_spells").fill_null(0)
    assert (joined["late_minutes"] == joined["late_minutes_of_spells"]).all()
    assert (joined["late_minutes"] == joined["late_holder"]).all()
    # A step whose time another one owns keeps an empty spell inside it.
    lasting = spells.filter(pl.col("from_at") < pl.col("to_at"))
    ordered = lasting.with_columns(before=pl.col("to_at").shift(1).over("dossier"))
    assert ordered.filter(pl.col("before") != pl.col("from_at")).height == 0
    assert (spells["late_minutes"] <= spells["working_minutes"]).all()


@pytest.mark.long
def test_the_undamaged_logs_are_equal(tmp_path):
    results = []
    for kind, content in LOGS.items():
        written = run(tmp_path, write(tmp_path, content, f"log.{kind}"), MAPPING)
        check_conservation(written)
        results.append(
            [getattr(written, name).rows() for name in ("dossiers", "spells", "officials", "signals", "hints")]
        )
    assert all(result == results[0] for result in results)
