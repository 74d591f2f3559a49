"""Recognising Vietnamese from before Unicode: TCVN3 (fonts .VnTime), VNI (fonts VNI-Times), Windows-1258.

Such text is never converted by guess: the reader is told which it is. In TCVN3 symbols stand inside words
(`§iÓm thÈm ®Þnh`), in VNI Western letters behind vowels (`Ñieåm thaåm ñònh`); Unicode Vietnamese has neither.
"""

from __future__ import annotations

import re
from typing import Final

_TCVN3: Final = re.compile("(?<=[A-Za-z])[¨©ª¬\xad®µ¶·¸¹¼½¾]|[©ª¬\xad®§](?=[A-Za-z])")
_VNI: Final = re.compile("(?<=[aeouyôöAEOUYÔÖ])[åäïøûëüÅÄÏØÛËÜ]|[ñÑ](?=[aeiouyôöAEIOUYÔÖ])")
_WINDOWS_1258: Final = re.compile("(?<=[aeiouyâêôãõýAEIOUYÂÊÔÃÕÝ])[ÌÒÞìò]")
_UNICODE: Final = re.compile("[ăđơưĂĐƠƯẠ-ỹ]")
_SAMPLE: Final = 200_000
_ENOUGH: Final = 3  # different signs: one alone may be a unit such as µ, or somebody's name


def legacy_encoding(text: str) -> str | None:
    """`TCVN3` or `VNI` when the text is that, seen as Western letters, more than it is Vietnamese; else None."""
    return _most_seen(text, {"TCVN3": _TCVN3, "VNI": _VNI}, len(_UNICODE.findall(text, 0, _SAMPLE)))


def legacy_encoding_of_bytes(content: bytes) -> str | None:
    """What bytes that are not UTF-8 seem to be: `TCVN3`, `VNI`, `Windows-1258`, or None."""
    signs = {"TCVN3": _TCVN3, "VNI": _VNI, "Windows-1258": _WINDOWS_1258}
    return _most_seen(content[:_SAMPLE].decode("latin-1"), signs, 0)


def _most_seen(text: str, signs: dict[str, re.Pattern[str]], vietnamese: int) -> str | None:
    seen = {name: sign.findall(text, 0, _SAMPLE) for name, sign in signs.items()}
    name = max(seen, key=lambda candidate: len(seen[candidate]))
    return name if len(set(seen[name])) >= _ENOUGH and len(seen[name]) > vietnamese else None
