"""XLSX that prints as the paper does: one sheet for the paper, one for each annex, tables as real cells.

Text is stored as text whatever it looks like. The only formulas are the sums that a total row names, with the value
that the paper prints.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from cchc.documents.composition import compose
from cchc.documents.layout import Layout
from cchc.documents.model import Document
from cchc.documents.pieces import Composed, Leaf
from cchc.documents.xlsx_sheet import Formats, Sheet
from cchc.tables.workbook import SheetNames, new_workbook

_PAPER_CODES: Final = {"A4": 9, "A5": 11}
_INCH: Final = 25.4


def write_xlsx(document: Document, layout: Layout) -> bytes:
    """The paper as a workbook, the same bytes every time. Raises `tables.cell_too_long`."""
    composed = compose(document, layout)
    target = BytesIO()
    book = new_workbook(target, constant_memory=False)
    made = datetime(*composed.on.timetuple()[:3], tzinfo=UTC)
    book.set_properties({"title": composed.title[:255], "author": composed.author[:255], "created": made})
    names, formats = SheetNames(), Formats(book, composed)
    for leaf in composed.leaves:
        page = book.add_worksheet(names.new(leaf.name))
        _set_up(page, leaf, composed, _PAPER_CODES[document.paper_size])
        Sheet(page, leaf, formats).write()
    book.close()
    return target.getvalue()


def _set_up(page: Any, leaf: Leaf, composed: Composed, paper_code: int) -> None:
    sheet = leaf.page
    page.set_paper(paper_code)
    if sheet.is_landscape:
        page.set_landscape()
    page.set_margins(*(float(edge) / _INCH for edge in (sheet.left, sheet.right, sheet.top, sheet.bottom)))
    marks = composed.marks.replace("&", "&&")
    page.set_header(f"&C&P&R&B{marks}" if marks else "&C&P", {"margin": float(sheet.header) / _INCH})
    page.set_start_page(1)
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)
