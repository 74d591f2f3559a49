"""Rules of a set in the words of their inputs: what a person reads beside a criterion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.errors import Message
from cchc.records.expressions import Name
from cchc.records.text import LocalText
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.rules.base import MAX_NAME
from cchc.scoring.rules.terms import speak

_MAXIMUM: Final = LocalText("điểm tối đa", "the maximum")


def labels_of(made: CriteriaSet, criterion: Criterion) -> Mapping[Name, LocalText]:
    """What each name in the criterion's rule is called; another criterion's input carries that criterion's code."""
    own = {Name(name): item.label for name, item in criterion.inputs.items()}
    foreign = {name: _label_elsewhere(made, name) for name in criterion.foreign_names}
    return {MAX_NAME: _MAXIMUM, **foreign, **own}


def _label_elsewhere(made: CriteriaSet, name: Name) -> LocalText:
    label = made.criterion(name.criterion or "").inputs[name.name].label
    return LocalText(f"{label.vi} ({name.criterion})", f"{label.en or label.vi} ({name.criterion})")


def rule_in_words(made: CriteriaSet, criterion: Criterion) -> Message:
    """The rule of a criterion as one sentence."""
    labels = labels_of(made, criterion)
    return criterion.rule.in_words(criterion.max, lambda term: speak(term, labels))


def rule_as_list(message: Message) -> tuple[Message, tuple[Message, ...]]:
    """A rule that lists options, items or cases, in two: the sentence without them, and each of them.

    A rule without such a list comes back whole, with nothing beside it.
    """
    for key, value in message.params.items():
        if isinstance(value, tuple) and value and all(isinstance(part, Message) for part in value):
            return Message(message.code, {**message.params, key: ()}), value
    return message, ()
