"""The formats in which a paper is handed out, by the ending of the file: who writes it, and its content type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cchc.documents.docx_writing import write_docx
from cchc.documents.layout import Layout
from cchc.documents.model import Document
from cchc.documents.pdf_writing import write_pdf
from cchc.documents.xlsx_writing import write_xlsx

FORMATS: Final[Mapping[str, tuple[Callable[[Document, Layout], bytes], str]]] = {
    "docx": (write_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (write_pdf, "application/pdf"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
