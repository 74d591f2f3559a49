"""The name a file came with: shown to people, offered when it is handed out, never a path on this machine. Pure."""

from __future__ import annotations

import re
from typing import Final

from cchc.files.signatures import KINDS, Kind
from cchc.records.errors import unreadable
from cchc.records.text import INVISIBLE, nfc

LONGEST: Final = 150
_NAMELESS: Final = "tep"
_FORBIDDEN: Final = re.compile(r'[<>:"|?*%;$`{}#&]')  # by Windows, by headers, by the languages of templates
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_EXTENSION: Final = re.compile(r"[A-Za-z0-9]{1,10}")


def shown_name(raw: str, kind: Kind) -> str:
    """What is left of the name once it can do no harm, with the extension of its kind: `Báo cáo 45.pdf`."""
    stem, _ = _split(clean(raw))
    stem = stem.strip(" .") or _NAMELESS
    if _DEVICE.fullmatch(stem):
        stem = f"_{stem}"
    extension = kind.extensions[0]
    return f"{stem[: LONGEST - len(extension) - 1].rstrip(' .')}.{extension}"


def check_extension(raw: str, kind: Kind) -> None:
    """Raise `Unreadable` with `files.wrong_extension` when the name promises another kind of file.

    Any extension of an image fits any image: telephones and messengers rename them, and they are made anew anyway. A
    name without an extension promises nothing.
    """
    _, extension = _split(clean(raw))
    fitting = {name for other in KINDS.values() if _is_alike(other, kind) for name in other.extensions}
    if extension and extension.lower() not in fitting:
        raise unreadable("files.wrong_extension", extension=extension, kind=kind.code.upper())


def clean(raw: str) -> str:
    """The last part of a path, in NFC, without invisible or forbidden characters, spaces folded."""
    last = INVISIBLE.sub("", nfc(raw)).replace("\\", "/").rsplit("/", 1)[-1]
    return " ".join(_FORBIDDEN.sub("_", last).split())


def _split(name: str) -> tuple[str, str]:
    """Stem and extension; the `5` of `bản 1.5` is none."""
    stem, dot, extension = name.rpartition(".")
    has_one = dot and _EXTENSION.fullmatch(extension) and not extension.isdigit()
    return (stem, extension) if has_one else (name, "")


def _is_alike(other: Kind, kind: Kind) -> bool:
    return other == kind or other.family == kind.family == "image"
