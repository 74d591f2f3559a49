"""Figures, moments and names in the words of one language, for every part of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from cchc.ledger.schema import AFTER_LAST_EVENT, BEFORE_FIRST_EVENT
from cchc.records.dates import format_date
from cchc.records.errors import Message
from cchc.records.numbers import Percent, round_half_up
from cchc.records.text import Language
from cchc.records.timelines import Dated
from cchc.records.words import say, show

_DAY: Final = 480  # minutes of a working day of the state, for saying durations only
_HOUR: Final = 60
_SHARE_DIGITS: Final = 3  # 93,4 %
_NO_STEPS: Final = (BEFORE_FIRST_EVENT, AFTER_LAST_EVENT)


@lru_cache(maxsize=10_000)  # the same few hundred durations fill most cells
def duration(minutes: int, language: Language) -> str:
    """Working time in words, a day being 8 hours: `2 ngày 3 giờ 20 phút`."""
    days, rest = divmod(minutes, _DAY)
    hours, left = divmod(rest, _HOUR)
    parts = (("ledger.days", days), ("ledger.hours", hours), ("ledger.minutes", left))
    known = [(code, count) for code, count in parts if count] or [("ledger.minutes", 0)]
    return " ".join(say(Message(code, {"count": count}), language) for code, count in known)


def percent(share: Fraction) -> Percent:
    """To a tenth of a percent."""
    return Percent(Fraction(round_half_up(share, _SHARE_DIGITS)))


@dataclass(frozen=True, slots=True)
class Words:
    """Says everything in `language`; moments are civil time of `zone`."""

    language: Language
    zone: ZoneInfo

    def say(self, name: str, /, **params: object) -> str:
        """The report's own sentence of that name."""
        return say(Message(f"ledger.report_{name}", params), self.language)

    def text(self, foreign: object) -> str:
        """What a log, a rule or a figure says, fit to be shown; nothing is a dash."""
        return show(foreign, self.language)

    def duration(self, minutes: int) -> str:
        """`2 ngày 3 giờ 20 phút`."""
        return duration(minutes, self.language)

    def hours(self, minutes: int) -> str:
        """`3:20`, for sums."""
        return f"{minutes // _HOUR}:{minutes % _HOUR:02}"

    def share(self, part: int, whole: int) -> str:
        """`93,4 %`; a dash of nothing."""
        return self.text(percent(Fraction(part, whole)) if whole else None)

    def civil(self, at: datetime) -> datetime:
        """The clock on the wall."""
        return at.astimezone(self.zone)

    def moment(self, at: datetime | None) -> str:
        """`20/11/2026 16:30`."""
        if at is None:
            return self.text(None)
        return self.civil_text(self.civil(at))

    def civil_text(self, civil: datetime) -> str:
        """As `moment`, of a moment that is civil time already."""
        return f"{format_date(civil, self.language)} {civil:%H:%M}"

    def due(self, at: datetime | None) -> str:
        """As `moment`; midnight is 24:00 of the day before, as it was promised."""
        if at is None or (self.civil(at).hour, self.civil(at).minute) != (0, 0):
            return self.moment(at)
        return f"{format_date(self.civil(at) - timedelta(days=1), self.language)} 24:00"

    def step(self, step: str) -> str:
        """A step's name, or what the time before the first and after the last event is called."""
        return say(Message(f"ledger.{step}"), self.language) if step in _NO_STEPS else self.text(step)

    def kind(self, holder_kind: str) -> str:
        """What kind of holder it is."""
        return say(Message(f"ledger.holder_{holder_kind}"), self.language)

    def holder(self, row: Mapping[str, Any], side: str = "") -> str:
        """Who held a dossier: an official by name, anybody else by kind; `side` is `from_` or `to_`."""
        kind, name = row[f"{side}holder_kind"], row[f"{side}holder"]
        return self.text(name) if kind == "official" else self.kind(kind)

    def source(self, dated: Dated[Any]) -> str:
        """`Công văn 2624/UBND-TTHCC, 12/08/2022`, with the article where one is named."""
        source = dated.source
        return ", ".join(self.text(part) for part in (source.document, source.on, source.article) if part)

    def verified(self, dated: Dated[Any]) -> str:
        """Whether somebody checked it against its source, and if not why."""
        if dated.verification.verified:
            return self.say("verified")
        return self.say("unverified", doubt=dated.verification.doubt_in(self.language).rstrip("."))
