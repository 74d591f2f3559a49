"""Finding and ordering Vietnamese text, the same on every database.

PostgreSQL and SQLite disagree about đ, tone marks and order, so both store keys made here.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_NO_TONE: Final = "0"
_FOREIGN_MARK: Final = "6"
_LETTERS: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANKS: Final = {letter: f"{40 + rank}" for rank, letter in enumerate(_LETTERS)}
# What stands for đ where a keyboard or an old font had none, and the ƀ of Ê-đê and Ba Na names.
_STROKES: Final = str.maketrans("đðɖƀ", "dddb")
# In decomposed text: a number, or a letter with the marks that stand on it.
_SIGN: Final = re.compile(r"[0-9]{1,99}|.[\u0300-\u036f]*", re.DOTALL)


def fold(text: str) -> str:
    """What a person types without tone marks: `Đăk Tờ Re` → `dak to re`. Idempotent, NFC or NFD alike."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    bare = (c for c in apart if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join("".join(bare).translate(_STROKES).split())


def sort_key(text: str) -> str:
    """Dictionary order of Vietnamese as a string of digits, safe under any collation.

    Letters first (a ă â … d đ …), then tones (ngang, huyền, hỏi, ngã, sắc, nặng), then small before capital. White
    space comes before punctuation, numbers and letters; numbers order by value: `Phường 2` before `Phường 10`.
    """
    signs: list[str] = _SIGN.findall(unicodedata.normalize("NFD", " ".join(text.split())))
    ranks, tones = zip(*map(_weigh, signs), strict=True) if signs else ((), ())
    capitals = ("1" if sign[0].isupper() else "0" for sign in signs)
    return "00".join(map("".join, (ranks, tones, capitals)))


def _weigh(sign: str) -> tuple[str, str]:
    """The rank of a sign and its tone: for `ờ` the rank of `ơ`, and huyền. No rank starts another, none with 0."""
    if sign.isdecimal() and sign.isascii():
        value = sign.lstrip("0")
        return f"30{len(value):02}{value}", str(min(len(sign) - len(value), 9))
    base, marks = sign[0].lower(), sign[1:]
    letter = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in _TONES))
    if letter in _RANKS:
        return _RANKS[letter], next((_TONES[mark] for mark in marks if mark in _TONES), _NO_TONE)
    return _RANKS.get(base) or _rank_of_other(base), _FOREIGN_MARK if marks else _NO_TONE


def _rank_of_other(base: str) -> str:
    """White space, then punctuation; foreign letters after z; each by code point."""
    if base.isspace():
        return "10"
    return f"{99 if base.isalpha() else 11}{ord(base[0]):07}"
