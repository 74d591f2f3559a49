"""Text in two languages, and the one form in which text is kept (NFC)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["vi", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("vi", "en")

# Control, bidirectional and zero-width characters, soft hyphens, other line separators, half pairs: what nobody sees,
# yet what makes two equal-looking keys differ, moves the line numbers of an editor or cannot be written to a file.
INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class LocalText:
    """A name or sentence in Vietnamese, with English where somebody wrote it."""

    vi: str
    en: str | None = None

    def in_language(self, language: Language) -> str:
        """The text in that language; Vietnamese where the English is missing."""
        return self.en if language == "en" and self.en else self.vi

    def __str__(self) -> str:
        return self.vi


def nfc(text: str) -> str:
    """Composed form: phones and macOS send decomposed letters, the product keeps one form."""
    return unicodedata.normalize("NFC", text)


def visible(text: str) -> str:
    """Composed, without what nobody sees, which comes along when text is copied out of other programs."""
    return INVISIBLE.sub("", nfc(text))


def one_line(text: str) -> str:
    """The same on one line, with single spaces: the form in which names are kept."""
    return " ".join(visible(text).split())
