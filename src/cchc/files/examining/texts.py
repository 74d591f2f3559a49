"""Text taken out of a file, fit to be shown."""

from __future__ import annotations

from cchc.files.limits import UploadLimits
from cchc.records.text import INVISIBLE, nfc

_CUT = " …"


def tidy(text: str, limits: UploadLimits) -> str:
    """In NFC, without invisible characters, lines ended by line feeds; cut with an ellipsis past `text_characters`."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    whole = INVISIBLE.sub("", nfc(lines[: 2 * limits.text_characters])).strip()
    return whole if len(whole) <= limits.text_characters else whole[: limits.text_characters] + _CUT
