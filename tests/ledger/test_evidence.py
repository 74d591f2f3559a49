"""Lateness by the system's dates beside lateness by the evidenced ones, from the log to the report."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cchc.ledger import staging
from cchc.ledger.mapping_reading import load_mapping
from cchc.ledger.running import run_log
from cchc.ledger.schema import STEP_DATES_OUT
from cchc.worktime import Calendar
from tests.ledger.logs import AS_OF, OFFICE, Written, mapping, run, shown, utc, write
from tests.ledger.pages import Page, plain
from tests.support import rooms
from tests.support.examples import share_of_examples

MADE = mapping(
    unit="unit", due="due", finished="end", result="result", recorded="recorded", open_until="2026-03-06T17:00",
    limits='{"Ký": {working_minutes: 60}}',
)  # fmt: skip
HEAD = "case,step,at,who,unit,due,end,result,recorded\n"
# A: clicked a day after it was signed in time; B: signed late, clicked later still; C: signed and never closed;
# D: late, signed when it was closed; E: in time; F: the result is older than the receipt, which proves nothing.
LOG = (
    HEAD
    + """\
A,Nhận,2026-03-02 08:00,An,U,2026-03-02 17:00,2026-03-03 17:00,2026-03-02 16:00,2026-03-02 08:00
A,Ký,2026-03-03 17:00,Bình,V,2026-03-02 17:00,2026-03-03 17:00,2026-03-02 16:00,2026-03-03 17:30
B,Nhận,2026-03-02 08:00,An,U,2026-03-02 10:00,2026-03-02 17:00,,
B,Ký,2026-03-02 17:00,Bình,V,2026-03-02 10:00,2026-03-02 17:00,2026-03-02 14:00,
C,Nhận,2026-03-02 08:00,An,U,2026-03-05 17:00,,2026-03-05 17:00,
D,Nhận,2026-03-02 08:00,An,U,2026-03-02 10:00,2026-03-02 11:00,2026-03-02 11:00,
D,Ký,2026-03-02 11:00,Bình,V,2026-03-02 10:00,2026-03-02 11:00,2026-03-02 11:00,
E,Nhận,2026-03-02 08:00,An,U,2026-03-02 17:00,2026-03-02 09:00,2026-03-02 08:30,
F,Nhận,2026-03-02 08:00,An,U,2026-03-02 10:00,2026-03-02 11:00,2026-03-01 11:00,
"""
)


def figures(written: Written) -> dict[str, tuple[int, int]]:
    both = written.dossiers.select("dossier", "late_minutes", "late_evidenced_minutes").rows()
    return {dossier: (system, evidenced) for dossier, system, evidenced in both}


@pytest.mark.requirement(59)
class TestBothFigures:
    @pytest.fixture
    def written(self, tmp_path: Path) -> Written:
        return run(tmp_path, LOG, MADE)

    def test_each_dossier_has_both(self, written):
        assert figures(written) == {
            "A": (480, 0), "B": (360, 180), "C": (480, 0), "D": (60, 60), "E": (0, 0), "F": (60, 60),
        }  # fmt: skip
        proposed = written.dossiers.drop_nulls("evidenced_at").select("dossier", shown("evidenced_at")).rows()
        assert proposed == [("A", "02 16:00"), ("B", "02 14:00"), ("C", "05 17:00")]

    def test_what_a_hint_proposes_and_no_more_is_evidence(self, written):
        hinted = written.hints.filter(pl.col("hint").str.starts_with("result_")).select("hint", "dossier").rows()
        assert hinted == [("result_before_due", "A"), ("result_before_due", "C"), ("result_before_end", "B")]

    def test_nothing_of_the_system_changes(self, tmp_path, written):
        """The tables are those of a mapping that does not know of the results, but for the evidenced columns."""
        plainly = run(tmp_path / "plain", write(tmp_path, LOG), mapping(
            unit="unit", due="due", finished="end", recorded="recorded", open_until="2026-03-06T17:00",
            limits='{"Ký": {working_minutes: 60}}',
        ))  # fmt: skip
        for table in ("dossiers", "people"):
            theirs, ours = (getattr(one, table).select(pl.exclude("^.*evidenced.*$")) for one in (plainly, written))
            assert theirs.equals(ours)
        assert plainly.spells.equals(written.spells) and plainly.officials.equals(written.officials)
        assert plainly.counts["evidenced"] == 0 and plainly.counts["late_evidenced"] == plainly.counts["late"] == 5

    def test_each_official_has_both(self, written):
        said = {
            row["official"]: (row["late_minutes"], row["late_evidenced_minutes"], row["late_evidenced_overrun"])
            for row in written.people.rows(named=True)
        }
        # Bình: A 480, B 360, D 60; by evidence A 0, B 180, D 60, all by the limit of signing. An: D's and F's hour
        # is nobody's step of theirs: what comes after the last event is the unit's.
        assert said["Bình"] == (900, 240, 240)
        assert said["An"] == (0, 0, 0)

    def test_the_totals_are_the_sums(self, written):
        counts = written.counts
        assert (counts["late"], counts["late_minutes"]) == (5, 1440)
        assert (counts["evidenced"], counts["late_evidenced"], counts["late_evidenced_minutes"]) == (3, 3, 300)

    def test_a_step_has_two_dates_where_the_log_has_them(self, written):
        assert written.step_dates.schema == STEP_DATES_OUT
        columns = (shown("to_at"), shown("recorded_at"), shown("evidenced_at"))
        assert written.step_dates.select("dossier", "step", "official", *columns).rows() == [
            ("A", "Nhận", "An", "02 08:00", "02 08:00", None),
            ("A", "Ký", "Bình", "03 17:00", "03 17:30", "02 16:00"),
            ("B", "Ký", "Bình", "02 17:00", None, "02 14:00"),
        ]

    def test_the_parts_of_a_log_add_up(self, tmp_path, written, monkeypatch):
        monkeypatch.setattr(staging, "AT_ONCE", 2)
        cut = run(tmp_path / "cut", write(tmp_path, LOG), MADE)
        for table in ("people", "step_dates"):
            assert getattr(cut, table).equals(getattr(written, table))
        assert figures(cut) == figures(written) and cut.counts == written.counts


def test_a_date_alone_on_the_day_of_the_receipt_is_not_before_it(tmp_path):
    rows = "A,Nhận,2026-03-02 08:00,An,U,2026-03-02 10:00,2026-03-02 12:00,{},\n"
    same, earlier = (
        run(tmp_path / day, write(tmp_path, HEAD + rows.format(day)), MADE) for day in ("2026-03-02", "2026-03-01")
    )
    assert figures(same) == {"A": (120, 0)} and same.dossiers["evidenced_at"].to_list() == [utc(2, "08:00")]
    assert figures(earlier) == {"A": (120, 120)} and earlier.hints.is_empty()


MOMENTS = st.integers(0, 5 * 24 * 2)  # half hours from 2 March on
DOSSIERS = st.lists(
    st.tuples(
        st.lists(st.tuples(MOMENTS, st.sampled_from("AB"), st.sampled_from(["U", ""])), min_size=1, max_size=4),
        MOMENTS, st.none() | MOMENTS,
    ),
    min_size=1, max_size=5,
)  # fmt: skip


def at(half_hours: int | None) -> str:
    if half_hours is None:
        return ""
    days, rest = divmod(half_hours, 48)
    return f"2026-03-{2 + days:02} {rest // 2:02}:{30 * (rest % 2):02}"


@settings(max_examples=share_of_examples(0.2))
@given(DOSSIERS)
@example([([(1, "A", "U"), (17, "A", "U")], 0, 0)])
@pytest.mark.long
def test_the_evidenced_figure_is_that_of_a_log_that_ended_with_the_result(tmp_path_factory, found):
    """The slow way: the evidenced end written into the log, and read again."""
    folder = tmp_path_factory.mktemp("evidence")
    lines: dict[str, list[str]] = {"system": [], "evidenced": []}
    for number, (steps, due, written) in enumerate(found):
        first, last = min(when for when, *_ in steps), max(when for when, *_ in steps)
        # Midnight tells a day, and the day of the receipt is not before it.
        is_day_of_receipt = written is not None and written % 48 == 0 and written <= first < written + 48
        result = first if is_day_of_receipt else written
        is_evidence = result is not None and first <= result < last and last > due
        for side, end, told in (("system", last, at(written)), ("evidenced", result if is_evidence else last, "")):
            lines[side] += [
                f"{number},Ký,{at(when)},{who},{unit},{at(due)},{at(end)},{told}," for when, who, unit in steps
            ]
    ours, slow = (run(folder / side, write(folder, HEAD + "\n".join(rows)), MADE) for side, rows in lines.items())
    evidenced = ours.dossiers.select("dossier", late_minutes="late_evidenced_minutes")
    assert evidenced.equals(slow.dossiers.select("dossier", "late_minutes"))
    of_people = ours.people.group_by("official").agg(late_minutes=pl.col("late_evidenced_minutes").sum())
    slowly = slow.people.group_by("official").agg(pl.col("late_minutes").sum())
    assert of_people.sort("official").equals(slowly.sort("official"))
    # A bare midnight on the day of the receipt is the receipt; nothing else moves a figure up.
    assert all(by_evidence <= by_system for by_system, by_evidence in figures(ours).values())


@pytest.mark.requirement(59, 71)
def test_the_sample_shows_forgotten_clicks_on_the_page_and_in_the_workbook(tmp_path):
    log = rooms.SOURCE / "ledger" / "samples" / "igate-nhat-ky.csv"
    made = load_mapping(log.with_suffix(".yaml"))
    outcome = run_log(log, made, Calendar.load(made.calendar), tmp_path / "out", as_of=AS_OF, with_report=True)
    page = Page((tmp_path / "out" / "report.html").read_bytes())
    rows = {row[0]: row[4:] for row in page.rows("evidence-dossiers")}
    assert len(rows) == outcome.summary["counts"]["evidenced"] == 4
    forgotten = rows["H99.01.02-260305-0001"]
    assert forgotten[:3] == ["10/03/2026 16:45", "1 giờ", "0 phút"] and "không sau hạn trả" in forgotten[3]
    assert page.rows("evidence-totals")[0][1:] == ["5", "3", "2"]
    people = {row[0]: row[2:4] for row in page.rows("evidence-people")}
    assert people["Nguyễn Thị Hoa"] == ["37 phút", "0 phút"]
    assert page.rows("evidence-steps")[-1][1] == "Ký duyệt"
    assert "Đề nghị, chưa xác minh" in plain(page.text)
    sheets = openpyxl.load_workbook(tmp_path / "out" / "report.xlsx")
    assert "Đề nghị, chưa xác minh" in [cell.value for cell in sheets["Ngày có bằng chứng"]["A"]]
    assert {row[0] for row in sheets["Ngày có bằng chứng"].iter_rows(values_only=True)} >= set(rows)


def test_without_dates_of_results_the_page_says_so(tmp_path):
    log = write(tmp_path, LOG)
    made = mapping(unit="unit", due="due", finished="end", open_until="2026-03-06T17:00")
    run_log(log, made, OFFICE, tmp_path / "out", as_of=AS_OF, with_report=True)
    page = Page((tmp_path / "out" / "report.html").read_bytes())
    assert "evidence-dossiers" not in page.tables
    assert "chưa phân biệt được quá hạn thực tế với quên thao tác" in page.text
