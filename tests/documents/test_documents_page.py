"""The guide to documents does what it says, in both languages."""

import contextlib
import io

import pytest

from tests.documents.reading import docx_text, pdf_text, xlsx_formulas
from tests.worktime.test_calendars_page import blocks

PAGES = ("documents.md", "documents.vi.md")


def test_the_example_runs_and_prints_what_the_page_shows(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = {kind: text for kind, _, text in blocks("documents.md")}
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(shown["python"], {})
    assert out.getvalue() == shown["text"]
    assert "Điều 2. Giám đốc Sở Nội vụ chịu trách nhiệm thi hành./." in docx_text(
        (tmp_path / "draft.docx").read_bytes()
    )
    assert "KT. CHỦ TỊCH" in pdf_text((tmp_path / "draft.pdf").read_bytes())
    assert [value for _, value in xlsx_formulas((tmp_path / "draft.xlsx").read_bytes())] == ["2086", "3"]


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_show_the_same_example(page):
    assert blocks(page) == blocks("documents.md")
