"""`cchc rules check`: what holds on a day, and every fault of every file with its line."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

from cchc.cli.main import main
from cchc.files import limits
from cchc.followups import rules

GUIDE = Path(__file__).parents[2] / "docs" / "rules.md"


def shipped(room: str, file: str) -> str:
    return (resources.files(f"cchc.{room}") / file).read_text(encoding="utf-8")


def test_every_file_is_read_and_said_with_its_newest_first_day(capsys):
    assert main(["rules", "check", "--as-of", "2026-11-29", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    files = {one["file"]: one for one in told["files"]}
    assert told["as_of"] == "2026-11-29" and all(one["records"] for one in files.values())
    assert files["followups/rules.yaml"] == {
        "file": "followups/rules.yaml", "records": 1, "since": "2005-01-01", "unverified": 1,
    }  # fmt: skip
    assert files["registers/kinds.yaml"]["records"] == 6
    assert files["assessments/rules.yaml"]["unverified"] == 2
    assert files["assessments/notice_texts.yaml"]["records"] == 12
    guide = GUIDE.read_text(encoding="utf-8")
    assert [file for file in files if f"`{file}`" not in guide] == []


def test_people_read_a_table(capsys):
    assert main(["rules", "check", "--as-of", "2026-11-29"]) == 0
    out = capsys.readouterr().out
    assert "followups/rules.yaml" in out and "01/01/2005" in out and "Đọc được cả" in out


def test_a_day_before_the_first_record_is_said(capsys):
    assert main(["rules", "check", "--as-of", "2004-12-31", "--lang", "en"]) == 1
    err = capsys.readouterr().err
    assert "Rules of following up tasks" in err and "records.not_in_force" in err


def test_faults_of_several_files_are_told_at_once_with_their_lines(capsys, monkeypatch):
    bad = shipped("followups", "rules.yaml").replace("report: 10", "report: ten")
    worse = shipped("files", "limits.yaml").replace("pdf_pages: 1500", "pdf_pages: -1")
    monkeypatch.setattr(rules, "_timeline", lambda: rules.read_rules(bad.encode(), "cchc/followups/rules.yaml"))
    monkeypatch.setattr(limits, "_timeline", lambda: limits.read_limits(worse.encode(), "cchc/files/limits.yaml"))
    assert main(["rules", "check", "--lang", "en"]) == 1
    err = capsys.readouterr().err
    assert "cchc/followups/rules.yaml:15: “ten” is not a count" in err and "cchc/files/limits.yaml:" in err


def test_the_installations_own_files_are_named(capsys, settings, tmp_path):
    own, images = tmp_path / "thoi-han.yaml", tmp_path / "anh.yaml"
    own.write_text(shipped("privacy", "rules.yaml"), encoding="utf-8")
    images.write_text(shipped("files", "rules.yaml"), encoding="utf-8")
    settings.CCHC_RETENTION_RULES, settings.CCHC_FILE_RULES = str(own), str(images)
    assert main(["rules", "check", "--as-of", "2026-11-29", "--json"]) == 0
    files = [one["file"] for one in json.loads(capsys.readouterr().out)["files"]]
    assert {str(own), str(images)} < set(files) and {"privacy/rules.yaml", "files/rules.yaml"}.isdisjoint(files)
