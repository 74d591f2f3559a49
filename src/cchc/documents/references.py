"""How a paper is referred to: its number, its day, its kind, itself in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from cchc.documents.layout import Layout
from cchc.documents.model import Document
from cchc.documents.text import one_line
from cchc.records.dates import format_official_date

_ROOM: Final = "\N{NO-BREAK SPACE}" * 6  # to be filled in by hand or when the paper is issued
_ROMAN: Final = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def kind_of(document: Document, layout: Layout) -> str | None:
    """`Báo cáo`; None for a letter, which has no name."""
    return document.title or layout.kinds[document.kind].name


def number_of(document: Document) -> str | None:
    """`01/BC-HĐ`, room in place of a number not given yet; None for a paper without number."""
    if document.number is None:
        return None
    value = document.number.value
    return f"{_ROOM if value is None else f'{value:02}'}/{document.number.symbol}"


def day_of(on: date | int | None) -> str:
    """`ngày 01 tháng 12 năm 2022`, room for what is not known yet."""
    if isinstance(on, date):
        return format_official_date(on)
    return f"ngày{_ROOM}tháng{_ROOM}năm{_ROOM if on is None else f' {on}'}"


def title_of(document: Document, layout: Layout) -> str:
    """What the file calls itself: kind, number, summary."""
    has_number = document.number is not None and document.number.value is not None
    parts = (kind_of(document, layout), number_of(document) if has_number else None, document.summary)
    return " ".join(one_line(part) for part in parts if part)


def attached_to(document: Document, layout: Layout) -> str:
    """`(Kèm theo Báo cáo số 01/BC-HĐ ngày 01 tháng 12 năm 2022 của Hội đồng …)`, under an annex's title."""
    return f"({' '.join(_attached(document, layout))})"


def _attached(document: Document, layout: Layout) -> Iterator[str]:
    yield layout.phrases["attached"]
    if kind := kind_of(document, layout):
        yield kind
    if number := number_of(document):
        yield f"{layout.phrases['number_in_text']} {number}"
    yield f"{day_of(document.on)} {layout.phrases['issued_by']} {one_line(document.issuer.body)}"


def roman(number: int) -> str:
    """`IV`, for annexes and quarters; 1 to 39."""
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text
