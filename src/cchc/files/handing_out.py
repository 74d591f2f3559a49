"""Contents on their way out: never run, never guessed at, never framed."""

from __future__ import annotations

from typing import Final

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from cchc.files import storage
from cchc.files.models import StoredFile
from cchc.files.signatures import KINDS

_ALONE: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"


def download_of(file: StoredFile) -> HttpResponseBase:
    """The content as an attachment under its shown name (RFC 5987). Raises `files.content_not_found`, `…_changed`."""
    content = storage.open_whole(file.blob.sha256)
    kind = KINDS[file.blob.kind]
    return _guarded(FileResponse(content, as_attachment=True, filename=file.name, content_type=kind.content_type))


def picture(content: bytes, content_type: str) -> HttpResponseBase:
    """A picture for a page of ours."""
    return _guarded(HttpResponse(content, content_type=content_type))


def _guarded(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Content-Security-Policy"] = _ALONE
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
