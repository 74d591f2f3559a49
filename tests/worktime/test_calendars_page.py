"""The guide to calendars does what it says: its files are written, its commands run, in both languages."""

import re
import shlex
from pathlib import Path

import pytest

from cchc.cli.main import main
from cchc.worktime.loading import packaged_ids
from cchc.worktime.sheet_layout import DAYS, KIND_WORDS

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("calendars.md", "calendars.vi.md")
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(page: str) -> list[tuple[str, str, str]]:
    """Kind, name and text of every block, in order."""
    return BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))


def shown(page: str) -> list[tuple[str, list[str]]]:
    """Every command of the page with the lines it prints."""
    runs: list[tuple[str, list[str]]] = []
    for line in "".join(text for kind, _, text in blocks(page) if kind == "console").splitlines():
        if line.startswith("$ "):
            runs.append((line.removeprefix("$ "), []))
        else:
            runs[-1][1].append(line)
    return runs


def is_as_shown(found: str, expected: str) -> bool:
    """`…` at the end of a shown line stands for whatever follows."""
    return found.startswith(expected[:-1]) if expected.endswith("…") else found == expected


@pytest.mark.parametrize("page", PAGES)
def test_the_page_does_what_it_says(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for _, name, text in blocks(page):
        if name:
            Path(name).write_text(text, encoding="utf-8")
    runs = shown(page)
    assert len(runs) == 7
    for command, expected in runs:
        program, *arguments = shlex.split(command)
        assert program == "cchc"
        main(arguments)
        out, err = capsys.readouterr()
        assert err == ""
        lines = out.splitlines()
        assert len(lines) == len(expected), out
        assert [line for line, said in zip(lines, expected, strict=True) if not is_as_shown(line, said)] == []


def test_both_languages_show_the_same_files_and_commands():
    english, vietnamese = PAGES
    files = [(name, text) for kind, name, text in blocks(english) if name]
    assert files == [(name, text) for kind, name, text in blocks(vietnamese) if name]
    commands = [command.replace(" --lang en", "") for command, _ in shown(english)]
    assert commands == [command for command, _ in shown(vietnamese)]


@pytest.mark.parametrize("page", PAGES)
def test_the_page_names_what_there_is(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    assert [id for id in packaged_ids() if f"`{id}`" not in text] == []
    assert all(KIND_WORDS[kind] in text for kind in ("closed", "mon", "sun", "hours"))
    titles = {part.title for part in DAYS.parts}
    tables = [block for kind, _, block in blocks(page) if kind == "csv"]
    assert set(tables[0].splitlines()[0].split(",")) <= titles
