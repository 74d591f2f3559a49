"""The report for people: it says what the tables say, whatever the log says, and no more than fits a page."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from cchc.ledger import staging
from cchc.ledger.mapping import LogMapping
from cchc.ledger.report import courses, gathering, process_parts
from cchc.ledger.report.markup import document, element
from cchc.ledger.report.wording import duration
from cchc.ledger.running import run_log
from cchc.records.text import LANGUAGES
from tests.ledger.logs import AS_OF, OFFICE, Written, mapping, shown, write
from tests.ledger.pages import Page, plain
from tests.support import rooms

LIMITED = mapping(
    unit="unit",
    procedure="proc",
    due="due",
    first_due="first",
    finished="end",
    open_until="2026-04-10T12:00",
    system_accounts="[máy]",
    holders='{"Bổ sung": applicant, "Dừng": suspension}',
    limits='{"Thẩm định": {working_minutes: 60}, "Ký": {working_minutes: 240}}',
)
# A: sent back, waits for the applicant and stands still; B is open, put off once; C is in time but slow, its click
# outside hours does not matter; D is closed late at night; E ended before it was received.
LOG = """
case,step,at,who,unit,proc,due,first,end
A,Nhận,2026-03-02 08:00,Trần An,Xã Mẫu,Khai sinh,2026-03-02 12:00,2026-03-02 10:00,2026-03-04 11:00
A,Thẩm định,2026-03-02 11:00,Đỗ Bình,Xã Mẫu,Khai sinh,2026-03-02 12:00,2026-03-02 10:00,2026-03-04 11:00
A,Bổ sung,2026-03-02 14:00,,Xã Mẫu,Khai sinh,2026-03-02 12:00,2026-03-02 10:00,2026-03-04 11:00
A,Dừng,2026-03-03 09:00,,Xã Mẫu,Khai sinh,2026-03-02 12:00,2026-03-02 10:00,2026-03-04 11:00
A,Ký,2026-03-04 10:00,Trần An,Xã Mẫu,Khai sinh,2026-03-02 12:00,2026-03-02 10:00,2026-03-04 11:00
B,Nhận,2026-03-30 08:00,Ân Ly,Xã Khác,Đất đai,2026-04-01,2026-03-30 12:00,
B,Thẩm định,2026-03-31 15:00,Ân Ly,Xã Khác,Đất đai,2026-04-01,2026-03-30 12:00,
B,Chuyển,2026-04-02 10:00,máy,Xã Khác,Đất đai,2026-04-01,2026-03-30 12:00,
C,Nhận,2026-03-05 08:00,Trần An,Xã Mẫu,Khai sinh,2026-03-20 12:00,,2026-03-05 16:00
C,Thẩm định,2026-03-05 16:00,Đỗ Bình,Xã Mẫu,Khai sinh,2026-03-20 12:00,,2026-03-05 16:00
D,Nhận,2026-03-09 08:00,Trần An,Xã Mẫu,Khai sinh,2026-03-09 09:00,,2026-03-09 20:00
D,Thẩm định,2026-03-09 20:00,Đỗ Bình,Xã Mẫu,Khai sinh,2026-03-09 09:00,,2026-03-09 20:00
E,Nhận,2026-03-12 09:00,Đỗ Bình,Xã Mẫu,Khai sinh,2026-03-11 09:00,,2026-03-11 10:00
"""


def reported(folder: Path, rows: str = LOG, made: LogMapping = LIMITED, language: Any = "vi") -> Written:
    log = write(folder, rows)
    return Written(run_log(log, made, OFFICE, folder / "out", as_of=AS_OF, language=language, with_report=True))


def page_of(written: Written) -> Page:
    return Page((written.outcome.output / "report.html").read_bytes())


def workbook_of(written: Written) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet, cells as openpyxl reads them."""
    content = BytesIO((written.outcome.output / "report.xlsx").read_bytes())
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in openpyxl.load_workbook(content)}


def below(rows: list[tuple[Any, ...]], heading: str) -> list[tuple[Any, ...]]:
    """The rows under the heading whose first cell is this."""
    at = [row[0] for row in rows].index(heading)
    return rows[at + 1 :]


def in_words(minutes: int) -> str:
    return duration(minutes, "vi")


class TestPage:
    @pytest.fixture
    def written(self, tmp_path: Path) -> Written:
        return reported(tmp_path)

    @pytest.mark.requirement(71, 72)
    def test_the_list_by_name_is_that_of_the_table(self, written):
        people = written.people.filter((pl.col("late_minutes") > 0) | (pl.col("slow_minutes") > 0))
        said = page_of(written).rows("people")
        expected = {
            (row["official"], row["unit"]): [
                str(row["steps"]),
                str(row["late_steps"]),
                str(row["dossiers_late_overrun"]),
                in_words(row["late_overrun"]),
                in_words(row["late_minutes"] - row["late_overrun"]),
                in_words(row["late_open_minutes"]),
                in_words(row["slow_minutes"]),
                "Có" if row["late_overrun"] else "Không",
            ]
            for row in people.rows(named=True)
        }
        assert len(expected) >= 3
        assert {(row[0], row[1]): [*row[2:4], *row[5:10], row[11]] for row in said} == expected
        assert [row[0] for row in said] == ["Ân Ly", "Đỗ Bình", "Trần An"]  # dictionary order

    @pytest.mark.requirement(71)
    def test_each_late_dossier_has_its_course_and_its_sum(self, written):
        page = page_of(written)
        late = written.dossiers.filter("late").sort("late_minutes", "dossier", descending=[True, False])
        listed = page.rows("late")
        assert [(row[0], row[7]) for row in listed] == [
            (dossier, in_words(minutes)) for dossier, minutes in late.select("dossier", "late_minutes").rows()
        ]
        assert {row[0]: row[5] for row in listed}["B"] == "01/04/2026 24:00"  # as it was promised
        for dossier, minutes in late.select("dossier", "late_minutes").rows():
            charged = written.spells.filter(pl.col("dossier") == dossier)["late_minutes"].sum()
            assert charged == minutes
            assert f"= {minutes // 60}:{minutes % 60:02} ✓" in page.text
        assert "✗" not in page.text
        assert page.text.count("Cộng (giờ:phút)") == late.height == sum(t == "article" for t, _ in page.tags)
        assert "Đỗ Bình 2:00 + Trần An 7:40 + đơn vị 0:40 + Người nộp hồ sơ 0:40 = 11:00 ✓" in page.text

    def test_the_stretches_are_those_of_the_spells(self, written):
        text = plain(page_of(written).text)
        late = written.dossiers.filter("late")["dossier"]
        moment = pl.col("from_at", "to_at").dt.convert_time_zone("Asia/Ho_Chi_Minh").dt.strftime("%d/%m/%Y %H:%M")
        for start, end, used in (
            written.spells.filter(pl.col("dossier").is_in(late.implode()), pl.col("holder_kind") != "suspension")
            .select(moment, "working_minutes")
            .rows()
        ):
            assert f"{start} – {end}; đã dùng {in_words(used)}" in text
        assert "Tạm dừng tính thời hạn" in text and "vượt thời hạn" in text

    def test_the_sums_are_those_of_the_summary(self, written):
        text, counts = plain(page_of(written).text), written.counts
        by_kind = dict(written.spells.group_by("holder_kind").agg(pl.col("late_minutes").sum()).iter_rows())
        units = by_kind["queue"] + by_kind["system"]
        said = re.search(r"%Thời gian quá hạn (.*?) = cá nhân (.*?) \+ đơn vị .*?\) (.*?) \+ .*?phí (.*?) ✓", text)
        assert said is not None
        parts = (counts["late_minutes"], by_kind["official"], units, by_kind["applicant"])
        assert said.groups() == tuple(map(in_words, parts))
        assert f"{counts['late']}/{counts['dossiers']}" in text
        first = written.dossiers.filter(pl.col("late_first_minutes") > 0).height
        assert f"so với lần hẹn đầu{first}" in text

    def test_hints_and_questions_have_their_rows_reasons_and_sources(self, written):
        page = page_of(written)
        for kind in ("hint", "signal"):
            table = getattr(written, f"{kind}s")
            assert table.height
            for (id,), rows in table.group_by(kind):
                said = page.rows(f"{kind}-{id}")
                assert [(row[0], row[3]) for row in said] == rows.select("dossier", "reason").rows()
        assert "căn cứ chưa xác minh" in page.text

    def test_process_and_counts_are_those_of_the_tables(self, written):
        page = page_of(written)
        assert sum(int(row[1]) for row in page.rows("by-unit")) == written.counts["dossiers"]
        assert {row[0]: int(row[3]) for row in page.rows("by-procedure")} == {"Khai sinh": 3, "Đất đai": 1}
        assert len(page.rows("steps")) == written.steps.height
        said = {(row[0], row[1]): int(row[2]) for row in page.rows("hand-overs")}
        assert said["Trần An, Xã Mẫu", "Đỗ Bình, Xã Mẫu"] == 3
        assert [row[4] for row in page.rows("bottlenecks")] == [
            in_words(row["late_minutes"])
            for row in written.bottlenecks.filter(pl.col("late_minutes") + pl.col("overrun_minutes") > 0)
            .sort("month", "rank", "procedure", "step", descending=[True, False, False, False])
            .rows(named=True)
        ]

    def test_what_it_rests_on_is_said(self, written):
        text = plain(page_of(written).text)
        hashes = (OFFICE.hash, LIMITED.hash, written.outcome.summary["log"]["sha256"])
        definitions = ("2624/UBND-TTHCC, 12/08/2022", "Theo phút, hạn hiện hành")
        guard = "Số lượng tối thiểu để xếp thứ tự: 30"
        for part in (*hashes, *definitions, guard, "1 ngày = 8 giờ", "10/04/2026 12:00"):
            assert part in text, part


def test_a_share_is_given_from_the_minimum_volume_on(tmp_path):
    """30 steps in 15 dossiers, one of them late; somebody with 29 is told apart."""
    rows = ["case,step,at,who,unit,proc,due,first,end"]
    for number in range(15):
        for step, at in (("Nhận", "08:00"), ("Thẩm định", "10:00")):
            who = "Một" if number else "Hai"
            for name, case in (("Đủ", f"X{number}"), (who, f"Y{number}")):
                due = "2026-03-02 09:00" if number == 0 else "2026-03-02 12:00"
                rows.append(f"{case},{step},2026-03-02 {at},{name},U,P,{due},,2026-03-02 10:00")
    said = {row[0]: row for row in page_of(reported(tmp_path, "\n".join(rows))).rows("people")}
    assert said["Đủ"][4] == "3,3 % (0,6 % – 16,7 %)"
    assert said["Một"][4] == "Chưa đủ số liệu so sánh"


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://example.invalid";"x")',
    "+cmd|' /C calc'!A0",
    "</style><script>alert(2)</script>",
    "&lt;b&gt; \u202egnp.exe \u0007",
    "a]]>b<!-- c",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_log_is_only_text(tmp_path, language):
    rows = [{"case": f"{n}{text}", "step": step, "at": f"2026-03-02 {at}", "who": text, "unit": text, "proc": text,
             "due": "2026-03-02 09:00", "first": None, "end": "2026-03-02 16:00"}
            for n, text in enumerate(HOSTILE) for step, at in ((text, "08:00"), ("Thẩm định", "16:00"))]  # fmt: skip
    written = reported(tmp_path, pl.DataFrame(rows).write_csv(), language=language)
    assert written.counts["dossiers"] == len(HOSTILE)
    page = page_of(written)
    assert {tag for tag, _ in page.tags} & {"script", "img", "b", "iframe", "link", "object"} == set()
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"]
    assert sum(tag == "style" for tag, _ in page.tags) == 1
    for text in HOSTILE[:5]:
        assert text in page.text
    assert not re.search("[\x00-\x08\u202a-\u202e]", page.text)
    book = openpyxl.load_workbook(written.outcome.output / "report.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert all(cell.hyperlink is None for cell in cells)
    assert any(cell.value == HOSTILE[2] for cell in cells)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rows", ["", "A,Nhận,2026-03-02 08:00,An,U,P,2026-03-05 09:00,,2026-03-02 08:00\n"])
def test_nothing_late_is_said_in_words(tmp_path, language, rows):
    written = reported(tmp_path, "case,step,at,who,unit,proc,due,first,end\n" + rows, language=language)
    page = page_of(written)
    none = {"vi": "Không có hồ sơ quá hạn.", "en": "No dossier is late."}[language]
    assert none in page.text and "people" not in page.tables and "late" not in page.tables
    assert workbook_of(written)


@pytest.mark.long
def test_what_does_not_fit_is_counted_and_its_file_named(tmp_path, monkeypatch):
    monkeypatch.setattr(courses, "ON_PAGE", 2)
    monkeypatch.setattr(gathering, "MOST_DOSSIERS", 3)
    monkeypatch.setattr(gathering, "MOST_SPELLS", 2)
    monkeypatch.setattr(gathering, "MOST_PEOPLE", 1)
    monkeypatch.setattr(gathering, "MOST_FOUND", 1)
    monkeypatch.setattr(process_parts, "STEPS_SHOWN", 1)
    written = reported(tmp_path)
    page, late = page_of(written), written.counts["late"]
    text = plain(page.text)
    assert len(page.rows("late")) == sum(tag == "article" for tag, _ in page.tags) == 2
    assert f"Còn {late - 2} hồ sơ quá hạn không hiện ở đây" in text
    assert "Còn 2 dòng không hiện ở đây; đầy đủ trong people.parquet." in text
    assert f"Còn {written.steps.height - 1} dòng không hiện ở đây; đầy đủ trong steps.parquet." in text
    assert "đầy đủ trong spells.parquet" in text
    assert "✓" in text and "✗" not in text  # sums are whole though spells are left out
    assert [row[0] for row in page.rows("people")] == [
        written.people.sort("late_minutes", descending=True)["official"][0]
    ]
    assert len(below(workbook_of(written)["Hồ sơ quá hạn"], "Mã hồ sơ")) == 3


def test_somebody_in_two_units_is_one_person_with_two_rows(tmp_path):
    elsewhere = LOG.replace("20:00,Đỗ Bình,Xã Mẫu", "20:00,Đỗ Bình,Xã Khác")
    page = page_of(reported(tmp_path, elsewhere))
    assert [row[:2] for row in page.rows("people")][1:3] == [["Đỗ Bình", "Xã Khác"], ["Đỗ Bình", "Xã Mẫu"]]
    assert "3 người có phần quá hạn hoặc chậm, trong 3 người" in page.text


@pytest.mark.long
def test_without_limits_it_says_that_nobody_is_proposed(tmp_path):
    made = mapping(unit="unit", procedure="proc", due="due", finished="end", open_until="2026-04-10T12:00")
    page = page_of(reported(tmp_path, made=made))
    assert "Không bước nào có thời hạn" in page.text
    assert {row[11] for row in page.rows("people")} == {"Không"}
    assert "Không bước nào có thời hạn" not in page_of(reported(tmp_path)).text


@pytest.mark.requirement(71, 72)
@pytest.mark.long
def test_the_workbook_has_numbers_as_numbers_beside_their_words(tmp_path):
    written = reported(tmp_path)
    book = workbook_of(written)
    people = below(book["Danh sách theo tên"], "Công chức, viên chức")
    table = written.people.filter((pl.col("late_minutes") > 0) | (pl.col("slow_minutes") > 0))
    assert {row[0]: (row[2], row[8], row[9]) for row in people} == {
        row["official"]: (row["steps"], row["late_overrun"], in_words(row["late_overrun"]))
        for row in table.rows(named=True)
    }
    late = below(book["Hồ sơ quá hạn"], "Mã hồ sơ")
    assert {row[0]: row[7] for row in late} == dict(
        written.dossiers.filter("late").select("dossier", "late_minutes").rows()
    )
    spells = below(book["Quá trình chậm"], "Mã hồ sơ")
    assert sum(row[12] for row in spells) == written.counts["late_minutes"] == sum(row[7] for row in late)
    start = written.spells.filter(pl.col("dossier") == late[0][0]).select(shown("from_at")).item(0, 0)
    assert f"{spells[0][4]:%d %H:%M}" == start


@pytest.mark.long
def test_the_report_is_the_same_however_the_log_is_cut(tmp_path, monkeypatch):
    whole = reported(tmp_path)
    kept = {name: (whole.outcome.output / name).read_bytes() for name in ("report.html", "report.xlsx")}
    monkeypatch.setattr(staging, "AT_ONCE", 3)
    cut = reported(tmp_path)
    assert {name: (cut.outcome.output / name).read_bytes() for name in kept} == kept


@pytest.mark.long
def test_no_report_leaves_no_older_one(tmp_path):
    output = reported(tmp_path).outcome.output
    assert (output / "report.html").exists()
    run_log(write(tmp_path, LOG), LIMITED, OFFICE, output, as_of=AS_OF)
    assert not (output / "report.html").exists() and not (output / "report.xlsx").exists()


@pytest.mark.parametrize(
    ("minutes", "vi", "en"),
    [
        (0, "0 phút", "0 min"),
        (59, "59 phút", "59 min"),
        (60, "1 giờ", "1 h"),
        (479, "7 giờ 59 phút", "7 h 59 min"),
        (480, "1 ngày", "1 d"),
        (481, "1 ngày 1 phút", "1 d 1 min"),
        (2 * 480 + 200, "2 ngày 3 giờ 20 phút", "2 d 3 h 20 min"),
        (1_234 * 480, "1.234 ngày", "1,234 d"),
    ],
)
def test_durations_in_words(minutes, vi, en):
    assert (duration(minutes, "vi"), duration(minutes, "en")) == (vi, en)


def test_text_after_an_element_stays_behind_it():
    made = element("p", "a<", element("b", "x"), "c", "d", None, [element("i"), "&"], class_=None, data_x='"')
    assert document(made) == b'<!DOCTYPE html>\n<p data-x="&quot;">a&lt;<b>x</b>cd<i></i>&amp;</p>\n'


def test_the_look_uses_the_tokens_of_the_product():
    def tokens(css: str) -> dict[str, str]:
        return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]+);", css))

    product = (rooms.SOURCE / "interface/static/interface/css/tokens.css").read_text("utf-8")
    report = (rooms.SOURCE / "ledger/report/report.css").read_text("utf-8").split("@media print")[0]
    light, high = report.split("@media screen and (prefers-contrast: more)")
    assert tokens(light).keys() == tokens(high).keys() and tokens(light)
    assert tokens(light).items() <= tokens(product.split('[data-contrast="high"]')[0]).items()
    assert tokens(high).items() <= tokens(product.split("@media (prefers-contrast: more)")[1]).items()
