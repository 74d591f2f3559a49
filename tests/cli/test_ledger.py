"""`cchc ledger`: a log and a mapping in, a folder and a report out; a proposal that can be used."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from cchc.cli import ledger as command_module
from cchc.cli.main import main
from cchc.ledger import engines, spark
from cchc.ledger.outputs import ALL_TABLES
from tests.support import rooms

SAMPLES = rooms.SOURCE / "ledger" / "samples"
LOG, MAPPING = SAMPLES / "igate-nhat-ky.csv", SAMPLES / "igate-nhat-ky.yaml"
DATA = sorted([*(f"{name}.parquet" for name in ALL_TABLES), "rejects.csv", "summary.json"])
FILES = sorted([*DATA, "report.html", "report.xlsx"])


def arguments(out: Path, *more: str, log: Path = LOG, mapping: Path = MAPPING) -> list[str]:
    return [str(log), "--mapping", str(mapping), "--out", str(out), *more]


def names_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.mark.requirement(71, 72)
@pytest.mark.parametrize("word", [[], ["run"]])
def test_one_export_in_the_late_list_by_name_out(tmp_path, capsys, word):
    assert main(["ledger", *word, *arguments(tmp_path / "out")]) == 0
    shown = capsys.readouterr()
    assert names_in(tmp_path / "out") == FILES
    assert "5/10 hồ sơ quá hạn (2 chưa kết thúc)" in shown.out
    assert "Phạm Thị Lan" in shown.out and "2 ngày 6 giờ 43 phút" in shown.out
    assert "Hệ thống" not in shown.out
    assert shown.err == ""


def test_in_english(tmp_path, capsys):
    assert main(["ledger", *arguments(tmp_path / "out", "--lang", "en")]) == 0
    assert "5 of 10 dossiers are late (2 still open)" in capsys.readouterr().out


def test_the_report_is_in_the_language_asked_for_or_left_out(tmp_path, capsys):
    for language, title in (("vi", "Sổ theo dõi hồ sơ chậm"), ("en", "Delay ledger")):
        assert main(["ledger", *arguments(tmp_path / "out", "--lang", language)]) == 0
        assert title in (tmp_path / "out" / "report.html").read_text("utf-8")
        assert "report.html" in capsys.readouterr().out
    assert main(["ledger", *arguments(tmp_path / "out", "--no-report")]) == 0
    assert names_in(tmp_path / "out") == DATA and "report.html" not in capsys.readouterr().out


def test_options_may_come_before_the_log(tmp_path, capsys):
    assert main(["ledger", "--mapping", str(MAPPING), "--out", str(tmp_path / "out"), str(LOG)]) == 0


def test_json_is_the_summary(tmp_path, capsys):
    assert main(["ledger", *arguments(tmp_path / "out", "--json")]) == 0
    shown = json.loads(capsys.readouterr().out)
    written = json.loads((tmp_path / "out" / "summary.json").read_bytes())
    assert shown == {"output": str(tmp_path / "out"), "accepted": True, **written}


def test_another_engine_computes_when_asked_for(tmp_path, capsys, monkeypatch):
    computed = []
    local = engines.LOCAL.compute
    fake = engines.Engine("spark", lambda work, tell: computed.append(local(work, tell)))
    monkeypatch.setattr(spark, "spark_engine", lambda: fake)
    assert main(["ledger", *arguments(tmp_path / "here")]) == 0 and computed == []
    assert main(["ledger", *arguments(tmp_path / "there", "--engine", "spark")]) == 0 and computed == [None]


def test_spark_that_is_not_there_is_two_with_a_next_step(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(spark, "find_spec", lambda _: None)
    assert main(["ledger", *arguments(tmp_path / "out", "--engine", "spark", "--lang", "en")]) == 2
    shown = capsys.readouterr()
    assert "cchc[spark]" in shown.err and "Traceback" not in shown.err and shown.out == ""
    assert names_in(tmp_path) == []


def test_too_many_rejects_are_one_and_told(tmp_path, capsys):
    log = tmp_path / "log.csv"
    log.write_text("case,step,at\nD,a,2026-03-02 08:00\nD,,x\n")
    mapping = tmp_path / "m.yaml"
    mapping.write_text("case: case\nactivity: step\ntime: at\n")
    assert main(["ledger", *arguments(tmp_path / "out", log=log, mapping=mapping)]) == 1
    shown = capsys.readouterr().out
    assert "50 %" in shown.replace("\N{NO-BREAK SPACE}", " ") and "Không có tên bước" in shown
    assert names_in(tmp_path / "out") == ["rejects.csv"]


def test_without_limits_nobody_is_proposed(tmp_path, capsys):
    text = MAPPING.read_text("utf-8")
    mapping = tmp_path / "m.yaml"
    mapping.write_text(text[: text.index("limits:")] + text[text.index("calendar:") :], "utf-8")
    assert main(["ledger", *arguments(tmp_path / "out", mapping=mapping)]) == 0
    shown = capsys.readouterr().out
    assert "không cá nhân nào được đề nghị công khai" in shown and "Phạm Thị Lan" not in shown


@pytest.mark.parametrize(
    ("log", "mapping", "code"),
    [
        ("none.csv", MAPPING, 2),
        (LOG, "none.yaml", 2),
        (LOG, "case: Mã\nactivity: Tên bước\ntime: Thời gian thực hiện\n", 2),  # a column the log lacks
        (LOG, "case: [\n", 2),  # no YAML
        (LOG, "case: Mã hồ sơ\n", 1),  # no activity
        (LOG, "case: Mã hồ sơ\nactivity: Tên bước\ntime: Thời gian thực hiện\ncalendar: none\n", 2),
        ("a,b\n\xff", MAPPING, 2),
    ],
)
def test_refusals_are_one_line_with_a_next_step(tmp_path, capsys, log, mapping, code):
    if isinstance(mapping, str):
        (tmp_path / "m.yaml").write_text(mapping, "utf-8")
        mapping = tmp_path / ("none.yaml" if mapping == "none.yaml" else "m.yaml")
    if isinstance(log, str):
        (tmp_path / "log.csv").write_text(log, "latin-1")
        log = tmp_path / ("none.csv" if log == "none.csv" else "log.csv")
    mapping.unlink() if mapping.name == "none.yaml" and mapping.exists() else None
    assert main(["ledger", *arguments(tmp_path / "out", log=log, mapping=mapping)]) == code
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err.strip() and "Traceback" not in shown.err
    assert not (tmp_path / "out").exists()


def test_a_calendar_may_lie_beside_its_mapping(tmp_path, capsys):
    calendar = (rooms.SOURCE / "worktime" / "calendars" / "vn-example-commune.yaml").read_text("utf-8")
    (tmp_path / "lich.yaml").write_text(calendar, "utf-8")
    mapping = tmp_path / "m.yaml"
    mapping.write_text(MAPPING.read_text("utf-8").replace("calendar: vn", "calendar: lich.yaml"), "utf-8")
    assert main(["ledger", *arguments(tmp_path / "out", "--json", mapping=mapping)]) == 0
    assert json.loads(capsys.readouterr().out)["calendar"]["id"] == "vn-example-commune"


@pytest.mark.parametrize("words", [["ledger"], ["ledger", str(LOG)], ["ledger", "suggest"], ["ledger", "run"]])
def test_misuse_is_two(words):
    assert main(words) == 2


def test_progress_is_shown_on_a_terminal_only(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["ledger", *arguments(tmp_path / "out", "--json")]) == 0
    json.loads(capsys.readouterr().out)
    with command_module._progress("vi") as show:
        assert show is not None
        show("read", 10, None)
        show("compute", 1, 2)


class TestSuggest:
    def test_the_proposal_can_be_used_as_it_is(self, tmp_path, capsys):
        assert main(["ledger", "suggest", str(LOG)]) == 0
        mapping = tmp_path / "m.yaml"
        mapping.write_text(capsys.readouterr().out, "utf-8")
        assert main(["ledger", *arguments(tmp_path / "out", mapping=mapping)]) == 0

    def test_in_english_and_json(self, capsys):
        assert main(["ledger", "suggest", str(LOG), "--lang", "en"]) == 0
        assert "for example:" in capsys.readouterr().out
        assert main(["ledger", "suggest", str(LOG), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["mapping"]["case"] == "Mã hồ sơ"

    def test_nothing_to_suggest_is_one(self, tmp_path, capsys):
        log = tmp_path / "log.csv"
        log.write_text("a,b\nx,1\ny,2\n")
        assert main(["ledger", "suggest", str(log)]) == 1
        shown = capsys.readouterr()
        assert "time:  # ?" in shown.out and shown.err.strip()

    def test_no_log_is_two(self, tmp_path):
        assert main(["ledger", "suggest", str(tmp_path / "none")]) == 2


@pytest.mark.requirement(71)
def test_courses_of_all_or_of_those_named_are_written_out(tmp_path, capsys):
    assert main(["ledger", *arguments(tmp_path / "out", "--no-report")]) == 0
    capsys.readouterr()
    assert main(["ledger", "courses", str(tmp_path / "out")]) == 0
    assert names_in(tmp_path / "out") == sorted([*DATA, "courses-1.html", "courses-1.xlsx"])
    assert "courses-1.xlsx" in capsys.readouterr().out
    assert main(["ledger", "courses", str(tmp_path / "out"), "không-có"]) == 1
    assert "không-có" in capsys.readouterr().err
    assert main(["ledger", "courses", str(tmp_path)]) == 2
    assert "ledger.not_a_run" in capsys.readouterr().err
