"""Kinds of events of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

CONTENT_STORED: Final = "files.content_stored"
FILE_UPLOADED: Final = "files.file_uploaded"
FILE_DESCRIBED: Final = "files.file_described"
FILE_CITED: Final = "files.file_cited"
CITATION_ENDED: Final = "files.citation_ended"
CONTENT_SCANNED: Final = "files.content_scanned"
CONTENT_HELD: Final = "files.content_held"
CONTENT_RELEASED: Final = "files.content_released"
FILE_DELETED: Final = "files.file_deleted"
CONTENT_DELETED: Final = "files.content_deleted"

KINDS: Final[Mapping[str, LocalText]] = {
    CONTENT_STORED: LocalText("Lưu nội dung tệp", "Content stored"),
    FILE_UPLOADED: LocalText("Tải tệp lên", "File uploaded"),
    FILE_DESCRIBED: LocalText("Sửa thông tin tệp", "File described"),
    FILE_CITED: LocalText("Viện dẫn tệp", "File cited"),
    CITATION_ENDED: LocalText("Thôi viện dẫn tệp", "Citation ended"),
    CONTENT_SCANNED: LocalText("Quét mã độc", "Scanned for malware"),
    CONTENT_HELD: LocalText("Cách ly tệp", "Content held back"),
    CONTENT_RELEASED: LocalText("Bỏ cách ly tệp", "Content released"),
    FILE_DELETED: LocalText("Xóa tệp chưa được viện dẫn", "File cited nowhere deleted"),
    CONTENT_DELETED: LocalText("Xóa nội dung tệp", "Content deleted"),
}
