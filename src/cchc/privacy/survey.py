"""What is kept how long, what is past its time today, what will be soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cchc.interface.together import Reads, all_of, answer_all
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
    """Every rule in force. One query for all that is kept in the database. Raises what `rules_on` does."""
    return answer_all(*(_standing(rule, now) for rule in rules_on(now.astimezone(VIETNAM).date())))


def _standing(rule: Dated[Rule], now: datetime) -> Reads[Standing]:
    before = rule.value.keep.before(now)
    counts = all_of([rule.value.kept.count(moment) for moment in (before, before + SOON)])
    return counts.made(lambda found: Standing(rule, before, found[0], max(found[1].due - found[0].due, 0)))
