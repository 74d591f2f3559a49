"""`cchc procedures`: a file checked, shown, and the steps of a dossier planned."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from cchc.cli.main import main

SHIPPED = str(resources.files("cchc.procedures") / "shipped" / "mau-cap-xa.yaml")


def test_a_good_file_is_counted(capsys):
    assert main(["procedures", "check", SHIPPED, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"procedures": 2, "versions": 3}
    assert main(["procedures", "check", SHIPPED]) == 0
    assert "2 thủ tục, 3 phiên bản" in capsys.readouterr().out


def test_a_bad_one_is_refused_with_line_and_next_step(capsys, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("procedures:\n  - {code: A, name: B, versions: []}\n", encoding="utf-8")
    assert main(["procedures", "check", str(bad)]) == 1
    assert "bad.yaml" in capsys.readouterr().err
    assert main(["procedures", "check", str(tmp_path / "none.yaml")]) == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "sau examine, land_office"), ("en", "10 working days; interlinked one-stop; partly online")],
)
def test_one_is_shown_in_words(capsys, language, words):
    assert main(["procedures", "show", SHIPPED, "--code", "MAU-002", "--lang", language]) == 0
    out = capsys.readouterr().out
    assert words in out and "MAU-001" not in out


@pytest.mark.requirement(79)
def test_every_step_of_a_dossier_has_its_moment(capsys):
    assert main(["procedures", "plan", SHIPPED, "MAU-002", "2026-11-30T09:15", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    due = {one["id"]: one["due"] for one in told["steps"]}
    assert due["examine"] == "2026-12-08T14:45:00+07:00" and due["land_office"] == "2026-12-07T14:45:00+07:00"
    assert told["due"] == due["return"] == "2026-12-14T09:15:00+07:00"
    assert main(["procedures", "plan", SHIPPED, "MAU-002", "2026-11-30"]) == 0
    assert "Hẹn trả: " in capsys.readouterr().out


def test_the_version_of_the_day_counts_and_no_other(capsys):
    assert main(["procedures", "plan", SHIPPED, "MAU-002", "2026-06-01T09:15", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["steps"]) == 4
    assert main(["procedures", "plan", SHIPPED, "MAU-001", "2025-12-31T09:15"]) == 1
    assert main(["procedures", "plan", SHIPPED, "MAU-009", "2026-06-01T09:15"]) == 1
    assert "MAU-002" in capsys.readouterr().err
