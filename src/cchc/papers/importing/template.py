"""The workbook that people fill in: the library as it is, with notes and drop-down lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from cchc.organizations.importing.layout import NO, YES
from cchc.papers.importing.layout import SHEET
from cchc.papers.kinds import BASIS_KINDS
from cchc.papers.models import LegalBasis
from cchc.tables.writing import Column, SheetToWrite, WrittenValue, write_xlsx

_SPARE_ROWS: Final = 200


def template_workbook(bases: Iterable[LegalBasis]) -> bytes:
    """XLSX with these bases, each with what replaces it, and rows to go on in."""
    columns = tuple(
        Column(one.names[0], one.width, _kind(one.kind), choices=one.choices, note=one.note or None)
        for one in SHEET.columns
    )
    rows = [_row(basis) for basis in bases]
    return write_xlsx([SheetToWrite(SHEET.name, columns, rows, frozen_columns=2, spare_rows=_SPARE_ROWS)])


def _kind(kind: str) -> Literal["text", "date"]:
    return "date" if kind == "date" else "text"


def _row(basis: LegalBasis) -> Sequence[WrittenValue]:
    replaced = basis.replaced_by.number if basis.replaced_by else ""
    return (
        BASIS_KINDS[basis.kind].vi, basis.number, basis.issued_on, basis.issuer, basis.title, basis.starts_on,
        basis.ends_on, replaced, basis.source_document, basis.source_on, YES if basis.verified else NO, basis.doubt,
    )  # fmt: skip
