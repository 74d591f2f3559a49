"""Whole runs: what is written, all or nothing, continued after a stop, the same however it is cut."""

from __future__ import annotations

import json
import os
from pathlib import Path

import polars as pl
import pytest

from cchc.ledger import engines, outputs, running, staging
from cchc.ledger.mapping_reading import read_mapping
from cchc.ledger.running import run_log
from cchc.ledger.schema import DOSSIERS_OUT, HINTS_OUT, OFFICIALS_OUT, SIGNALS_OUT, SPELLS_OUT
from cchc.ledger.workspace import Workspace
from cchc.records.errors import DomainError
from tests.ledger.logs import AS_OF, OFFICE, mapping, run, write

FILES = sorted([*(f"{name}.parquet" for name in outputs.ALL_TABLES), "rejects.csv", "summary.json"])
LIMITED = {"due": "{working_minutes: 120}", "limits": '{"*": {working_minutes: 30}}'}


def many(dossiers: int = 40) -> str:
    """Dossiers of three steps, their rows far apart, two of them unusable."""
    rows = [
        f"D{n},bước {step},2026-03-{2 + n % 20:02} {8 + step * (1 + n % 3):02}:{n % 60:02},CB {n % 7}"
        for step in range(3)
        for n in range(dossiers)
    ]
    return "\n".join(["case,step,at,who", *rows, "X,,2026-03-02 08:00,An", "Y,a,2027-03-02 08:00,An"]) + "\n"


def names_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.requirement(71, 72)
def test_everything_is_written_in_the_form_of_the_contract(tmp_path):
    written = run(tmp_path, many(), mapping(**LIMITED))
    assert names_in(tmp_path / "out") == FILES
    for name, schema in (("dossiers", DOSSIERS_OUT), ("spells", SPELLS_OUT), ("officials", OFFICIALS_OUT),
                         ("signals", SIGNALS_OUT), ("hints", HINTS_OUT)):  # fmt: skip
        assert getattr(written, name).schema == schema, name
    assert written.rejects == [(121, "no_activity"), (122, "outside_calendar")]
    summary = json.loads((tmp_path / "out" / "summary.json").read_bytes())
    assert summary == written.outcome.summary
    assert summary["log"]["file"] == "log.csv" and len(summary["log"]["sha256"]) == 64
    assert summary["mapping"] == {"hash": mapping(**LIMITED).hash}
    assert summary["calendar"] == {"id": "office", "hash": OFFICE.hash}
    assert summary["definitions"] == {
        "late": "late_by_due_at",
        "charging": ["overrun", "holder_after_due"],
        "listed": "late_by_due_at",
        "unknown": ["first_due", "supplements", "waiting", "stopped", "longest"],
    }
    assert summary["rejects"] == {"no_activity": 1, "outside_calendar": 1}
    assert summary["counts"]["dossiers"] == 40 and summary["counts"]["rows"] == 122


@pytest.mark.requirement(71)
def test_the_parts_add_up_to_the_minute(tmp_path):
    written = run(tmp_path, many(), mapping(**LIMITED))
    late = written.dossiers["late_minutes"].sum()
    assert late > 0
    for column in ("late_minutes", "late_holder"):
        by_dossier = written.spells.group_by("dossier").agg(pl.col(column).sum())
        joined = written.dossiers.join(by_dossier, on="dossier", suffix="_of_spells")
        of_spells = column if column == "late_holder" else "late_minutes_of_spells"
        assert (joined["late_minutes"] == joined[of_spells]).all()
    assert written.officials["late_minutes"].sum() == late
    assert (
        sum(row["late_minutes"] for row in written.outcome.summary["minutes"]) == late == written.counts["late_minutes"]
    )
    assert sum(row["spells"] for row in written.outcome.summary["minutes"]) == written.spells.height
    counts = written.counts
    assert counts["rows"] == counts["steps"] + counts["rejects"]


@pytest.mark.crossing
@pytest.mark.parametrize(
    ("at_once", "held", "merged_from"), [(3, 500, 33), (3, 7, 3), (119, 500, 33), (119, 20, 33), (119, 20, 2)]
)
def test_however_the_log_is_cut_the_result_is_the_same(tmp_path, monkeypatch, at_once, held, merged_from):
    whole = run(tmp_path, many(), mapping(**LIMITED))
    kept = {name: getattr(whole, name) for name in ("dossiers", "spells", "officials", "signals", "hints")}
    rejects, summary = whole.rejects, whole.outcome.summary
    for name, value in (("AT_ONCE", at_once), ("HELD", held), ("MERGED_FROM", merged_from)):
        monkeypatch.setattr(staging, name, value)
    cut = run(tmp_path, many(), mapping(**LIMITED))
    for name, frame in kept.items():
        order = [pl.col("dossier").cast(pl.String)] if "dossier" in frame.columns else []
        again = getattr(cut, name)
        assert again.sort(order, maintain_order=True).equals(frame.sort(order, maintain_order=True)), name
    assert cut.rejects == rejects and cut.outcome.summary == summary


def test_the_order_of_rows_does_not_matter(tmp_path):
    written = run(tmp_path, many(), mapping(**LIMITED))
    dossiers, spells, officials = written.dossiers, written.spells, written.officials
    heading, *rows = many().splitlines()
    turned = run(tmp_path, "\n".join([heading, *reversed(rows)]) + "\n", mapping(**LIMITED))
    assert turned.dossiers.equals(dossiers) and turned.spells.equals(spells) and turned.officials.equals(officials)


@pytest.mark.parametrize(("allowed", "is_accepted"), [("0.5", True), ("0.49", False)])
def test_too_many_rejects_leave_rejects_csv_only(tmp_path, allowed, is_accepted):
    text = "case,step,at,who\nD,a,2026-03-02 08:00,An\nD,,2026-03-02 09:00,An\n"
    written = run(tmp_path, text, mapping(max_rejects=allowed))
    assert written.outcome.is_accepted is is_accepted
    assert names_in(tmp_path / "out") == (FILES if is_accepted else ["rejects.csv"])
    assert written.rejects == [(2, "no_activity")]


def test_an_earlier_result_is_replaced_even_by_a_failure(tmp_path):
    run(tmp_path, many())
    (tmp_path / "out" / "của tôi.txt").write_text("giữ lại")
    run(tmp_path, "case,step,at,who\nD,,2026-03-02 09:00,An\n", mapping(max_rejects="0"))
    assert names_in(tmp_path / "out") == ["của tôi.txt", "rejects.csv"]
    run(tmp_path, many())
    assert names_in(tmp_path / "out") == sorted([*FILES, "của tôi.txt"])


def test_a_log_without_rows_has_an_empty_result(tmp_path):
    written = run(tmp_path, "case,step,at,who\n")
    assert names_in(tmp_path / "out") == FILES
    assert written.dossiers.height == written.spells.height == written.officials.height == 0
    assert written.dossiers.schema == DOSSIERS_OUT and written.counts["rows"] == 0


def test_only_rejects_give_an_empty_result_where_they_are_allowed(tmp_path):
    written = run(tmp_path, "case,step,at,who\n,a,2026-03-02 08:00,An\n")
    assert written.dossiers.height == 0 and written.outcome.is_accepted


def test_the_folder_may_lie_deep_and_nothing_else_is_left(tmp_path):
    log = write(tmp_path, many())
    run_log(log, mapping(), OFFICE, tmp_path / "a" / "b" / "out", as_of=AS_OF)
    assert names_in(tmp_path / "a" / "b") == ["out"]


def test_progress_is_told(tmp_path):
    told: list[tuple[str, int, int | None]] = []
    run_log(write(tmp_path, many()), mapping(), OFFICE, tmp_path / "out", as_of=AS_OF,
            progress=lambda *step: told.append(step))  # fmt: skip
    assert list(dict.fromkeys(stage for stage, *_ in told)) == ["check", "read", "compute", "write"]
    assert ("read", 122, None) in told and ("compute", 1, 1) in told


class TestStops:
    """A run that was stopped goes on; nothing of it is seen until it is done."""

    @pytest.fixture(autouse=True)
    def small(self, monkeypatch):
        monkeypatch.setattr(staging, "AT_ONCE", 30)

    def stop_after(self, monkeypatch, calls: int) -> list[int]:
        """Let `calls` partitions be computed, then stop as Ctrl-C does."""
        computed: list[int] = []
        real = engines.compute_partition

        def compute(*arguments):
            if len(computed) == calls:
                raise KeyboardInterrupt
            computed.append(1)
            return real(*arguments)

        monkeypatch.setattr(engines, "compute_partition", compute)
        return computed

    @pytest.mark.long
    def test_it_goes_on_where_it_was(self, tmp_path, monkeypatch):
        whole = content(run(tmp_path, many(), mapping(**LIMITED)).outcome.output)
        (tmp_path / "out").rename(tmp_path / "expected")
        with monkeypatch.context() as patch:
            self.stop_after(patch, 2)
            with pytest.raises(KeyboardInterrupt):
                run(tmp_path, many(), mapping(**LIMITED))
        assert names_in(tmp_path) == [".out.working", "expected", "log.csv"]
        reread: list[object] = []
        real = running.open_log
        monkeypatch.setattr(running, "open_log", lambda *a: reread.append(1) or real(*a))
        computed = self.stop_after(monkeypatch, 100)
        again = run(tmp_path, many(), mapping(**LIMITED))
        assert not reread and len(computed) > 0
        assert content(again.outcome.output) == whole
        assert names_in(tmp_path) == ["expected", "log.csv", "out"]

    def test_another_log_or_mapping_begins_anew(self, tmp_path, monkeypatch):
        with monkeypatch.context() as patch:
            self.stop_after(patch, 1)
            with pytest.raises(KeyboardInterrupt):
                run(tmp_path, many(), mapping(**LIMITED))
        written = run(tmp_path, many(10), mapping())
        assert written.dossiers.height == 10 and names_in(tmp_path) == ["log.csv", "out"]

    @pytest.mark.long
    def test_a_stop_while_reading_begins_to_read_anew(self, tmp_path, monkeypatch):
        with monkeypatch.context() as patch:
            patch.setattr(staging.Stage, "close", lambda self: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                run(tmp_path, many())
        assert run(tmp_path, many()).counts["rows"] == 122

    @pytest.mark.long
    def test_a_stop_in_the_middle_of_a_partition(self, tmp_path, monkeypatch):
        whole = content(run(tmp_path, many()).outcome.output)
        (tmp_path / "out").rename(tmp_path / "expected")
        with monkeypatch.context() as patch:
            patch.setattr(outputs, "write_json", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                run(tmp_path, many())
        assert content(run(tmp_path, many()).outcome.output) == whole

    def test_a_state_that_cannot_be_read_begins_anew(self, tmp_path):
        workspace = tmp_path / ".out.working"
        workspace.mkdir()
        (workspace / "state.json").write_text("{half")
        (workspace / "staged.json").write_text("{}")
        assert run(tmp_path, many()).counts["rows"] == 122

    @pytest.mark.long
    def test_a_refusal_leaves_nothing(self, tmp_path):
        made = mapping(finished="who", open_until="2026-03-30T00:00")
        with pytest.raises(DomainError):
            run(tmp_path, many(), mapping(finished="none"))
        assert names_in(tmp_path) == ["log.csv"]
        assert run(tmp_path, many(), made).dossiers.height == 0  # an end that is a name: every case is rejected


class TestPlaces:
    def test_two_runs_may_not_write_to_one_folder(self, tmp_path):
        with Workspace(tmp_path / "out").held({"run": "first"}), pytest.raises(DomainError) as refused:
            run(tmp_path, many())
        assert refused.value.code == "ledger.already_running"

    def test_a_file_in_the_way(self, tmp_path):
        (tmp_path / "out").write_text("một tệp")
        with pytest.raises(DomainError) as refused:
            run(tmp_path, many())
        assert refused.value.code == "ledger.output_not_writable" and refused.value.exit_code == 2

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_a_folder_without_permission(self, tmp_path):
        (tmp_path / "closed").mkdir(mode=0o500)
        with pytest.raises(DomainError) as refused:
            run_log(write(tmp_path, many()), mapping(), OFFICE, tmp_path / "closed" / "out", as_of=AS_OF)
        assert refused.value.code == "ledger.output_not_writable"

    def test_a_folder_that_cannot_be_written_at_the_end_keeps_the_work(self, tmp_path, monkeypatch):
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "rejects.csv").mkdir()  # a folder where a file has to go
        with pytest.raises(DomainError) as refused:
            run(tmp_path, many())
        assert refused.value.code == "ledger.output_not_writable"
        (tmp_path / "out" / "rejects.csv").rmdir()
        monkeypatch.setattr(engines, "compute_partition", None)  # nothing has to be computed again
        assert run(tmp_path, many()).counts["dossiers"] == 40

    def test_a_log_that_is_not_there(self, tmp_path):
        with pytest.raises(DomainError) as refused:
            run(tmp_path, tmp_path / "none.csv")
        assert refused.value.code == "tables.missing_file" and names_in(tmp_path) == []


def test_words_come_in_the_language_asked_for(tmp_path):
    log = write(tmp_path, "case,step,at,who\nD,a,2026-03-02 08:00,An\nD,b,2026-03-02 08:00,An\n")
    reasons = {
        language: pl.read_parquet(
            run_log(log, mapping(), OFFICE, tmp_path / "out", as_of=AS_OF, language=language).output / "signals.parquet"
        )["reason"][0]
        for language in ("vi", "en")
    }
    assert "bắt đầu" in reasons["vi"] and "began" in reasons["en"]


def test_the_mapping_of_a_test_reads_its_calendar_from_the_caller():
    assert read_mapping("case: c\nactivity: a\ntime: t\ncalendar: x", "m").calendar == "x"
