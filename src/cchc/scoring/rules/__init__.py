"""All kinds of rules, by the name a criteria set uses."""

from types import MappingProxyType
from typing import Final

from cchc.scoring.rules.answers import ByDate, Checklist, Choice, YesNo
from cchc.scoring.rules.base import Rule
from cchc.scoring.rules.counting import Bonus, Deduction, Penalty, PerItem
from cchc.scoring.rules.formulas import Formula, WorstOfPeriod
from cchc.scoring.rules.given import Inherit, Manual, Outcome, Survey
from cchc.scoring.rules.rates import Linear, LinearToTarget, LinearWithFloor, Steps, TargetRatio

RULE_KINDS: Final = MappingProxyType(
    {
        rule.kind: rule
        for rule in (
            YesNo, Choice, Checklist, ByDate, PerItem, Steps, Linear, LinearWithFloor, LinearToTarget, TargetRatio,
            Deduction, Bonus, Penalty, Formula, Survey, Outcome, Inherit, WorstOfPeriod, Manual,
        )
    }
)  # fmt: skip

__all__ = ["RULE_KINDS", "Rule"]
