"""`cchc criteria check|show|export|import`: exit codes, words, JSON, and files that are written whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc.cli.main import main
from cchc.scoring.loading import load, shipped_ids
from cchc.scoring.writing import set_hash, to_yaml

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def a_set(tmp_path: Path) -> Path:
    path = tmp_path / "bo.yaml"
    path.write_text(to_yaml(load("tt01-2018")), encoding="utf-8")
    return path


@pytest.fixture
def a_wrong_set(tmp_path: Path, a_set: Path) -> Path:
    path = tmp_path / "sai.yaml"
    path.write_text(a_set.read_text("utf-8").replace("total: 18", "total: 19"), encoding="utf-8")
    return path


@pytest.fixture
def a_workbook(tmp_path: Path, capsys: Capture) -> Path:
    path = tmp_path / "bo.xlsx"
    assert main(["criteria", "export", "tt01-2018", str(path)]) == 0
    capsys.readouterr()
    return path


def listing(folder: Path) -> set[Path]:
    return set(folder.iterdir())


@pytest.mark.requirement(97)
@pytest.mark.parametrize("shipped", shipped_ids())
def test_check_takes_the_shipped_sets(shipped: str, capsys: Capture) -> None:
    assert main(["criteria", "check", shipped]) == 0
    captured = capsys.readouterr()
    assert shipped in captured.out
    assert set_hash(load(shipped)) in captured.out
    assert captured.err == ""


def test_check_as_json(a_set: Path, a_wrong_set: Path, capsys: Capture) -> None:
    assert main(["criteria", "check", str(a_set), "--json"]) == 0
    good = {"valid": True, "set": "tt01-2018", "hash": set_hash(load("tt01-2018")), "criteria": 9, "problems": []}
    assert json.loads(capsys.readouterr().out) == good
    assert main(["criteria", "check", str(a_wrong_set), "--json", "--lang", "en"]) == 1
    captured = capsys.readouterr()
    refused = json.loads(captured.out)
    assert refused["valid"] is False
    (problem,) = refused["problems"]
    assert problem == {
        "code": "scoring.total_differs",
        "place": "sai.yaml:19",
        "line": 19,
        "sentence": "The total is stated as 19, but the criteria add up to 18.",
        "next_step": "Correct the total or the maxima of the criteria.",
    }
    assert captured.err == ""


def test_words_follow_the_language(a_wrong_set: Path, capsys: Capture) -> None:
    said = []
    for language in ("vi", "en"):
        assert main(["criteria", "check", str(a_wrong_set), "--lang", language]) == 1
        captured = capsys.readouterr()
        assert captured.out == ""
        said.append(captured.err)
    assert said[0] != said[1]
    assert all(text.startswith("sai.yaml:19: ") for text in said)
    assert all(text.endswith(" [scoring.total_differs]\n") for text in said)


def test_all_problems_of_different_criteria_are_said_at_once(a_set: Path, capsys: Capture) -> None:
    text = a_set.read_text("utf-8").replace("kind: formula", "kind: magic", 2)
    a_set.write_text(text, encoding="utf-8")
    assert main(["criteria", "check", str(a_set)]) == 1
    places = [line.partition(": ")[0] for line in capsys.readouterr().err.splitlines()]
    lines = [number for number, line in enumerate(text.splitlines(), 1) if "kind: magic" in line]
    assert len(lines) == 2
    assert places == [f"bo.yaml:{number}" for number in lines]


def unreadable_ones(folder: Path) -> dict[str, Path]:
    (folder / "thu-muc.xlsx").mkdir()
    (folder / "trong.yaml").write_text("")
    (folder / "cu-phap.yaml").write_text("a: [\n")
    (folder / "ma.yaml").write_bytes("tiêu chí".encode("utf-16"))
    (folder / "gia.xlsx").write_bytes(b"PK\x03\x04 but no workbook")
    (folder / "chu.xlsx").write_text("no workbook either")
    names = ("thu-muc.xlsx", "trong.yaml", "cu-phap.yaml", "ma.yaml", "gia.xlsx", "chu.xlsx", "khong-co.yaml", "x.xlsx")
    return {name: folder / name for name in names} | {"folder": folder}


@pytest.mark.parametrize("command", [["check"], ["check", "--json"], ["show"], ["import"]])
def test_what_cannot_be_read_is_two(command: list[str], tmp_path: Path, capsys: Capture) -> None:
    for name, path in unreadable_ones(tmp_path).items():
        assert main(["criteria", *command, str(path)]) == 2, name
        captured = capsys.readouterr()
        problems = json.loads(captured.out)["problems"] if "--json" in command else []
        said = problems[0]["place"] if problems else captured.err
        assert path.name in said
        assert "Traceback" not in said
        assert bool(captured.out) is ("--json" in command)


def test_show_puts_every_rule_into_words(capsys: Capture) -> None:
    assert main(["criteria", "show", "qd766", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    made = load("qd766")
    assert len(lines) == 1 + sum(1 for _ in made.nodes())
    assert all(any(line.strip().startswith(f"{leaf.code} ") for line in lines) for leaf in made.criteria)


def test_show_as_json(capsys: Capture) -> None:
    assert main(["criteria", "show", "tt01-2018", "--json", "--lang", "en"]) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert set(document) == {"set", "hash", "title", "criteria"}
    assert len(document["criteria"]) == 9
    keys = {"code", "title", "max", "kind", "rule", "scored_by", "source", "verified"}
    assert all(set(leaf) == keys and leaf["rule"] for leaf in document["criteria"])
    assert {leaf["max"] for leaf in document["criteria"]} == {"2"}


@pytest.mark.requirement(97, 126)
@pytest.mark.long
def test_export_and_import_keep_the_hash(tmp_path: Path, a_workbook: Path, capsys: Capture) -> None:
    back = tmp_path / "lai.yaml"
    assert main(["criteria", "import", str(a_workbook), str(back)]) == 0
    assert set_hash(load("tt01-2018")) in capsys.readouterr().out
    assert set_hash(load(back)) == set_hash(load("tt01-2018"))
    assert main(["criteria", "import", str(a_workbook)]) == 0
    assert capsys.readouterr().out == back.read_text("utf-8")
    assert main(["criteria", "check", str(a_workbook)]) == 0


def test_a_workbook_with_a_wrong_cell_is_one_and_names_the_cell(
    tmp_path: Path, a_workbook: Path, capsys: Capture
) -> None:

    book = openpyxl.load_workbook(a_workbook)
    page = book["Tiêu chí"]
    heading = [cell.value for cell in page[1]]
    column = heading.index("Điểm tối đa") + 1
    row = next(cells[0].row for cells in page.iter_rows(min_row=2) if cells[heading.index("Cách tính")].value)
    page.cell(row, column).value = "hai"
    book.save(a_workbook)
    assert main(["criteria", "import", str(a_workbook), str(tmp_path / "lai.yaml")]) == 1
    assert f"bo.xlsx:Tiêu chí:{row}:{page.cell(row, column).column_letter}: " in capsys.readouterr().err
    assert not (tmp_path / "lai.yaml").exists()


@pytest.mark.parametrize("command", ["export", "import"])
def test_a_file_is_written_whole_or_not_at_all(
    command: str, tmp_path: Path, a_wrong_set: Path, a_workbook: Path, capsys: Capture
) -> None:
    target = tmp_path / ("cu.xlsx" if command == "export" else "cu.yaml")
    target.write_text("what stood there before")
    before = listing(tmp_path)
    source = a_wrong_set if command == "export" else tmp_path / "khong-co.xlsx"
    assert main(["criteria", command, str(source), str(target)]) > 0
    assert target.read_text() == "what stood there before"
    assert listing(tmp_path) == before


def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, a_set: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "cu.xlsx"
    target.write_text("what stood there before")
    before = listing(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert main(["criteria", "export", str(a_set), str(target)]) == 2
    assert str(target) in capsys.readouterr().err
    assert target.read_text() == "what stood there before"
    assert listing(tmp_path) == before


@pytest.mark.long
def test_where_nothing_can_be_written_is_two(tmp_path: Path, a_set: Path, a_workbook: Path, capsys: Capture) -> None:
    (tmp_path / "tep").write_text("a file")
    for folder in ("khong-co", "tep"):
        for command, source, name in (("export", a_set, "ra.xlsx"), ("import", a_workbook, "ra.yaml")):
            target = tmp_path / folder / name
            assert main(["criteria", command, str(source), str(target)]) == 2
            assert capsys.readouterr().err.startswith(f"{target}: ")
    assert main(["criteria", "export", str(a_set), str(tmp_path)]) == 2


@pytest.mark.parametrize(("command", "name"), [("export", "ra.csv"), ("export", "ra"), ("import", "ra.xlsx")])
def test_one_kind_of_file_is_not_written_under_the_name_of_another(
    command: str, name: str, tmp_path: Path, a_set: Path, a_workbook: Path, capsys: Capture
) -> None:
    source = a_set if command == "export" else a_workbook
    assert main(["criteria", command, str(source), str(tmp_path / name), "--lang", "en"]) == 2
    assert "must end in" in capsys.readouterr().err
    assert not (tmp_path / name).exists()


def test_a_written_file_has_the_permissions_of_any_other(tmp_path: Path, a_set: Path) -> None:
    target = tmp_path / "ra.xlsx"
    old = os.umask(0o027)
    try:
        assert main(["criteria", "export", str(a_set), str(target)]) == 0
    finally:
        os.umask(old)
    assert target.stat().st_mode & 0o777 == 0o640
