"""What each named definition says of a log's dossiers: counts, disputed ones with reasons, lists that follow one."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.cli import ledger as command_module
from cchc.cli.main import main
from cchc.ledger import staging, verdicts
from cchc.ledger.definitions import shipped
from cchc.ledger.running import run_log
from cchc.records.errors import DomainError
from tests.ledger.logs import AS_OF, OFFICE, Written, mapping, run, write
from tests.ledger.pages import Page, plain
from tests.support import rooms
from tests.support.examples import share_of_examples

SAMPLES = rooms.SOURCE / "ledger" / "samples"
MADE = mapping(
    unit="unit", start="start", due="due", first_due="first", finished="end", open_until="2026-03-06T17:00",
    holders='{"Bổ sung*": applicant}', stopped='["Rút*", "Từ chối"]',
)  # fmt: skip
HEAD = "case,step,start,at,who,unit,due,first,end\n"
L, T, N = "late", "in_time", "not_counted"
# What the four definitions say of a dossier, in the order of `verdicts.names()`: by the minute, by the first
# appointment, table 06a, indicator 2.1 of 766. One case on each side of what they disagree on.
CASES = {
    "ended within the hour": ([("Ký", "02 08:00", "04 10:00")], "04 10:00", "", "04 10:00", (T, T, T, T)),
    "ended later the same day": ([("Ký", "02 08:00", "04 10:01")], "04 10:00", "", "04 10:01", (L, L, T, T)),
    "ended the day after": ([("Ký", "02 08:00", "05 08:00")], "04 10:00", "", "05 08:00", (L, L, L, L)),
    "appointed again": ([("Ký", "02 08:00", "04 10:00")], "04 10:00", "03 10:00", "04 10:00", (T, L, T, T)),
    "appointed again in vain": ([("Ký", "02 08:00", "05 10:00")], "04 10:00", "03 10:00", "05 10:00", (L, L, L, L)),
    "no appointment": ([("Ký", "02 08:00", "04 10:00")], "", "", "04 10:00", (N, N, N, N)),
    "one supplement": (
        [("Bổ sung", "02 08:00", "03 08:00"), ("Ký", "03 08:00", "04 09:00")], "04 10:00", "", "04 09:00", (T, T, T, T),
    ),
    "two supplements": (
        [("Bổ sung", "02 08:00", "03 08:00"), ("Bổ sung lần 2", "03 08:00", "04 08:00"),
         ("Ký", "04 08:00", "04 09:00")],
        "04 10:00", "", "04 09:00", (T, T, T, L),
    ),
    "waits since before the due day": ([("Bổ sung", "02 08:00", "")], "04 10:00", "", "", (L, L, T, T)),
    "waits since after the due day": (
        [("Ký", "02 08:00", "05 08:00"), ("Bổ sung", "05 08:00", "")], "04 10:00", "", "", (L, L, T, L),
    ),
    "open and overdue": ([("Ký", "02 08:00", "")], "04 10:00", "", "", (L, L, L, L)),
    "open on the last day": ([("Ký", "02 08:00", "")], "06 10:00", "", "", (L, L, T, T)),
    "open and in time": ([("Ký", "02 08:00", "")], "09 10:00", "", "", (T, T, T, T)),
    "withdrawn late": (
        [("Ký", "02 08:00", "03 08:00"), ("Rút hồ sơ", "03 08:00", "05 08:00")], "04 10:00", "", "05 08:00",
        (L, L, T, L),
    ),
    "refused, then decided late": (
        [("Từ chối", "02 08:00", "03 08:00"), ("Ký", "03 08:00", "05 08:00")], "04 10:00", "", "05 08:00",
        (L, L, L, L),
    ),
}  # fmt: skip


def on(text: str) -> str:
    return f"2026-03-{text}" if text else ""


def log_of(cases: dict[str, tuple[object, ...]]) -> str:
    return HEAD + "".join(
        f"{name},{step},{on(start)},{on(at)},An,U,{on(due)},{on(first)},{on(end)}\n".replace(
            f"{name},", f'"{name}",', 1
        )
        for name, (steps, due, first, end, _) in cases.items()
        for step, start, at in steps  # type: ignore[attr-defined]
    )


def said(written: Written) -> dict[str, tuple[str, ...]]:
    """The verdicts of disputed dossiers, by definition in order."""
    found: dict[str, tuple[str, ...]] = {}
    for dossier, definition, verdict in written.disputed.select("dossier", "definition", "verdict").rows():
        assert definition == verdicts.names()[len(found.get(dossier, ()))]
        found[dossier] = (*found.get(dossier, ()), verdict)
    return found


def counted(written: Written) -> dict[str, tuple[int, int, int]]:
    of_class = written.definitions.group_by("definition", "class").agg(pl.col("dossiers").sum()).rows()
    counts = {(definition, name): dossiers for definition, name, dossiers in of_class}
    groups = (verdicts.LATE, verdicts.IN_TIME, verdicts.NOT_COUNTED)
    return {
        name: tuple(sum(counts.get((name, one), 0) for one in group) for group in groups)  # type: ignore[misc]
        for name in verdicts.names()
    }


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return run(tmp_path_factory.mktemp("verdicts"), log_of(CASES), MADE)


@pytest.mark.requirement(12, 20, 108)
@pytest.mark.parametrize("case", CASES)
def test_a_disputed_case_from_the_log_on(written, case):
    expected = CASES[case][-1]
    assert said(written).get(case, (expected[0],) * 4) == expected
    assert (case in said(written)) is (len(set(expected)) > 1)


def test_the_counts_are_those_of_the_cases(written):
    expected = {
        name: tuple(sum(case[-1][at] == verdict for case in CASES.values()) for verdict in (L, T, N))
        for at, name in enumerate(verdicts.names())
    }
    assert counted(written) == expected
    assert {sum(counts) for counts in counted(written).values()} == {len(CASES)}
    assert counted(written)["late_by_due_at"][0] == written.counts["late"]


def test_each_verdict_has_its_reason(written):
    reasons = dict(written.disputed.filter(pl.col("dossier") == "withdrawn late").select("definition", "reason").rows())
    assert reasons["late_by_due_at"] == "05/03/2026 08:00 sau hạn trả 04/03/2026 10:00"
    assert reasons["table_06a"] == "Hồ sơ dừng, từ chối hoặc rút lúc 05/03/2026 08:00: tính là đúng hạn"
    two = written.disputed.filter(pl.col("dossier") == "two supplements", pl.col("definition") == "index_766")
    assert two["reason"].to_list() == ["Đã yêu cầu bổ sung từ lần thứ hai"]


@pytest.mark.long
def test_the_parts_of_a_log_add_up(tmp_path, written, monkeypatch):
    monkeypatch.setattr(staging, "AT_ONCE", 2)
    cut = run(tmp_path, log_of(CASES), MADE)
    assert cut.definitions.equals(written.definitions) and cut.disputed.equals(written.disputed)


def test_what_the_log_does_not_tell_is_said():
    assert verdicts.unknown(MADE) == ["longest"]
    assert verdicts.unknown(mapping()) == ["first_due", "supplements", "waiting", "stopped", "longest"]
    assert "waiting" in verdicts.unknown(mapping(holders='{"Bổ sung": applicant}'))


MOMENTS = st.integers(0, 4 * 24)  # hours from 2 March on
DOSSIERS = st.lists(st.tuples(MOMENTS, st.none() | MOMENTS, st.none() | MOMENTS, st.none() | MOMENTS), max_size=6)


def at(hours: int | None) -> str:
    return "" if hours is None else f"2026-03-{2 + hours // 24:02} {hours % 24:02}:00"


@settings(max_examples=share_of_examples(0.3))
@given(DOSSIERS)
@pytest.mark.long
def test_the_definition_of_the_lists_is_that_of_the_ledger(tmp_path_factory, found):
    """By the minute exactly the ledger's late dossiers; by the first appointment those that end after it."""
    until = 4 * 24 + 17
    rows = [
        f"{number},Ký,{at(start)},{at(max(start, end)) if end is not None else ''},An,U,{at(due)},{at(first)},"
        f"{at(max(start, end)) if end is not None else ''}"
        for number, (start, due, first, end) in enumerate(found)
    ]
    ours = run(tmp_path_factory.mktemp("lists"), HEAD + "\n".join(rows), MADE)
    late, due = ours.dossiers["late"], ours.dossiers["due_at"]
    assert counted(ours)["late_by_due_at"] == (late.sum(), (~late).sum(), due.null_count())
    late_by_first = [
        (until if end is None else max(start, end)) > promised
        for start, due, first, end in found
        for promised in [first if first is not None else due]
        if promised is not None
    ]
    assert counted(ours)["late_by_first_due_at"] == (
        sum(late_by_first), len(late_by_first) - sum(late_by_first), len(found) - len(late_by_first),
    )  # fmt: skip
    assert {sum(counts) for counts in counted(ours).values()} == {len(found)}


@pytest.mark.requirement(12, 71, 108)
class TestReport:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        run_log(write(tmp_path, log_of(CASES)), MADE, OFFICE, tmp_path / "out", as_of=AS_OF, with_report=True,
                definition="index_766")  # fmt: skip
        return tmp_path / "out"

    def test_each_definition_has_its_counts_source_and_differences(self, folder, written):
        page = Page((folder / "report.html").read_bytes())
        rows = page.rows("definitions")
        assert [tuple(map(int, row[1:4])) for row in rows] == list(counted(written).values())
        assert rows[3][0] == "Chỉ số 2.1 của Bộ chỉ số 766 (danh sách theo cách này)" and rows[3][4] == "0"
        assert "Quyết định 766/QĐ-TTg" in rows[3][5] and "căn cứ chưa xác minh" in rows[3][5]
        for at, name in enumerate(verdicts.names()):
            differ = {case for case, parts in CASES.items() if parts[-1][at] != parts[-1][3]}
            assert int(rows[at][4]) == len(differ)
            shown = {row[0] for row in page.rows(f"differs-{name}")} if differ else set()
            assert shown == differ
        targets = {attributes.get("id") for _, attributes in page.tags}
        links = [attributes["href"] for tag, attributes in page.tags if tag == "a" and "href" in attributes]
        assert "#differs-table_06a-caption" in links and all(str(link)[1:] in targets for link in links)

    def test_it_says_what_each_definition_holds_of_disputed_cases(self, folder):
        rows = {row[0]: row[1:] for row in Page((folder / "report.html").read_bytes()).rows("cases")}
        assert len(rows) == 6
        assert rows["Yêu cầu bổ sung từ lần thứ hai"] == ["Theo hạn trả", "Theo hạn trả", "Theo hạn trả", "Quá hạn"]
        assert rows["Dừng, từ chối hoặc rút"][2] == "Đúng hạn"

    def test_the_lists_follow_the_definition_chosen(self, folder):
        page = Page((folder / "report.html").read_bytes())
        expected = {case for case, parts in CASES.items() if parts[-1][3] == L}
        assert {row[0] for row in page.rows("late")} == expected
        assert "theo cách tính “Chỉ số 2.1 của Bộ chỉ số 766”" in plain(page.text)
        book = openpyxl.load_workbook(folder / "report.xlsx")
        listed = {row[0] for row in book["Hồ sơ quá hạn"].iter_rows(values_only=True)}
        assert listed & set(CASES) == expected
        assert {row[1] for row in book["Chỗ các cách tính khác nhau"].iter_rows(values_only=True)} >= {"withdrawn late"}
        assert main(["ledger", "courses", str(folder)]) == 0
        courses = Page((folder / "courses-1.html").read_bytes())
        assert {row[0] for row in courses.rows("late")} == expected

    def test_the_ledger_itself_stays_that_of_the_contract(self, folder, written):
        assert pl.read_parquet(folder / "dossiers.parquet").equals(written.dossiers)
        assert pl.read_parquet(folder / "people.parquet").equals(written.people)


def test_the_command_offers_the_definitions_there_are(tmp_path, capsys):
    assert verdicts.names() == command_module._DEFINITIONS
    log = SAMPLES / "so-theo-doi.xlsx"
    arguments = ["ledger", str(log), "--mapping", str(log.with_suffix(".yaml")), "--out", str(tmp_path / "out")]
    assert main([*arguments, "--definition", "late_by_first_due_at"]) == 0
    shown = plain(capsys.readouterr().out)
    assert "Theo “Theo phút, hạn hiện hành”: 5 quá hạn, 5 không quá hạn, 0 không tính." in shown
    assert "Theo “Theo phút, lần hẹn đầu tiên”: 6 quá hạn, 4 không quá hạn, 0 không tính." in shown
    page = Page((tmp_path / "out" / "report.html").read_bytes())
    assert len(page.rows("late")) == 6
    assert [row[0] for row in page.rows("differs-late_by_due_at")] == ["H99.01.02-260306-0001"]
    assert main([*arguments, "--definition", "late_by_taste"]) == 2


def test_an_unknown_definition_is_refused_before_any_work(tmp_path):
    with pytest.raises(DomainError) as refused:
        run_log(write(tmp_path, HEAD), MADE, OFFICE, tmp_path / "out", as_of=AS_OF, definition="late_by_taste")
    assert refused.value.code == "ledger.unknown_name" and not (tmp_path / "out").exists()


def test_every_answer_of_every_definition_has_its_words(written):
    assert set(verdicts.names()) == set(shipped().counting_rules)
    assert set(written.disputed["class"]) <= {*verdicts.LATE, *verdicts.IN_TIME, *verdicts.NOT_COUNTED}
