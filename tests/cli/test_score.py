"""`cchc score`: the JSON of the contract, exit codes, the report for people."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from cchc.cli.main import main
from cchc.scoring.loading import load, shipped_ids
from cchc.scoring.writing import set_hash, to_yaml
from cchc.tables.layout import Column, SheetToWrite
from cchc.tables.xlsx_writing import write_xlsx
from tests.scoring.sets import COUNTS, loaded, set_of

Capture = pytest.CaptureFixture[str]
EXAMPLES = Path(str(resources.files("cchc.scoring"))) / "sets" / "examples"
ROWS = """unit,group,stage,criterion,input,value
Xã A,xã,self,1,x,2
Xã A,xã,self,1,y,3
Xã A,xã,self,2,answer,yes
Xã B,xã,self,1,x,3
Xã B,xã,self,1,y,3
Xã B,xã,self,2,answer,no
Xã B,xã,council,2,answer,Không áp dụng
Xã A,xã,council,3,points,"0,5"
Xã A,xã,council,3,reason,Theo hồ sơ
Xã B,xã,council,3,points,1
Xã B,xã,council,3,reason,Đủ
"""
RATE = {"max": "2", "inputs": COUNTS, "rule": {"kind": "linear", "value": "x / y"}}
YES_NO = {"max": "1", "rule": {"kind": "yes_no"}, "not_applicable": "exclude"}
JUDGED = {"max": "1", "rule": {"kind": "manual"}, "scored_by": "appraiser"}
PENALTY = {
    "inputs": COUNTS, "rule": {"kind": "penalty", "count": "y", "each": "0.1", "cap": "1"}, "scored_by": "appraiser",
}  # fmt: skip


@pytest.fixture
def a_set(tmp_path: Path) -> str:
    path = tmp_path / "bo.yaml"
    path.write_text(to_yaml(loaded(set_of(RATE, YES_NO, JUDGED))), encoding="utf-8")
    return str(path)


def written(folder: Path, text: str, name: str = "phieu.csv") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def scored(capsys: Capture, *arguments: str) -> dict[str, Any]:
    main(["score", *arguments, "--json"])
    document = json.loads(capsys.readouterr().out)
    assert isinstance(document, dict)
    return document


@pytest.mark.requirement(98, 99, 100, 101)
def test_json_as_the_contract_has_it(a_set: str, tmp_path: Path, capsys: Capture) -> None:
    document = scored(capsys, a_set, written(tmp_path, ROWS))
    assert document["set"] == "small"
    assert document["hash"] == set_hash(load(a_set))
    assert [(unit["unit"], unit["stage"]) for unit in document["units"]] == [
        ("Xã A", "self"), ("Xã B", "self"), ("Xã A", "council"), ("Xã B", "council"),
    ]  # fmt: skip
    last = document["units"][3]
    assert {key: last[key] for key in last if key != "criteria"} == {
        "unit": "Xã B", "stage": "council", "group": "xã", "points": "3", "maximum": "3", "index": "100.00",
        "class": "all", "class_name": "Đạt", "rank": 1, "reasons": [], "errors": [],
    }  # fmt: skip
    assert last["criteria"][1] == {
        "code": "2", "points": None, "max": "1", "applicable": False, "counted": False,
        "reasons": ["Không áp dụng. Lý do: chưa ghi lý do"], "error": None,
    }  # fmt: skip
    at_self = document["units"][0]
    assert (at_self["points"], at_self["maximum"], at_self["index"]) == ("2.333333", "3", "77.78")
    assert at_self["criteria"][0]["points"] == "1.333333"
    assert at_self["criteria"][2] | {"reasons": []} == {
        "code": "3", "points": None, "max": "1", "applicable": True, "counted": False, "reasons": [], "error": None,
    }  # fmt: skip


def test_a_penalty_has_no_maximum_and_negative_points(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "bo.yaml"
    path.write_text(to_yaml(loaded(set_of(YES_NO, PENALTY))), encoding="utf-8")
    rows = "unit,criterion,input,value\nXã A,1,answer,yes\nXã A,2,y,3\n"
    (unit,) = scored(capsys, str(path), written(tmp_path, rows))["units"]
    assert unit["criteria"][1] | {"reasons": []} == {
        "code": "2", "points": "-0.3", "max": None, "applicable": True, "counted": False, "reasons": [], "error": None,
    }  # fmt: skip
    assert (unit["points"], unit["maximum"], unit["index"]) == ("0.7", "1", "70.00")


def test_an_error_is_one_and_leaves_the_group_without_ranks(a_set: str, tmp_path: Path, capsys: Capture) -> None:
    sheet = written(tmp_path, ROWS.replace("Xã A,xã,self,1,x,2", "Xã A,xã,self,1,x,hai"))
    assert main(["score", a_set, sheet, "--json"]) == 1
    captured = capsys.readouterr()
    units = json.loads(captured.out)["units"]
    assert [(unit["index"] is None, unit["rank"]) for unit in units] == [(True, None), (False, None)] * 2
    error = units[0]["criteria"][0]["error"]
    assert "phieu.csv:2" in error
    assert "hai" in error
    assert main(["score", a_set, sheet]) == 1
    assert "LỖI" in capsys.readouterr().out


def test_a_row_that_belongs_to_nobody_is_one(a_set: str, tmp_path: Path, capsys: Capture) -> None:
    sheet = written(tmp_path, ROWS + ",xã,self,1,x,2\n")
    assert main(["score", a_set, sheet, "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    (error,) = document["errors"]
    assert error.startswith(f"{sheet}:13: ")
    assert all(unit["index"] for unit in document["units"])


def test_words_follow_the_language_and_figures_do_not(a_set: str, tmp_path: Path, capsys: Capture) -> None:
    sheet = written(tmp_path, ROWS)
    vi, en = (scored(capsys, a_set, sheet, "--lang", language) for language in ("vi", "en"))
    assert vi["units"][0]["criteria"][0]["reasons"] != en["units"][0]["criteria"][0]["reasons"]
    for left, right in zip(vi["units"], en["units"], strict=True):
        assert [left[key] for key in ("points", "index", "rank")] == [right[key] for key in ("points", "index", "rank")]


def test_the_same_sheet_in_every_form(a_set: str, tmp_path: Path, capsys: Capture) -> None:
    lines = [line.split(",") for line in ROWS.replace('"0,5"', "0.5").splitlines()]
    book = tmp_path / "phieu.xlsx"
    book.write_bytes(write_xlsx([SheetToWrite("Phiếu", tuple(map(Column, lines[0])), lines[1:])]))
    semicolons = written(tmp_path, ROWS.replace(",", ";").replace('"0;5"', "0,5"), "cham-phay.csv")
    expected = scored(capsys, a_set, written(tmp_path, ROWS))
    assert scored(capsys, a_set, str(book)) == expected
    assert scored(capsys, a_set, semicolons) == expected
    answers = "{'1': {x: 1, y: 2}, '2': {answer: no}, '3': {points: 1, reason: Đủ}}"
    council = written(tmp_path, f"stage: council\ngroup: xã\nunits: {{Xã C: {answers}}}\n", "phieu.yaml")
    (unit,) = scored(capsys, a_set, council)["units"]
    assert (unit["stage"], unit["group"], unit["points"], unit["index"]) == ("council", "xã", "2", "50.00")


@pytest.mark.parametrize("shipped", shipped_ids())
def test_the_report_shows_every_unit_and_every_reason(shipped: str, capsys: Capture) -> None:
    assert main(["score", shipped, str(EXAMPLES / f"{shipped}.csv")]) == 0
    out = capsys.readouterr().out
    document = scored(capsys, shipped, str(EXAMPLES / f"{shipped}.csv"))
    for unit in document["units"]:
        assert unit["unit"] in out
        for leaf in unit["criteria"]:
            assert all(reason in out for reason in leaf["reasons"])


def test_one_unit_alone(a_set: str, tmp_path: Path, capsys: Capture) -> None:
    sheet = written(tmp_path, ROWS)
    document = scored(capsys, a_set, sheet, "--unit", "Xã A")
    assert [(unit["unit"], unit["rank"]) for unit in document["units"]] == [("Xã A", 1), ("Xã A", 2)]
    assert main(["score", a_set, sheet, "--unit", "Xã A"]) == 0
    assert "Xã B · " not in capsys.readouterr().out
    assert main(["score", a_set, sheet, "--unit", "Xã Z"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Xã A, Xã B" in captured.err


def test_what_cannot_be_read_is_two(a_set: str, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "gia.xlsx").write_bytes(b"PK\x03\x04 but no workbook")
    (tmp_path / "thu-muc").mkdir()
    sheets = (
        str(tmp_path / "khong-co.csv"), str(tmp_path / "khong-co.yaml"), str(tmp_path / "gia.xlsx"),
        str(tmp_path / "thu-muc"), written(tmp_path, "", "trong.csv"), written(tmp_path, "a;b\n1;2\n", "khac.csv"),
        written(tmp_path, "a: [\n", "cu-phap.yaml"),
    )  # fmt: skip
    for sheet in sheets:
        for output in ([], ["--json"]):
            assert main(["score", a_set, sheet, *output]) == 2, sheet
            captured = capsys.readouterr()
            assert captured.out == ""
            assert Path(sheet).name in captured.err
    assert main(["score", str(tmp_path / "khong-co.yaml"), written(tmp_path, ROWS)]) == 2
    assert main(["score", a_set]) == 2


def test_a_wrong_set_is_one(tmp_path: Path, capsys: Capture) -> None:
    text = to_yaml(loaded(set_of(RATE))).replace("total: 2", "total: 3")
    assert main(["score", written(tmp_path, text, "sai.yaml"), written(tmp_path, ROWS)]) == 1
    line = text.splitlines().index("total: 3") + 1
    assert capsys.readouterr().err.startswith(f"sai.yaml:{line}: ")


def test_nothing_from_a_sheet_reaches_the_terminal_as_a_command(a_set: str, tmp_path: Path, capsys: Capture) -> None:
    sheet = written(tmp_path, ROWS.replace("Theo hồ sơ", "[red]\x9b31m đỏ").replace("Xã B", "[bold]Xã B\u202e"))
    main(["score", a_set, sheet])
    captured = capsys.readouterr()
    assert "[bold]Xã B" in captured.out
    assert not {"\x1b", "\x9b", "\u202e"} & set(captured.out + captured.err)
