"""`cchc worktime due|elapsed|explain`: answers for people and machines, tables, exit codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from cchc.cli.main import main

HOURS = '["07:30-11:30", "13:00-17:00"]'
CALENDAR = f"""\
id: office
title: {{vi: Lịch}}
time_zone: Asia/Ho_Chi_Minh
valid: {{from: 2026-01-01, to: 2026-12-31}}
source: {{document: Quyết định 5, on: 2025-12-01}}
verified: true
weeks:
  - {{from: 2026-01-01, mon: {HOURS}, tue: {HOURS}, wed: {HOURS}, thu: {HOURS}, fri: {HOURS}, sat: [], sun: []}}
intake: {{cut_off: "15:00"}}
exceptions:
  - {{on: 2026-01-06, open: [], name: {{vi: Nghỉ bão, en: Storm}},
     source: {{document: Thông báo 7}}, verified: {{no: Mẫu}}}}
"""


@pytest.fixture
def office(tmp_path: Path) -> str:
    path = tmp_path / "office.yaml"
    path.write_text(CALENDAR, encoding="utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["worktime", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    _, out, _ = run(capsys, *arguments, "--json")
    return json.loads(out)


def test_elapsed_in_both_languages(office: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("elapsed", "05/01/2026 09:15:59", "2026-01-07T09:00", "--calendar", office)
    assert run(capsys, *arguments) == (0, "465 phút làm việc (7 giờ 45 phút).\n", "")
    assert run(capsys, *arguments, "--lang", "en") == (0, "465 working minutes (7 h 45 min).\n", "")
    document = as_json(capsys, *arguments)
    assert document["minutes"] == 465
    assert (document["from"], document["to"]) == ("2026-01-05T09:15:00+07:00", "2026-01-07T09:00:00+07:00")
    assert document["calendar"] == "office"
    assert len(document["hash"]) == 64


def test_elapsed_backwards_is_negative(office: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, "elapsed", "2026-01-05T09:00", "2026-01-05T01:00Z", "--calendar", office)["minutes"] == -60
    _, out, _ = run(capsys, "elapsed", "2026-01-05T09:00", "2026-01-05T07:30", "--calendar", office)
    assert out == "-90 phút làm việc (-1 giờ 30 phút).\n"


@pytest.mark.parametrize(
    ("arguments", "due"),
    [
        (("2026-01-05T09:15", "--minutes", "480"), "2026-01-07T09:15:00+07:00"),
        (("2026-01-05T09:15", "--hours", "8"), "2026-01-07T09:15:00+07:00"),
        (("2026-01-05T09:15", "--working-days", "1"), "2026-01-07T09:15:00+07:00"),
        (("2026-01-05T09:15", "--calendar-days", "1"), "2026-01-07T07:30:00+07:00"),
        (("2026-01-05T15:01", "--working-days", "1"), "2026-01-07T15:01:00+07:00"),
        (("2026-01-05T15:00:59", "--working-days", "1", "--intake"), "2026-01-07T15:00:00+07:00"),
        (("2026-01-05T15:01", "--working-days", "1", "--intake"), "2026-01-07T17:00:00+07:00"),
        (("2026-01-05", "--working-days", "1"), "2026-01-07T17:00:00+07:00"),
        (("2026-01-05", "--working-days", "1", "--intake"), "2026-01-07T17:00:00+07:00"),
        (("2026-01-05", "--calendar-days", "1"), "2026-01-08T00:00:00+07:00"),
        (("2026-01-04", "--minutes", "1"), "2026-01-05T07:31:00+07:00"),
    ],
)
def test_due(office: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], due: str) -> None:
    assert as_json(capsys, "due", *arguments, "--calendar", office)["due"] == due


def test_due_for_people(office: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("due", "05/01/2026 15:01", "--working-days", "2", "--intake", "--calendar", office)
    assert run(capsys, *arguments)[1] == "Tính từ: 07:30 thứ Tư, 07/01/2026.\nHạn: 17:00 thứ Năm, 08/01/2026.\n"
    a_date = ("due", "05/01/2026", "--calendar-days", "2", "--calendar", office)
    assert run(capsys, *a_date)[1] == "Hạn: 24:00 thứ Tư, 07/01/2026.\n"
    assert run(capsys, *a_date, "--lang", "en")[1] == "Due: 24:00 on Wednesday, 7 January 2026.\n"


def test_explain_cites_each_source_once(office: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("explain", "2026-01-05T16:00", "2026-01-07T08:00", "--calendar", office)
    assert run(capsys, *arguments)[1].splitlines() == [
        "16:00 – 17:00 thứ Hai, 05/01/2026: 60 phút, trong giờ làm việc [1]",
        "17:00 – 24:00 thứ Hai, 05/01/2026: không tính, ngoài giờ làm việc [1]",
        "00:00 – 24:00 thứ Ba, 06/01/2026: không tính, ngày nghỉ: Nghỉ bão [2]",
        "00:00 – 07:30 thứ Tư, 07/01/2026: không tính, ngoài giờ làm việc [1]",
        "07:30 – 08:00 thứ Tư, 07/01/2026: 30 phút, trong giờ làm việc [1]",
        "[1] Quyết định 5, 01/12/2025; đã xác minh",
        "[2] Thông báo 7; chưa xác minh (Mẫu)",
        "90 phút làm việc (1 giờ 30 phút).",
    ]
    document = as_json(capsys, *arguments, "--lang", "en")
    assert document["minutes"] == sum(span["minutes"] for span in document["spans"]) == 90
    assert document["spans"][2] == {
        "from": "2026-01-06T00:00:00+07:00",
        "to": "2026-01-07T00:00:00+07:00",
        "minutes": 0,
        "counted": False,
        "code": "worktime.closed_day",
        "reason": "day off: Storm",
        "source": {"document": "Thông báo 7"},
        "verified": False,
        "doubt": "Mẫu",
    }


def written(folder: Path, text: str) -> str:
    path = folder / "ngay.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def rows(out: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(out)))


def test_every_row_of_a_table(office: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = written(tmp_path, "Mã;Từ;Đến\n1;05/01/2026 09:15;07/01/2026 09:00\n2;hôm nay;07/01/2026\n3;;07/01/2026\n")
    code, out, err = run(capsys, "elapsed", "--csv", table, "--calendar", office)
    assert code == 1
    assert rows(out)[:2] == [
        ["Mã", "Từ", "Đến", "minutes", "error"],
        ["1", "05/01/2026 09:15", "07/01/2026 09:00", "465", ""],
    ]
    assert [row[3] for row in rows(out)[2:]] == ["", ""]
    assert all("không phải là thời điểm" in row[4] for row in rows(out)[2:])
    assert err == "3 dòng, 2 dòng có lỗi.\n"


def test_limits_from_columns_or_for_all_rows(office: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = written(tmp_path, "A,minutes,working-days\n2026-01-05T09:15,480,\n2026-01-05T09:15,,2\n2026-01-05,,\n")
    code, out, _ = run(capsys, "due", "--csv", table, "--calendar", office)
    assert code == 1
    assert [row[3] for row in rows(out)] == ["due", "2026-01-07T09:15+07:00", "2026-01-08T09:15+07:00", ""]
    document = as_json(capsys, "due", "--csv", table, "--working-days", "1", "--calendar", office)
    assert [row["due"][:16] for row in document["rows"]] == ["2026-01-07T09:15"] * 2 + ["2026-01-07T17:00"]
    assert document["errors"] == 0
    assert [row["row"] for row in document["rows"]] == [2, 3, 4]


def test_an_explanation_takes_several_rows(office: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = written(tmp_path, "a,b\n2026-01-05T11:00,2026-01-05T13:30\n")
    code, out, _ = run(capsys, "explain", "--csv", table, "--calendar", office)
    assert code == 0
    assert [row[2:6] for row in rows(out)[1:]] == [
        ["2026-01-05T11:00+07:00", "2026-01-05T11:30+07:00", "30", "trong giờ làm việc"],
        ["2026-01-05T11:30+07:00", "2026-01-05T13:00+07:00", "0", "nghỉ giữa giờ"],
        ["2026-01-05T13:00+07:00", "2026-01-05T13:30+07:00", "30", "trong giờ làm việc"],
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("elapsed", "hôm qua", "2026-01-05T09:00"), 2, "hôm qua"),
        (("elapsed", "2026-01-05T25:00", "2026-01-05T09:00"), 2, "25:00"),
        (("elapsed", "2026-01-05T09:00", "2027-01-05T09:00"), 1, "2027-01-05 09:00"),
        (("elapsed", "2026-01-05", "2027-01-01"), 1, "01/01/2027"),
        (("due", "2026-12-31T09:00", "--working-days", "5"), 1, "31/12/2026"),
        (("elapsed", "2026-01-05T09:00"), 2, "--csv"),
        (("elapsed", "2026-01-05", "2026-01-06", "--csv", "x.csv"), 2, "not both"),
        (("due", "2026-01-05"), 2, "--working-days"),
        (("due", "2026-01-05", "--minutes", "1", "--hours", "1"), 2, "--working-days"),
        (("due", "2026-01-05", "--minutes", "-1"), 2, "--minutes"),
        (("elapsed", "--csv", "nowhere.csv"), 2, "nowhere.csv"),
    ],
)
def test_what_is_refused(
    office: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, said: str
) -> None:
    exit_code, out, err = run(capsys, *arguments, "--calendar", office)
    assert (exit_code, out) == (code, "")
    assert said in err
    assert "Traceback" not in err


def test_a_calendar_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "elapsed", "2026-01-05", "2026-01-06", "--calendar", "nowhere")
    assert code == 2
    assert "vn" in err


def test_the_packaged_calendar_is_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, "elapsed", "2026-01-05T07:30", "2026-01-05T17:00")["calendar"] == "vn"
