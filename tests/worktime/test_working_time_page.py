"""The page about counting does what it says, in both languages."""

from __future__ import annotations

import contextlib
import io
import shlex

import pytest

from cchc.cli.main import main
from tests.worktime.test_calendars_page import blocks, is_as_shown, shown

PAGES = ("working-time.md", "working-time.vi.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_command_prints_what_the_page_shows(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    runs = shown(page)
    assert len(runs) == 10
    for command, expected in runs:
        assert main(shlex.split(command)[1:]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) == len(expected), lines
        assert [line for line, said in zip(lines, expected, strict=True) if not is_as_shown(line, said)] == []


@pytest.mark.parametrize("page", PAGES)
def test_the_python_of_the_page_runs(page: str) -> None:
    (script,) = (text for kind, _, text in blocks(page) if kind == "python")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(script, {})
    assert out.getvalue().splitlines()[0] == "[2235, 130]"


def test_both_languages_show_the_same() -> None:
    english, vietnamese = ([command.replace(" --lang en", "") for command, _ in shown(page)] for page in PAGES)
    assert english == vietnamese
    scripts = [[text for kind, _, text in blocks(page) if kind == "python"] for page in PAGES]
    assert scripts[0] == scripts[1]
