"""A paper of this room as a file to take along."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.http import HttpResponse
from django.utils.timezone import localdate

from cchc.documents.formats import FORMATS
from cchc.documents.model import Document
from cchc.interface.answering import file_answer
from cchc.papers.composing import layout_of
from cchc.records.errors import refuse


def paper_answer(document: Document, form: str, stem: str) -> HttpResponse:
    """DOCX, PDF or XLSX under that name. Raises `oversight.form_not_found` for any other."""
    if form not in FORMATS:
        raise refuse("oversight.form_not_found")
    write, content_type = FORMATS[form]
    return file_answer(write(document, layout_of(document, localdate())), content_type, f"{stem}.{form}")


def papers_answer(documents: Mapping[str, Document], stem: str) -> HttpResponse:
    """Several papers as DOCX in one ZIP, each under its own name."""
    write, _content_type = FORMATS["docx"]
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as package:
        for name, document in documents.items():
            package.writestr(ZipInfo(f"{name}.docx"), write(document, layout_of(document, localdate())))
    return file_answer(packed.getvalue(), "application/zip", f"{stem}.zip")
