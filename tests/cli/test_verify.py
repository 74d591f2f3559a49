"""`cchc verify`: what it prints, the JSON shape of the contract, its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cchc.cli.main import main
from tests.scoring.published_tables import KON_RAY_2022

SMALL = "Đơn vị;Điểm thẩm định;Chỉ số\nA;80/100;80\n"


@pytest.fixture
def kon_ray(tmp_path: Path) -> str:
    return written(tmp_path, "\n".join(line.replace(" | ", ";") for line in KON_RAY_2022))


def written(folder: Path, text: str) -> str:
    path = folder / "bang.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    main(["verify", *arguments, "--json"])
    document = json.loads(capsys.readouterr().out)
    assert isinstance(document, dict)
    return document


@pytest.mark.requirement(101, 103, 104)
def test_the_report_on_kon_ray_names_the_one_wrong_index(kon_ray: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", kon_ray]) == 1
    lines = capsys.readouterr().out.splitlines()
    dak_pne = next(line for line in lines if "Đăk Pnê" in line)
    assert dak_pne.split() == ["Đăk", "Pnê", "87,5/100", "79,63/94", "84,41", "84,71", "Tốt", "5", "LỆCH", "chỉ", "số"]
    assert (
        f"{kon_ray}:6: Đăk Pnê: Chỉ số in 84,41; tính từ 79,63/94 được 84,71. Xếp loại và thứ hạng không đổi." in lines
    )
    assert "7 đơn vị: 6 khớp, 1 lệch (1 số liệu), 0 có lỗi." in lines


def test_the_report_in_english(kon_ray: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", kon_ray, "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert "Printed index 84.41; 79.63/94 gives 84.71. Class and rank stay the same." in out
    assert "DIFFERS index" in out
    assert "Excellent" in out
    assert not any(word in out for word in ("Chỉ số", "khớp", "LỆCH"))


@pytest.mark.requirement(104)
def test_the_shape_of_json(kon_ray: str, capsys: pytest.CaptureFixture[str]) -> None:
    document = as_json(capsys, kon_ray)
    assert list(document) == ["rows", "disagreements", "skipped", "ignored"]
    assert (document["disagreements"], document["skipped"], document["ignored"]) == (1, [], [])
    rows = document["rows"]
    assert isinstance(rows, list)
    assert rows[4] == {
        "row": 6,
        "unit": "Đăk Pnê",
        "group": None,
        "printed": {
            "self": "87.5",
            "self_max": "100",
            "appraised": "79.63",
            "appraised_max": "94",
            "index": "84.41",
            "class": "Tốt",
            "rank": 5,
        },
        "computed": {"index": "84.71", "class": "Tốt", "rank": 5},
        "disagree": ["index"],
        "errors": [],
    }
    assert [row["disagree"] for row in rows] == [[], [], [], [], ["index"], [], []]
    assert rows[5]["printed"]["index"] == "87.2"  # as printed
    assert rows[5]["computed"]["index"] == "87.20"  # at its decimals


def test_json_of_errors_skipped_rows_and_ignored_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = written(
        tmp_path,
        "STT;Đơn vị;Khối;Điểm thẩm định\nI. Các xã\n1;A;Xã;101/100\n2;B;Xã;\n3;C;Huyện;80/100\nTổng;;;181/200\n",
    )
    document = as_json(capsys, table)
    first, second = document["rows"]  # type: ignore[misc]
    assert first["errors"] == [
        "Điểm 101 lớn hơn điểm tối đa 100. Đối chiếu với biên bản và sửa lại điểm hoặc điểm tối đa."
    ]
    assert first["computed"] == {"index": None, "class": None, "rank": None}
    assert second["computed"] == {"index": "80.00", "class": "Tốt", "rank": 1}
    assert document["ignored"] == ["STT"]
    assert document["skipped"] == [
        {"row": 2, "text": "I. Các xã", "reason": "không có điểm"},
        {"row": 4, "text": "B", "reason": "không có điểm"},
        {"row": 6, "text": "Tổng", "reason": "dòng tổng hợp"},
    ]


def test_words_in_json_follow_the_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = as_json(capsys, written(tmp_path, "unit;appraised\nA;80\n"), "--lang", "en")
    (row,) = document["rows"]  # type: ignore[misc]
    assert row["errors"][0].startswith("The appraised points have no maximum above 0.")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SMALL, 0),
        ("Đơn vị;Điểm thẩm định\nA;80/100\n", 0),  # nothing printed that could be wrong
        (SMALL.replace("80\n", "81\n"), 1),
        (SMALL.replace("80/100", "80"), 1),
        (SMALL.replace("80/100", ""), 1),  # no unit with points
        (SMALL.replace("Đơn vị", "Đơn vị tính"), 2),
        ("", 2),
    ],
)
def test_exit_codes(tmp_path: Path, text: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", written(tmp_path, text)]) == code
    captured = capsys.readouterr()
    assert bool(captured.out) is not bool(captured.err)


def test_a_file_of_bytes_is_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bang.xlsx"
    path.write_bytes(b"PK\x03\x04 but no workbook")
    assert main(["verify", str(path)]) == 2
    assert capsys.readouterr().err.startswith(str(path))
    assert main(["verify", str(tmp_path)]) == 2


@pytest.mark.parametrize(("decimals", "index"), [("0", "88"), ("1", "87.5"), ("2", "87.50"), ("6", "87.500000")])
def test_decimals(tmp_path: Path, decimals: str, index: str, capsys: pytest.CaptureFixture[str]) -> None:
    document = as_json(capsys, written(tmp_path, "unit;appraised\nA;87,5/100\n"), "--decimals", decimals)
    assert document["rows"][0]["computed"]["index"] == index  # type: ignore[index]


@pytest.mark.parametrize(
    "arguments", [["--decimals", "-1"], ["--decimals", "2,5"], ["--bands", "Tốt"], ["--bands", ""]]
)
def test_bad_options_are_misuse(tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", written(tmp_path, SMALL), *arguments]) == 2
    assert arguments[0] in capsys.readouterr().err


@pytest.mark.requirement(101)
def test_bands_of_ones_own_in_any_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = written(tmp_path, "unit;appraised;class\nA;80.5/100;ĐẠT\nB;80.4/100;Đạt\n")
    assert main(["verify", table, "--bands", "Không đạt:0,Đạt:80.5"]) == 1
    out = capsys.readouterr().out
    assert "Đạt ≠ Không đạt" in out
    assert "Xếp loại in “Đạt”; chỉ số 80,40 thuộc loại Không đạt." in out


def test_printed_classes_outside_the_bands_are_pointed_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", written(tmp_path, "unit;appraised;class\nA;80/100;Hạng B\n")]) == 1
    assert "Xếp loại in không có trong các khung: Hạng B. Dùng --bands" in capsys.readouterr().out


def test_nothing_from_a_file_reaches_the_terminal_as_a_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = written(tmp_path, "unit;appraised;index\n[red]A\u202e\u009b31m;80/100;79\n")
    assert main(["verify", table]) == 1
    out = capsys.readouterr().out
    assert "[red]A" in out
    assert not {"\u202e", "\u009b", "\x1b"} & set(out)


def test_long_sentences_stay_on_one_line_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unit = "Ủy ban nhân dân xã " + "rất " * 40 + "dài"
    assert main(["verify", written(tmp_path, f"unit;appraised;index\n{unit};80/100;79\n")]) == 1
    assert any(unit in line and "được 80,00" in line for line in capsys.readouterr().out.splitlines())


def test_of_a_long_table_only_what_is_wrong_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"Xã {number};80/100;{79 if number == 7 else 80}\n" for number in range(300))
    assert main(["verify", written(tmp_path, f"unit;appraised;index\n{rows}")]) == 1
    out = capsys.readouterr().out
    assert "Xã 7 " in out
    assert "Xã 8 " not in out
    assert "300 đơn vị: 299 khớp, 1 lệch (1 số liệu), 0 có lỗi." in out
    assert "Bảng dài" in out
