"""How this room's pages with a form answer: inside its own frame; files to take along."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from cchc.interface import answering

FRAME = "registers/base.html"
answer_form = partial(answering.answer_form, frame=FRAME)
form_page = require_http_methods(["GET", "HEAD", "POST"])
_CSV = "text/csv; charset=utf-8"


def csv(content: bytes, name: str) -> HttpResponse:
    """A table to take along as CSV, kept by nobody on the way."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, _CSV, headers=headers)
