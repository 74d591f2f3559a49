"""What is kept how long, what is past its time today, what will be soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cchc.privacy.kept import Due
from cchc.privacy.periods import VIETNAM
from cchc.privacy.rules import Rule, rules_on
from cchc.records.timelines import Dated

SOON: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Standing:
    """One rule as it stands: what is older than `before` is past its time; `soon` more will be within 30 days."""

    rule: Dated[Rule]
    before: datetime
    due: Due
    soon: int


def survey(now: datetime) -> list[Standing]:
    """Every rule in force. Raises what `rules_on` does."""
    return [_standing(rule, now) for rule in rules_on(now.astimezone(VIETNAM).date())]


def _standing(rule: Dated[Rule], now: datetime) -> Standing:
    before = rule.value.keep.before(now)
    due, later = (rule.value.kept.count(moment) for moment in (before, before + SOON))
    return Standing(rule, before, due, max(later.due - due.due, 0))
