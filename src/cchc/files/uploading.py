"""Uploads are stopped before they are read when they are larger than any file may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any, Final, TypeVar

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.timezone import localdate

from cchc.files.limits import limits_on

_FORM: Final = 1_000_000  # bytes that the other fields of a form may take
_MEGABYTE: Final = 1_000_000
V = TypeVar("V", bound=Callable[..., Any])


def takes_uploads_of(megabytes: int) -> Callable[[V], V]:
    """Declare that a page takes files of that size, whatever files may be elsewhere: the outermost decorator."""

    def declare(view: V) -> V:
        view.upload_bytes = megabytes * _MEGABYTE  # type: ignore[attr-defined]
        return view

    return declare


class BoundedUploads(FileUploadHandler):
    """Stands first among the handlers and hands everything on to the next."""

    def handle_raw_input(
        self, input_data: IO[bytes], META: dict[str, Any], content_length: int, boundary: bytes,  # noqa: N803 - Django's
        encoding: str | None = None,
    ) -> None:  # fmt: skip
        """Raise `RequestDataTooBig` by what the request says of its length; no more than that is ever read."""
        if content_length > self._most() + _FORM:
            raise RequestDataTooBig("the upload is larger than a file may be")

    def _most(self) -> int:
        """Of the page that is asked for, where it says so."""
        found = getattr(self.request, "resolver_match", None)
        return int(getattr(getattr(found, "func", None), "upload_bytes", 0) or limits_on(localdate()).file_bytes)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """To the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Another handler makes the file."""
