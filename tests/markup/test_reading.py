"""The readers of these tests find what they look for, so that finding nothing says something."""

from __future__ import annotations

import pytest

from cchc.tables.writing import Column, SheetToWrite, write_csv, write_xlsx
from tests.markup.payloads import MARK, MARKUP
from tests.markup.reading import Page, sheet_of_commas, workbook


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (f"<p>{MARKUP}</p>", "an element"),
        (f"<p title='{MARKUP}'>", "an attribute"),
        (f"<textarea>{MARKUP}</textarea>", "an element"),
        (f"<p title=x on{MARK}=1>", "an attribute"),
        ("<a href=' java\nscript:x()'>x</a>", "a program's address"),
        ("<button hx-get='javascript:x()'>x</button>", "a program's address"),
        ("<div hx-on:click='x()'>x</div>", "a program"),
        ("<script>let x = 1</script>", "a script"),
        ('<script type="application/json">"<b>"</script>', "an open script"),
        (f"<!-- {MARK} -->", "a comment"),
    ],
)
def test_a_page_that_runs_what_was_typed_is_found(html, found):
    assert [trouble for trouble in Page(html).trouble if trouble.startswith(f"{found}:")]


def test_a_page_that_shows_it_is_none():
    page = Page("<p title='&lt;cchcmark&gt;'>&lt;cchcmark&gt;</p><script type='application/json'>{\"a\": 1}</script>")
    assert page.trouble == []
    assert page.seen.startswith("<cchcmark><cchcmark>")


def test_a_formula_is_found():
    with pytest.raises(AssertionError):
        sheet_of_commas(b"a,=1+1\n")
    assert "=1+1" in workbook(write_xlsx([SheetToWrite("x", (Column("a"),), (("=1+1",),))]))
    assert "=1+1" in sheet_of_commas(write_csv(["a"], [["=1+1"]]))
