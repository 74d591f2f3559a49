"""Finding and ordering Vietnamese text, the same on every database.

PostgreSQL and SQLite disagree about đ, tone marks and order, so both store keys made here.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTERS: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANKS: Final = {letter: f"{40 + rank}" for rank, letter in enumerate(_LETTERS)} | {
    str(digit): f"{20 + digit}" for digit in range(10)
}


def fold(text: str) -> str:
    """What a person types without tone marks: `Đăk Tờ Re` → `dak to re`. Idempotent, NFC or NFD alike."""
    bare = (c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(bare).replace("đ", "d").split())


def sort_key(text: str) -> str:
    """Dictionary order of Vietnamese as a string of digits, safe under any collation.

    Letters first (a ă â … d đ …), then tones (ngang, huyền, hỏi, ngã, sắc, nặng), then case. Numbers
    inside text order by digit, as in a dictionary.
    """
    letters: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    for character in unicodedata.normalize("NFC", " ".join(text.split())):
        letter, tone = _split_tone(character.lower())
        letters.append(_RANKS.get(letter) or _rank_of_other(letter))
        tones.append(tone)
        cases.append("1" if character.isupper() else "0")
    return f"{''.join(letters)}00{''.join(tones)}00{''.join(cases)}"


def _split_tone(letter: str) -> tuple[str, str]:
    """`ờ` → (`ơ`, huyền): the tone mark apart, the letter's own mark (ă â đ ê ô ơ ư) kept."""
    parts = unicodedata.normalize("NFD", letter)
    tone = next((_TONES[mark] for mark in parts if mark in _TONES), "0")
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES)), tone


def _rank_of_other(letter: str) -> str:
    """White space and punctuation before digits; foreign letters after z, by code point."""
    if letter.isspace():
        return "10"
    return f"{99 if letter.isalpha() else 11}{ord(letter[0]):07}"
