"""What somebody might type who means harm. Each begins so that a shortened one still shows what it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

SUM: Final = "7070707070707"
"""What stands on a page where one of the payloads was run as a template, and in no hash by chance."""
MARK: Final = "cchcmark"
MARKUP: Final = (
    f'<{MARK}>"><{MARK} a=\'"><{MARK} on{MARK}=1 " on{MARK}=1 \' on{MARK}=1 </script></textarea></title>-->]]>'
    f"<{MARK}> <img src=x onerror=1> &lt;{MARK}&gt; {{{{ 7070707070706|add:1 }}}} {{% include 'x' %}} {{{{7*7}}}} "
    '#panic(1) #read("/etc/passwd") $x$ ${x} &P =1+1'
)
PAYLOADS: Final[Mapping[str, str]] = {
    "markup": MARKUP,
    "formula": f"=cmd|' /C calc'!A0<{MARK}>",
    "long link": f"javascript:{MARK}()//<{MARK}>" + "w" * 10_000,
    "lines": f"<{MARK}>\r\nX-{MARK}: 1\r\n\r\nBEGIN:VALARM\r\nATTENDEE:mailto:{MARK}@x.vn",
    "odd letters": f"<{MARK}>\u202egnp.exe\u202c\u2066\u200b\ufeff\0a\x07\x1b[31m\ud800x",
}
_SHORT: Final = (f"<{MARK}>", "<b>'\"&", "<b>")


def fitted(payload: str, longest: int | None) -> str:
    """As much of it as a field takes, at least an opening tag."""
    if longest is None or len(payload) <= longest:
        return payload
    return next((short for short in _SHORT if len(short) <= longest < 40), payload[:longest])


ODD_LETTERS: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
"""What no field may keep: PostgreSQL refuses it, and no file can hold it."""
