"""What may be uploaded and what examining it may cost: dated and sourced, `limits.yaml`. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from cchc.files.signatures import KINDS
from cchc.records.schema import Fields, as_choice, as_count, as_items, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import read_yaml
from cchc.tables.limited_process import Bounds
from cchc.tables.limits import Limits

_WHAT: Final = LocalText("giới hạn tệp tải lên", "limits of uploads")
_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Each key as `limits.yaml` explains it. A megabyte is a million bytes."""

    kinds: tuple[str, ...]
    file_megabytes: int
    files_per_person_per_day: int
    files_per_object: int
    image_megapixels: int
    image_side: int
    pdf_pages: int
    page_side: int
    text_characters: int
    archive_members: int
    archive_megabytes: int
    archive_expansion: int
    process_megabytes: int
    process_cpu_seconds: int
    process_wall_seconds: int

    @property
    def file_bytes(self) -> int:
        """Size of a file as it arrives."""
        return self.file_megabytes * _MEGABYTE

    @property
    def bounds(self) -> Bounds:
        """Of the process that parses; what it hands back is a picture or a text, well under an expanded archive."""
        return Bounds(
            self.process_megabytes * _MEGABYTE,
            self.process_cpu_seconds,
            self.process_wall_seconds,
            self.archive_megabytes * _MEGABYTE,
        )

    @property
    def tables(self) -> Limits:
        """The same, for the reader of Office packages."""
        return Limits(
            file_bytes=self.file_bytes,
            members=self.archive_members,
            expanded_bytes=self.archive_megabytes * _MEGABYTE,
            expansion=self.archive_expansion,
        )


def limits_on(day: date) -> UploadLimits:
    """What holds on that day. Raises `records.not_in_force`."""
    return record_on(day).value


def record_on(day: date) -> Dated[UploadLimits]:
    """The same with its days, its source and its doubt."""
    return _timeline().as_of(day)


@cache
def _timeline() -> Timeline[UploadLimits]:
    return read_limits((resources.files("cchc.files") / "limits.yaml").read_bytes(), "cchc/files/limits.yaml")


def read_limits(content: bytes, file: str) -> Timeline[UploadLimits]:
    """All records of a file. Raises what `records` refuses, with file and line."""
    with reading(read_yaml(content, file)) as of_file:
        return Timeline(_WHAT, [_record(node) for node in as_items(of_file.need("limits"))])


def _record(node: object) -> Dated[UploadLimits]:
    return as_dated(node, _limits)  # type: ignore[arg-type]


def _limits(of_record: Fields) -> UploadLimits:
    kinds = tuple(as_choice(node, tuple(KINDS)) for node in as_items(of_record.need("kinds")))
    counts = {one.name: as_count(of_record.need(one.name)) for one in fields(UploadLimits) if one.name != "kinds"}
    return UploadLimits(kinds=kinds, **counts)
