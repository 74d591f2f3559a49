"""Uploads are stopped before they are read when they are larger than any file may be."""

from __future__ import annotations

from typing import IO, Any, Final

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.timezone import localdate

from cchc.files.limits import limits_on

_FORM: Final = 1_000_000  # bytes that the other fields of a form may take


class BoundedUploads(FileUploadHandler):
    """Stands first among the handlers and hands everything on to the next."""

    def handle_raw_input(
        self, input_data: IO[bytes], META: dict[str, Any], content_length: int, boundary: bytes,  # noqa: N803 - Django's
        encoding: str | None = None,
    ) -> None:  # fmt: skip
        """Raise `RequestDataTooBig` by what the request says of its length; no more than that is ever read."""
        if content_length > limits_on(localdate()).file_bytes + _FORM:
            raise RequestDataTooBig("the upload is larger than a file may be")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """To the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Another handler makes the file."""
