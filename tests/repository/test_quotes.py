"""Texts quote with “ ” in both languages, on pages, in papers, refusals, guides and shipped data."""

from pathlib import Path

import pytest

from tests.support import rooms

OTHERS = "\u00ab\u00bb"
"""What other languages quote with."""
WITH_TEXTS = {".py", ".html", ".txt", ".yaml", ".md", ".po", ".css", ".js", ".typ"}
QUOTED_INPUT = {"tests/tables/test_csv_reading.py"}
"""Where such a sign is what somebody else wrote."""


def strange_quotes(path: Path) -> list[int]:
    """The lines of a file in which such a sign stands."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return [number for number, line in enumerate(lines, 1) if set(OTHERS) & set(line)]


def test_texts_quote_in_one_way():
    texts = [path for path in rooms.repository_files() if path.suffix in WITH_TEXTS]
    wrong = {path.relative_to(rooms.ROOT).as_posix(): found for path in texts if (found := strange_quotes(path))}
    assert {name: lines for name, lines in wrong.items() if name not in QUOTED_INPUT} == {}
    assert set(wrong) == QUOTED_INPUT, "an exception that is none any more goes"


@pytest.mark.parametrize("sign", OTHERS)
def test_the_sign_is_found(tmp_path, sign):
    file = tmp_path / "words.yaml"
    file.write_text(f"one: đúng\ntwo: “x” và {sign}\n", encoding="utf-8")
    assert strange_quotes(file) == [2]
