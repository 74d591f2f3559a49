"""Rules of a set in the words of their inputs: what a person reads beside a criterion."""

from __future__ import annotations

from cchc.records.errors import Message
from cchc.records.expressions import Name
from cchc.records.text import LocalText
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.rules.terms import Term, speak


def rule_in_words(made: CriteriaSet, criterion: Criterion) -> Message:
    """The rule of a criterion as one sentence."""
    labels = {Name(item.name): item.label for item in criterion.inputs.values()} | {
        Name("max"): LocalText("điểm tối đa", "the maximum")
    }
    for name in criterion.foreign_names:
        labels[name] = made.by_code[name.criterion or ""].inputs[name.name].label

    def say_term(term: Term) -> LocalText:
        return speak(term, labels)

    return criterion.rule.in_words(criterion.max, say_term)
