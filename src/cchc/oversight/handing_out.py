"""A paper of this room as a file to take along."""

from __future__ import annotations

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
