"""`cchc worktime diff|export|import`: files, words, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cchc.cli.main import main
from cchc.worktime import Calendar

DAYS = """\
Ngày,Loại ngày,Tên,Văn bản,Ngày văn bản,Đã xác minh,Lý do chưa xác minh
27/12/2028,Nghỉ,Nghỉ hoán đổi với 30/12/2028,Công văn 1/VPCP-KGVX,01/10/2028,Có,
30/12/2028,Như thứ Tư,Làm bù cho 27/12/2028,Công văn 1/VPCP-KGVX,01/10/2028,Có,
"""
FOREIGN = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;VALUE=DATE:20281225
SUMMARY:Giáng sinh
END:VEVENT
BEGIN:VEVENT
DTSTART:20281224T180000Z
SUMMARY:Họp
END:VEVENT
END:VCALENDAR
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["worktime", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def days(tmp_path: Path) -> Path:
    path = tmp_path / "ngay.csv"
    path.write_text(DAYS, encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", ["xlsx", "ics", "yaml"])
def test_a_calendar_goes_out_and_comes_back(capsys, tmp_path, ending):
    out, back = tmp_path / f"vn.{ending}", tmp_path / "back.yaml"
    code, said, _ = run(capsys, "export", "vn-example-commune", out)
    assert code == 0
    assert Calendar.load("vn-example-commune").hash in said
    if ending != "yaml":
        assert run(capsys, "import", out, back)[0] == 0
    assert run(capsys, "diff", "vn-example-commune", out if ending == "yaml" else back)[0] == 0


@pytest.mark.requirement(73)
def test_a_new_decision_is_added_from_a_table(capsys, tmp_path, days):
    out = tmp_path / "vn.yaml"
    code, said, err = run(capsys, "import", days, out, "--base", "vn", "--add", "--lang", "en")
    assert (code, err) == (0, "")
    assert said.startswith(f"Wrote the calendar vn to {out}: 149 exceptional days, hash ")
    code, said, _ = run(capsys, "diff", "vn", out, "--from", "01/12/2028", "--lang", "en")
    assert code == 1
    assert "27 December 2028 (Wednesday): becomes a day off" in said
    assert "30 December 2028 (Saturday): becomes a working day" in said
    assert "Working days: 21 → 21" in said


def test_without_add_the_days_of_the_table_stand_alone(capsys, tmp_path, days):
    out = tmp_path / "vn.yaml"
    assert run(capsys, "import", days, out, "--base", "vn")[0] == 0
    assert len(Calendar.load(out).rules.exceptions) == 2


def test_a_calendar_is_printed_when_no_file_is_named(capsys, days):
    code, out, _ = run(capsys, "import", days, "--base", "vn-example-commune")
    assert code == 0
    assert out.startswith("id: vn-example-commune\nextends: vn\n")
    assert "  - {on: 2028-12-30, open: wed, name: {vi: Làm bù cho 27/12/2028}" in out


def test_somebody_elses_calendar_is_taken_as_far_as_it_goes(capsys, tmp_path):
    path = tmp_path / "le.ics"
    path.write_text(FOREIGN, encoding="utf-8")
    code, out, err = run(capsys, "import", path, "--base", "vn")
    assert code == 0
    assert "  - {on: 2028-12-25, open: [], name: {vi: Giáng sinh}, source: {document: le.ics}, verified: {no: " in out
    assert err.splitlines() == [
        "le.ics:2: Bỏ qua sự kiện này: không phải sự kiện cả ngày. Nếu là ngày nghỉ thì tự ghi vào lịch.",
        "Đã bỏ qua 1 sự kiện.",
    ]


def test_a_whole_calendar_extends_nothing(capsys, tmp_path):
    out = tmp_path / "xa.yaml"
    assert run(capsys, "export", "vn-example-commune", out, "--whole")[0] == 0
    assert "extends" not in out.read_text(encoding="utf-8")
    assert run(capsys, "diff", "vn-example-commune", out)[0] == 0


def test_parents_are_looked_for_beside_the_base(capsys, tmp_path, days):
    parent, child = tmp_path / "tinh.yaml", tmp_path / "xa.yaml"
    assert run(capsys, "export", "vn", parent)[0] == 0
    parent.write_text(parent.read_text(encoding="utf-8").replace("id: vn", "id: tinh", 1), encoding="utf-8")
    child.write_text("id: xa\nextends: tinh\ntitle: {vi: Lịch xã}\n", encoding="utf-8")
    out = tmp_path / "moi.yaml"
    assert run(capsys, "import", days, out, "--base", child)[0] == 0
    assert len(Calendar.load(out).lineage) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["import", "ngay.csv"], 1, "--base"),
        (["import", "ngay.csv", "x.yaml", "--add"], 2, "--add needs --base."),
        (["import", "khong-co.csv", "--base", "vn"], 2, "khong-co.csv"),
        (["import", ".", "--base", "vn"], 2, "Không mở được tệp"),
        (["import", "ngay.csv", "--base", "nl"], 1, "27/12/2028 nằm ngoài"),
        (["import", "ngay.csv", "khong/co/x.yaml", "--base", "vn"], 2, "Không ghi được tệp"),
        (["export", "vn", "x.doc"], 1, ".csv, .xlsx, .ics, .yaml"),
        (["export", "khong-co", "x.csv"], 2, "vn"),
        (["diff", "vn", "khong-co"], 2, "khong-co"),
        (["diff", "vn", "nl"], 2, "không có ngày nào chung"),
        (["diff", "vn", "vn", "--from", "2030-01-01"], 2, "01/01/2030"),
        (["diff", "vn", "vn", "--from", "hôm nay"], 2, "hôm nay"),
        (["diff", "vn", "hong.yaml"], 2, "hong.yaml"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_next_step(capsys, tmp_path, monkeypatch, days, arguments, code, said):
    (tmp_path / "hong.yaml").write_text("id: hong\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found, _, err = run(capsys, *arguments)
    assert (found, said in err) == (code, True), err


def test_a_comparison_for_machines(capsys):
    code, out, _ = run(
        capsys, "diff", "vn", "vn-example-commune", "--from", "14/10/2026", "--to", "17/10/2026", "--json"
    )
    found = json.loads(out)
    assert code == 1
    assert found["before"] == {
        "calendar": "vn", "hash": Calendar.load("vn").hash, "working_days": 3, "minutes": 1440,
    }  # fmt: skip
    assert (found["from"], found["to"], found["same"], found["differs"]) == ("2026-10-14", "2026-10-17", False, [])
    storm = found["days"][1]
    assert (storm["on"], storm["differs"]) == ("2026-10-15", ["closed", "name", "source", "verified"])
    assert storm["before"]["open"] == ["07:30-11:30", "13:00-17:00"]
    assert storm["before"]["name"] is None
    assert storm["after"] == {
        "open": [],
        "minutes": 0,
        "name": {"vi": "Nghỉ do bão (mẫu)", "en": "Closed by a storm (sample)"},
        "source": {"document": "Thông báo mẫu của UBND xã", "on": "2026-10-13"},
        "verified": {"no": {"vi": "Dữ liệu mẫu", "en": "Sample data"}},
    }


def test_the_same_calendars_for_people_and_machines(capsys):
    code, out, _ = run(capsys, "diff", "nl", "nl")
    assert code == 0
    assert "Hai lịch giống nhau." in out
    code, out, _ = run(capsys, "diff", "nl", "nl", "--json")
    assert (code, json.loads(out)["same"]) == (0, True)
