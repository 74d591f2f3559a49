"""Text in two languages, and the one form in which text is kept (NFC)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["vi", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("vi", "en")


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
