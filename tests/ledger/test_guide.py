"""The guide is true: its mapping loads, its keys are all there are, its figures are those of the sample."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from cchc.cli.main import main
from cchc.ledger.mapping import LogMapping
from cchc.ledger.mapping_reading import read_mapping
from cchc.records.words import sentences
from tests.support import rooms

GUIDES = {"en": "ledger.md", "vi": "ledger.vi.md"}
SAMPLES = rooms.SOURCE / "ledger" / "samples"


def text(language: str) -> str:
    return (rooms.ROOT / "docs" / GUIDES[language]).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", GUIDES)
def test_the_mapping_of_the_guide_loads_and_names_every_key(language):
    (example,) = re.findall(r"```yaml\n(.*?)```", text(language), re.DOTALL)
    read_mapping(example, "guide.yaml")
    named = set(re.findall(r"^(\w+):", example, re.MULTILINE)) | set(
        re.findall(r"^\| `(\w+):", text(language), re.MULTILINE)
    )
    assert named == {field.name for field in fields(LogMapping)}


@pytest.mark.parametrize("language", GUIDES)
def test_every_reason_to_reject_is_explained(language):
    reasons = {code.removeprefix("ledger.reject_") for code in sentences("ledger") if code.startswith("ledger.reject_")}
    assert all(f"`{reason}`" in text(language) for reason in reasons)


@pytest.mark.parametrize("language", GUIDES)
def test_the_report_of_the_guide_is_what_the_command_says(tmp_path: Path, capsys, language):
    log = SAMPLES / "igate-nhat-ky.csv"
    mapping = log.with_suffix(".yaml")
    assert (
        main(["ledger", str(log), "--mapping", str(mapping), "--out", str(tmp_path / "out"), "--lang", language]) == 0
    )
    said = " ".join(capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ").split())
    (shown,) = (block for block in re.findall(r"```\n(.*?)```", text(language), re.DOTALL) if "47" in block)
    for line in shown.splitlines():
        assert " ".join(line.split()).removesuffix("…") in said


@pytest.mark.parametrize("language", GUIDES)
def test_every_count_is_explained(tmp_path: Path, capsys, language):
    log = SAMPLES / "igate-nhat-ky.csv"
    main(["ledger", str(log), "--mapping", str(log.with_suffix(".yaml")), "--out", str(tmp_path / "out")])
    summary = (tmp_path / "out" / "summary.json").read_text(encoding="utf-8")
    counts = re.search(r'"counts": \{(.*?)\}', summary, re.DOTALL)
    assert counts is not None
    assert [name for name in re.findall(r'"(\w+)":', counts[1]) if f"`{name}`" not in text(language)] == []
