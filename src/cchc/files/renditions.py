"""Pictures and texts of pages, made when somebody looks and kept beside the content."""

from __future__ import annotations

from django.utils.timezone import localdate

from cchc.files import storage
from cchc.files.examining import asking
from cchc.files.limits import limits_on
from cchc.files.models import Blob
from cchc.records.errors import Unreadable, unreadable

_FAILED = "failed"


def picture_of(blob: Blob, number: int) -> asking.Page:
    """A page of a PDF. Raises `Unreadable` when no picture can be made of it, which is remembered too."""
    picture, text = f"{number}.png", f"{number}.txt"
    found, words = storage.kept_picture(blob.sha256, picture), storage.kept_picture(blob.sha256, text)
    if found is not None and words is not None:
        return asking.Page(found, words.decode())
    _check_not_failed(blob, picture)
    with storage.opened(blob.sha256):
        try:
            page = asking.page(storage.path_of(blob.sha256), number, limits_on(localdate()))
        except Unreadable:
            storage.keep_picture(blob.sha256, f"{picture}.{_FAILED}", b"")
            raise
    storage.keep_picture(blob.sha256, picture, page.picture)
    storage.keep_picture(blob.sha256, text, page.text.encode())
    return page


def text_of(blob: Blob, number: int) -> str:
    """The text of an Office file, or of a page of a PDF without its picture. Raises `Unreadable`, as above."""
    name = f"{number}-only.txt"
    if (found := storage.kept_picture(blob.sha256, name)) is not None:
        return found.decode()
    _check_not_failed(blob, name)
    with storage.opened(blob.sha256):
        try:
            text = asking.text(storage.path_of(blob.sha256), blob.kind, number, limits_on(localdate()))
        except Unreadable:
            storage.keep_picture(blob.sha256, f"{name}.{_FAILED}", b"")
            raise
    storage.keep_picture(blob.sha256, name, text.encode())
    return text


def _check_not_failed(blob: Blob, name: str) -> None:
    if storage.kept_picture(blob.sha256, f"{name}.{_FAILED}") is not None:
        raise unreadable("files.too_complex")
