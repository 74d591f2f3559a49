"""What stays in images as they are kept: dated, sourced data, `rules.yaml` or the file that `CCHC_FILE_RULES` names.

A file that is unclear is refused whole, with line and next step: nothing is kept or taken away by a rule that nobody
understands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Final

from django.conf import settings

from cchc.records.errors import Place, unreadable
from cchc.records.schema import Fields, as_choice, as_items, reading
from cchc.records.text import LocalText
from cchc.records.timelines import Dated, Timeline, as_dated
from cchc.records.yaml_text import read_yaml

_WHAT: Final = LocalText("quy định về tệp tải lên", "rules of uploads")
_SHIPPED: Final = "cchc/files/rules.yaml"
_KEEP: Final = "keep"
_CHOICES: Final = ("strip", _KEEP)


@dataclass(frozen=True, slots=True)
class FileRules:
    """`keeps_position`: whether where a photo was taken stays in it."""

    keeps_position: bool


def rules_on(day: date) -> Dated[FileRules]:
    """What holds on that day. Raises what `read_rules` refuses, `files.rules_unreadable`, `records.not_in_force`."""
    return read_rules(*_content()).as_of(day)


def read_rules(content: bytes, file: str) -> Timeline[FileRules]:
    """All rules of a file. Raises the errors of `records`, with the line."""
    with reading(read_yaml(content, file)) as fields:
        dated = [as_dated(node, _rules) for node in as_items(fields.need("rules"))]
    return Timeline(_WHAT, dated)


def _rules(fields: Fields) -> FileRules:
    return FileRules(as_choice(fields.need("image_position"), _CHOICES) == _KEEP)


def _content() -> tuple[bytes, str]:
    """The file of the installation, else the one that ships."""
    own = settings.CCHC_FILE_RULES
    if not own:
        return (resources.files("cchc.files") / "rules.yaml").read_bytes(), _SHIPPED
    try:
        return Path(own).read_bytes(), own
    except OSError as error:
        raise unreadable("files.rules_unreadable", Place(own)) from error
