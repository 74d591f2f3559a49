"""Where a rule comes from, since when it holds, and whether somebody has checked it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cchc.records.errors import refuse
from cchc.records.text import Language, LocalText


@dataclass(frozen=True, slots=True)
class Source:
    """The document behind a rule: `Quyết định 766/QĐ-TTg`, 23/06/2022, article."""

    document: str
    on: date | None = None
    article: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the rule was checked against its source; when not, why not (shown on screen)."""

    verified: bool
    doubt: str | None = None
    doubt_en: str | None = None

    @property
    def doubt_told(self) -> LocalText | None:
        """The same in both languages, for messages; None where none is written."""
        return LocalText(self.doubt, self.doubt_en) if self.doubt else None

    def doubt_in(self, language: Language) -> str:
        """Why not, in Vietnamese where nobody wrote it in English; empty for what was checked."""
        return LocalText(self.doubt or "", self.doubt_en).in_language(language)


@dataclass(frozen=True, slots=True)
class Validity:
    """The days on which a rule holds, both ends included; no end means until further notice."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        """Raise `records.ends_before_start` for a stretch of no days."""
        if self.end is not None and self.end < self.start:
            raise refuse("records.ends_before_start", start=self.start, end=self.end)

    def holds_on(self, day: date) -> bool:
        """Whether `day` lies inside."""
        return self.start <= day and (self.end is None or day <= self.end)

    def require(self, day: date, what: str | LocalText) -> None:
        """Raise `records.not_in_force` when `day` lies outside: a rule is never stretched."""
        if not self.holds_on(day):
            raise refuse("records.not_in_force", what=what, day=day)
